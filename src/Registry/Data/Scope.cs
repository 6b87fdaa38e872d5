using System.Security.Cryptography;
using System.Text;

namespace Registry.Data;

/// <summary>For whom a transaction works. The database looks up what that reaches; see migrations/0003_context.sql.</summary>
public readonly record struct Scope
{
    private readonly string _subject;
    private readonly string? _slug;

    private Scope(string subject, Guid? person, string? slug = null) => (_subject, Person, _slug) = (subject, person, slug);

    public Guid? Person { get; }

    /// <summary>A person, with all her active appointments.</summary>
    public static Scope ForPerson(Guid id) => new($"p|{id}", id);

    /// <summary>A person on the pages of one organisation: whatever else she may reach is out of reach.</summary>
    public static Scope ForPersonIn(Guid id, string slug) => new($"p|{id}", id, slug);

    /// <summary>A job that works on one organisation and nobody asked for.</summary>
    public static Scope ForOrganisation(Guid id) => new($"o|{id}", null);

    /// <summary>The platform itself: the first administrator, the loading of demonstration data.</summary>
    public static Scope Platform => new("s|", null);

    /// <summary>The text that the database reads and its HMAC-SHA256; it expires after a minute, a transaction must set it again.</summary>
    public (string Context, string Mac) Sign(byte[] key, DateTimeOffset now)
    {
        if (_subject is null) throw new InvalidOperationException("An empty scope cannot be signed.");
        var context = $"{_subject}|{now.AddSeconds(60).ToUnixTimeSeconds()}" + (_slug is null ? "" : "|" + _slug);
        return (context, Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(context))));
    }
}
