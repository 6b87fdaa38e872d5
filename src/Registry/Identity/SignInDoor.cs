namespace Registry.Identity;

/// <summary>What became of a password.</summary>
public enum Knock
{
    /// <summary>Whatever the cause, the visitor reads the same (S-33).</summary>
    Refused,

    /// <summary>Too many hashes wait: 503.</summary>
    Busy,

    /// <summary>Right: a passage to the second factor is open.</summary>
    Passed,

    /// <summary>Right, and a lost factor may now be replaced (S-35).</summary>
    MayReenrol,
}

/// <summary>The first thing shown at sign-in: e-mail and password.</summary>
public sealed class SignInDoor(
    AccountManager manager, PasswordHasher hasher, PasswordGate gate, Throttle throttle, DeviceCookie devices, Passages passages,
    Reenrolments reenrolments, SecurityJournal journal)
{
    /// <summary>
    /// Takes the same steps for an account that is unknown, locked, disabled or not yet active as for a wrong password: one look-up, one
    /// count, one hash, one event (S-33).
    /// </summary>
    public async Task<Knock> KnockAsync(HttpContext http, string email, string password, string? back)
    {
        using var turn = await gate.EnterAsync();
        if (turn is null) return Knock.Busy;

        var account = await manager.FindByNameAsync(email);
        var device = account is null ? null : devices.Read(http.Request, account.Id);
        var own = device is null
            ? throttle.Of(ThrottleRule.Password, "account", Account.KeyOf(email))
            : throttle.Of(ThrottleRule.Password, "device", device);
        var network = throttle.Network(http);
        var mayTry = await throttle.TryAsync(own, network);

        if (!mayTry || account is not { Status: Account.Active, PasswordHash: not null })
        {
            hasher.Pretend(password);
            await RefuseAsync(account);
            return Knock.Refused;
        }
        if (!await manager.CheckPasswordAsync(account, password))
        {
            await RefuseAsync(account);
            return Knock.Refused;
        }
        await throttle.SucceedAsync(own, network);
        var mayReenrol = await reenrolments.FindReadyAsync(account.Id) is not null;
        await passages.OpenAsync(http.Response, account.Id, mayReenrol ? Passage.Reenrolment : Passage.SignIn, back);
        return mayReenrol ? Knock.MayReenrol : Knock.Passed;
    }

    private Task RefuseAsync(Account? account) => journal.WriteAsync(null, (_, acts) =>
    {
        acts.Add(SecurityAct.SignInRefused, account?.Id, outcome: "REFUSED");
        return Task.CompletedTask;
    });
}
