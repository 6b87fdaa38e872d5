using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Registry.Identity;

/// <summary>The default scheme: an opaque cookie, looked up at each request, so that ending a session takes effect at once (S-38).</summary>
public sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[SessionCookie.Name] is not { Length: 43 } token) return AuthenticateResult.NoResult();
        try
        {
            if (await sessions.FindAsync(token, Context.Features.Get<AskedPage>()) is not { } holder) return AuthenticateResult.NoResult();
            return AuthenticateResult.Success(new AuthenticationTicket(SignedIn.Principal(holder, SchemeName), SchemeName));
        }
        catch (NpgsqlException away)
        {
            // Kept until somebody needs to know who this is: the page that tells of the failure must not fail on the same question (S-96).
            return AuthenticateResult.Fail(away);
        }
    }

    /// <summary>Off to sign in, and back: to the page itself, or for a form to the page that showed it.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Nobody is sent to sign in because the database is away.
        if ((await HandleAuthenticateOnceAsync()).Failure is { } away) ExceptionDispatchInfo.Throw(away);
        if (HttpMethods.IsPost(Request.Method) && Request.HasFormContentType)
        {
            // The page that answers gives back what was typed.
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var back = Request.PathBase + Request.Path + Request.QueryString;
        Response.Redirect("/connexion?retour=" + Uri.EscapeDataString(back));
    }
}

/// <summary>The cookie of S-37. The prefix makes browsers refuse it from anywhere but this host, over TLS or on localhost.</summary>
public static class SessionCookie
{
    public const string Name = "__Host-s";

    private static readonly CookieOptions Options =
        new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    public static void Set(HttpResponse response, string token) => response.Cookies.Append(Name, token, Options);

    public static void Remove(HttpResponse response) => response.Cookies.Delete(Name, Options);
}

/// <summary>What the rest of the program may ask about the person who is signed in.</summary>
public static class SignedIn
{
    private const string Account = "account";
    private const string Session = "session";
    private const string SecondFactorAt = "second_factor_at";
    private const string EndsAt = "session_ends_at";
    private const string EndIsFinal = "session_end_is_final";
    private const string Demo = "demo";
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    public static ClaimsPrincipal Principal(SessionHolder holder, string scheme)
    {
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, holder.PersonId.ToString()),
                new(ClaimTypes.Name, holder.Name),
                new(ClaimTypes.Locality, holder.Locale),
                new(Account, holder.AccountId.ToString()),
                new(Session, holder.SessionId.ToString()),
                new(SecondFactorAt, holder.SecondFactorAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            scheme);
        identity.AddClaim(new(EndsAt, holder.End.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        if (holder.End.Final) identity.AddClaim(new(EndIsFinal, "1"));
        if (holder.Demo) identity.AddClaim(new(Demo, "1"));
        return new ClaimsPrincipal(identity);
    }

    public static Guid PersonId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    public static Guid AccountId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(Account)!);

    public static Guid SessionId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(Session)!);

    public static string Locale(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Locality) ?? "fr";

    public static SessionEnd SessionEnd(this ClaimsPrincipal user) => new(
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(user.FindFirstValue(EndsAt)!, CultureInfo.InvariantCulture)), user.HasClaim(EndIsFinal, "1"));

    public static bool IsDemo(this ClaimsPrincipal user) => user.HasClaim(Demo, "1");

    public static bool IsSignedIn(this ClaimsPrincipal user) => user.Identity?.IsAuthenticated == true;

    /// <summary>Was the second factor shown less than five minutes ago (S-07)? A demonstration account has none to show.</summary>
    public static bool HasRecentSecondFactor(this ClaimsPrincipal user, DateTimeOffset now) =>
        user.IsDemo()
        || (long.TryParse(user.FindFirstValue(SecondFactorAt), CultureInfo.InvariantCulture, out var seconds)
            && now - DateTimeOffset.FromUnixTimeSeconds(seconds) < Recent);
}
