using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Registry.Data;

namespace Registry.Identity;

/// <summary>
/// Tells a browser where the person has signed in before: it has a counter of failures of its own, so that an attacker who uses up
/// the account's tries does not lock her out (S-32). It opens nothing by itself.
/// </summary>
public sealed class DeviceCookie(Keys keys, TimeProvider clock)
{
    public const string Name = "__Host-d";
    private const int BodyLength = 16 + 16 + 8;
    private static readonly TimeSpan Life = TimeSpan.FromDays(400);
    private readonly byte[] _key = keys.Derive("device");

    public void Set(HttpResponse response, Guid account) => response.Cookies.Append(Name, Make(account), new CookieOptions
    {
        Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Life, IsEssential = true,
    });

    /// <summary>The device's own id, when this cookie was given to this account and is not too old.</summary>
    public string? Read(HttpRequest request, Guid account) => request.Cookies[Name] is { } text ? Read(text, account) : null;

    internal string Make(Guid account)
    {
        var box = new byte[BodyLength + 32];
        account.TryWriteBytes(box);
        RandomNumberGenerator.Fill(box.AsSpan(16, 16));
        BinaryPrimitives.WriteInt64BigEndian(box.AsSpan(32), clock.GetUtcNow().ToUnixTimeSeconds());
        HMACSHA256.HashData(_key, box.AsSpan(0, BodyLength), box.AsSpan(BodyLength));
        return Base64Url.EncodeToString(box);
    }

    internal string? Read(string text, Guid account)
    {
        if (text.Length > 200 || !Base64Url.IsValid(text)) return null;
        var box = Base64Url.DecodeFromChars(text);
        if (box.Length != BodyLength + 32) return null;
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, box.AsSpan(0, BodyLength)), box.AsSpan(BodyLength))) return null;
        if (new Guid(box.AsSpan(0, 16)) != account) return null;
        var made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(box.AsSpan(32)));
        return clock.GetUtcNow() - made < Life ? Convert.ToHexString(box.AsSpan(16, 16)) : null;
    }
}
