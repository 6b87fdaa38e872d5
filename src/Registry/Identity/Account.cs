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
    public string? Organisation { get; init; }
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

    /// <summary>What the next save has to do besides the row itself, in its transaction: the framework changes first and saves after.</summary>
    internal AccountChanges Changes { get; } = new();

    public bool HasAuthenticator => TotpSecret is not null;

    public const string Invited = "INVITED";
    public const string Active = "ACTIVE";
    public const string Disabled = "DISABLED";

    /// <summary>Addresses that differ by case only are one address. Control characters cannot be stored, nor be part of one.</summary>
    public static string KeyOf(string email) => string.Concat(email.Where(c => !char.IsControl(c))).Trim().Normalize().ToLowerInvariant();
}

/// <summary>Waits on an account until it is saved.</summary>
internal sealed class AccountChanges
{
    public List<(SecurityAct Act, string? Reason)> Acts { get; } = [];
    public List<AccountMail> Mails { get; } = [];
    public IReadOnlyList<byte[]>? RecoveryCodes { get; set; }

    /// <summary>Ends the sessions and whatever is halfway, but for the session named.</summary>
    public bool EndSessions { get; set; }
    public Guid? KeepSession { get; set; }

    /// <summary>Removes all passkeys but this one; empty: all of them.</summary>
    public byte[]? OnlyPasskey { get; set; }

    /// <summary>The one-time link that this change uses up.</summary>
    public byte[]? UseLink { get; set; }

    public void Clear()
    {
        Acts.Clear();
        Mails.Clear();
        (RecoveryCodes, EndSessions, KeepSession, OnlyPasskey, UseLink) = (null, false, null, null, null);
    }
}
