using System.ComponentModel.DataAnnotations;

namespace Registry.Features.Accounts;

/// <summary>One field, not two: a password manager fills it, and a link by mail repairs a slip (S-117).</summary>
public sealed class ChosenPassword
{
    [Required(ErrorMessage = "Choisissez un mot de passe")]
    public string? Password { get; set; }
}
