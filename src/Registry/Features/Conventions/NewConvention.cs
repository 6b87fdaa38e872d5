using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Conventions;

/// <summary>What is asked first: what it is about and with whom. The rest is filled part by part.</summary>
public sealed class NewConvention
{
    [Display(Name = "Titre")]
    [Required(ErrorMessage = "Donnez un titre à la convention.")]
    [StringLength(300, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Title { get; set; }

    [Display(Name = "Nature")]
    [Vocabulary("ConventionKind")]
    public List<string> Kinds { get; set; } = [];

    [Display(Name = "Rôle de l’organisme dans la convention")]
    [Vocabulary("PartyRole")]
    [Required(ErrorMessage = "Choisissez le rôle de l’organisme.")]
    public string? OwnRole { get; set; }

    [Display(Name = "L’autre partie", Description = "Son nom. Un organisme du registre est reconnu et pourra lire la convention.")]
    [Required(ErrorMessage = "Nommez l’autre partie.")]
    [ShortText]
    public string? Other { get; set; }

    /// <summary>The provider works for the controller unless the text says otherwise; both are corrected in their part.</summary>
    public ConventionSheet ToSheet(string own)
    {
        var other = OwnRole switch { "PROVIDER" => "BENEFICIARY", "BENEFICIARY" => "PROVIDER", _ => "PARTNER" };
        return new ConventionSheet
        {
            Subject = new() { Title = Title, Kinds = Kinds },
            Parties = new() { Parties = [new() { Name = own, Role = OwnRole, GdprRole = Gdpr(OwnRole) }, new() { Name = Other, Role = other, GdprRole = Gdpr(other) }] },
        };

        static string? Gdpr(string? role) => role switch { "PROVIDER" => "PROCESSOR", "BENEFICIARY" => "CONTROLLER", _ => null };
    }
}
