using System.Security.Cryptography;
using System.Text;

namespace Registry.Data;

/// <summary>For whom a transaction works. The database looks up what that reaches; see migrations/0003_context.sql.</summary>
public readonly record struct Scope
{
    private readonly string _subject;

    private Scope(string subject, Guid? person) => (_subject, Person) = (subject, person);

    public Guid? Person { get; }

    /// <summary>A person, with all her active appointments.</summary>
    public static Scope ForPerson(Guid id) => new($"p|{id}", id);

    /// <summary>A job that works on one organisation and nobody asked for.</summary>
    public static Scope ForOrganisation(Guid id) => new($"o|{id}", null);

    /// <summary>The platform itself: the first administrator, the loading of demonstration data.</summary>
    public static Scope Platform => new("s|", null);

    /// <summary>The text that the database reads and its HMAC-SHA256; it expires after a minute, a transaction must set it again.</summary>
    public (string Context, string Mac) Sign(byte[] key, DateTimeOffset now)
    {
        if (_subject is null) throw new InvalidOperationException("An empty scope cannot be signed.");
        var context = $"{_subject}|{now.AddSeconds(60).ToUnixTimeSeconds()}";
        return (context, Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(context))));
    }
}
