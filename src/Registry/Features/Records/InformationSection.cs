using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>How people are told and how they use their rights (GDPR 12 to 22).</summary>
public sealed class InformationSection
{
    [Display(Name = "Canaux d’information")]
    [Vocabulary("InformationChannel")]
    public List<string> Channels { get; set; } = [];

    /// <summary>Where the notice is: the title of a document or an address.</summary>
    [Display(Name = "Mention d’information", Description = "Où les personnes la lisent : titre du document ou adresse de la page.")]
    [StringLength(500, ErrorMessage = "La mention ne peut pas dépasser {1} caractères.")]
    public string? NoticeReference { get; set; }

    [Display(Name = "Motif de dispense d’information", Description = "À remplir seulement si la loi dispense d’informer (article 14, paragraphe 5).")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "Le motif ne peut pas dépasser {1} caractères.")]
    public string? ExemptionReason { get; set; }

    [Display(Name = "Particularités des droits")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "Les particularités ne peuvent pas dépasser {1} caractères.")]
    public string? RightsNotes { get; set; }

    [Display(Name = "Contact pour exercer ses droits")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? RightsContact { get; set; }
}
