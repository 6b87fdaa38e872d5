using System.Net.Mail;

namespace Registry.Features.Shared;

/// <summary>What counts as an e-mail address wherever one is typed, and what is said when it is none.</summary>
public static class EmailAddress
{
    public const int Longest = 254;

    public static readonly string Message = Languages.Key("Écrivez une adresse électronique complète, comme nom@exemple.fr");

    /// <summary>One bare address with a dot in its host. The framework alone takes "Ada &lt;ada@exemple.fr&gt;" and "ada@localhost" too.</summary>
    public static bool IsWhole(string? typed) =>
        typed?.Trim() is { Length: > 0 and <= Longest } text && !TypedText.HasHidden(text) && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.');

    /// <summary>Two spellings of one mailbox: capitals and spaces around do not count.</summary>
    public static bool Same(string? one, string? other) =>
        !string.IsNullOrWhiteSpace(one) && !string.IsNullOrWhiteSpace(other) && string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
