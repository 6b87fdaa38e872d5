namespace Registry.Identity;

/// <summary>
/// How one person signs in. Mutable because the framework's user manager works that way: it sets properties through the
/// store and then saves the whole, under <see cref="Version"/>.
/// </summary>
public sealed class Account
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public required string Email { get; set; }
    public required string EmailKey { get; set; }
    public string Locale { get; init; } = "fr";
    public bool Administrator { get; init; }
    public required string Status { get; set; }
    public string? PasswordHash { get; set; }

    /// <summary>Encrypted; see <see cref="Vault"/>.</summary>
    public byte[]? TotpSecret { get; set; }
    public long TotpLastStep { get; set; }
    public string? DemoCode { get; init; }
    public string? DemoLabel { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; } = 1;

    public const string Invited = "INVITED";
    public const string Active = "ACTIVE";
    public const string Disabled = "DISABLED";

    /// <summary>Addresses that differ by case only are one address.</summary>
    public static string KeyOf(string email) => email.Trim().Normalize().ToLowerInvariant();
}
