using Npgsql;
using Registry.Data;
using Registry.History;

namespace Registry.Identity;

/// <summary>
/// A transaction on the sign-in tables whose security events join the platform's chain as its last statements (S-60, S-65).
/// Events hold ids only: no name, no address, neither of mail nor of network.
/// </summary>
public sealed class SecurityJournal(SignInDb db, Chain chain, TimeProvider clock, IHttpContextAccessor http)
{
    public Task<T> WriteAsync<T>(Guid? person, Func<NpgsqlConnection, Acts, Task<T>> work) =>
        db.InTransactionAsync(async connection =>
        {
            var acts = new Acts();
            var result = await work(connection, acts);
            if (acts.Events.Count > 0)
            {
                await chain.AppendAsync(
                    connection, acts.Events, clock.GetUtcNow(), person, "ACCOUNT", http.HttpContext?.TraceIdentifier ?? "");
            }
            return result;
        });

    public Task WriteAsync(Guid? person, Func<NpgsqlConnection, Acts, Task> work) =>
        WriteAsync(person, async (connection, acts) =>
        {
            await work(connection, acts);
            return true;
        });

    public sealed class Acts
    {
        internal List<Event> Events { get; } = [];

        public void Add(SecurityAct act, Guid? account, string? reason = null, string outcome = "OK") =>
            Events.Add(new Event(null, act.Code, "account", account, new EventDetails { Reason = reason }) { Outcome = outcome });
    }
}

/// <summary>The fixed vocabulary of what happens to accounts.</summary>
public sealed record SecurityAct(string Code)
{
    public static readonly SecurityAct SignedIn = new("account.signed-in");
    public static readonly SecurityAct SignInRefused = new("account.sign-in-refused");
    public static readonly SecurityAct SecondFactorRefused = new("account.second-factor-refused");
    public static readonly SecurityAct SteppedUp = new("account.stepped-up");
    public static readonly SecurityAct SignedOut = new("account.signed-out");
    public static readonly SecurityAct SessionEnded = new("account.session-ended");
    public static readonly SecurityAct Invited = new("account.invited");
    public static readonly SecurityAct Activated = new("account.activated");
    public static readonly SecurityAct Disabled = new("account.disabled");
    public static readonly SecurityAct Enabled = new("account.enabled");
    public static readonly SecurityAct ResetAsked = new("account.reset-asked");
    public static readonly SecurityAct PasswordChanged = new("account.password-changed");
    public static readonly SecurityAct AuthenticatorEnrolled = new("account.authenticator-enrolled");
    public static readonly SecurityAct PasskeyAdded = new("account.passkey-added");
    public static readonly SecurityAct PasskeyRemoved = new("account.passkey-removed");
    public static readonly SecurityAct RecoveryCodesMade = new("account.recovery-codes-made");
    public static readonly SecurityAct RecoveryCodeUsed = new("account.recovery-code-used");
    public static readonly SecurityAct ReenrolmentOpened = new("account.reenrolment-opened");
    public static readonly SecurityAct ReenrolmentCancelled = new("account.reenrolment-cancelled");
    public static readonly SecurityAct Reenrolled = new("account.reenrolled");
}
