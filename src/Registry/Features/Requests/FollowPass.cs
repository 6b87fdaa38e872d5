using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Registry.Data;

namespace Registry.Features.Requests;

/// <summary>
/// Whoever gave the code, or came by the link of a mail, is known on the pages of that one request for half an hour after her last act. A cookie without
/// which the page cannot work; it names no person, and nothing of it is kept.
/// </summary>
public sealed class FollowPass(Keys keys, TimeProvider clock)
{
    public const string Cookie = "__Host-suivi";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly byte[] _key = keys.Derive("rights-request/pass");

    public void Give(HttpResponse response, string slug, Guid request)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{request:n}.{(clock.GetUtcNow() + Life).ToUnixTimeSeconds()}");
        response.Cookies.Append(Cookie, $"{text}.{Sign(slug, text)}", Options());
    }

    /// <summary>The request she may see here; renewed with each page that she opens.</summary>
    public Guid? Read(HttpContext http, string slug)
    {
        if ((http.Request.Cookies[Cookie] ?? "").Split('.') is not [var id, var until, var mac] || !Guid.TryParseExact(id, "n", out var request)
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < clock.GetUtcNow().ToUnixTimeSeconds()) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mac), Encoding.ASCII.GetBytes(Sign(slug, $"{id}.{until}")))) return null;
        Give(http.Response, slug, request);
        return request;
    }

    public void Take(HttpResponse response) => response.Cookies.Delete(Cookie, Options());

    private string Sign(string slug, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{slug}\n{text}")));

    private static CookieOptions Options() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/" };
}
