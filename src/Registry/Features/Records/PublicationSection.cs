using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Access;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>How the sheet lives on after publication, and what only the organisation and its DPO read.</summary>
public sealed class PublicationSection
{
    public const int UsualReviewMonths = 12;

    [Display(Name = "Révision tous les (mois)")]
    [Range(1, 60, ErrorMessage = "Indiquez un nombre de mois entre {1} et {2}.")]
    public int? ReviewEveryMonths { get; set; }

    [Display(Name = "Registre public")]
    [Vocabulary("PublicVisibility")]
    public string? PublicVisibility { get; set; }

    [Display(Name = "Note pour le public, ou motif du masquage")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "La note ne peut pas dépasser {1} caractères.")]
    public string? PublicNote { get; set; }

    [Display(Name = "Dispense de l’article 30 §5")]
    public bool Exemption30_5 { get; set; }

    [Display(Name = "Note du délégué sur la dispense")]
    [DataType(DataType.MultilineText)]
    [WrittenBy(Role.Dpo)]
    [StringLength(500, ErrorMessage = "La note du délégué ne peut pas dépasser {1} caractères.")]
    public string? Exemption30_5Note { get; set; }

    [Display(Name = "Notes internes", Description = "Jamais imprimées ni transmises hors de l’organisme et du délégué.")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "Les notes internes ne peuvent pas dépasser {1} caractères.")]
    public string? InternalNotes { get; set; }

    // Left empty means the usual answer, so that an older sheet and an untouched one read alike.
    [JsonIgnore]
    public int ReviewMonths => ReviewEveryMonths ?? UsualReviewMonths;

    [JsonIgnore]
    public bool IsPublic => PublicVisibility != "HIDDEN";
}
