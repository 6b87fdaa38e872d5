namespace Registry.Identity;

/// <summary>What follows when everything was shown: a new session, or the next step of what the passage is for.</summary>
public sealed class Entrance(Sessions sessions, Passages passages, DeviceCookie devices)
{
    public const string NewPasswordPath = "/mot-de-passe/nouveau";

    /// <summary>Returns where to go next.</summary>
    public async Task<string> AfterSecondFactorAsync(HttpContext http, Passage passage, Account account)
    {
        if (passage.Purpose == Passage.Reset)
        {
            await passages.VerifyAsync(passage);
            return NewPasswordPath;
        }
        if (!await passages.CloseAsync(http.Response, passage)) return "/connexion";
        await BeginAsync(http, account, passage.Purpose == Passage.StepUp ? passage.SessionId : null);
        return passage.ReturnPath ?? "/";
    }

    /// <summary>A session with a new id; the one it replaces is dead (S-37). The browser is known from now on.</summary>
    public async Task BeginAsync(HttpContext http, Account account, Guid? replaces = null)
    {
        SessionCookie.Set(http.Response, await sessions.BeginAsync(account.Id, account.PersonId, BrowserName.Of(http.Request), replaces));
        devices.Set(http.Response, account.Id);
    }
}
