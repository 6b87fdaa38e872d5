using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Systems;

/// <summary>What processings run on: an application, a server, a medium (domain §2.3). The document that is stored and the form that fills it.</summary>
public sealed class SystemForm
{
    /// <summary>Who has access is gone through twice a year (domain §5).</summary>
    public const int ReviewMonths = 6;

    [Display(Name = "Nom de l’application ou du support")]
    [Required(ErrorMessage = "Donnez un nom à l’application.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Éditeur ou fournisseur", Description = "Choisissez un prestataire connu, ou écrivez un nom : il sera ajouté à la liste.")]
    [StringLength(200, ErrorMessage = "L’éditeur ne peut pas dépasser {1} caractères.")]
    public string? Vendor { get; set; }

    [Display(Name = "Lieu d’hébergement")]
    [Vocabulary("HostingLocation")]
    [Required(ErrorMessage = "Dites où l’application est hébergée.")]
    public string? Hosting { get; set; }

    [Display(Name = "Précision sur l’hébergement")]
    [StringLength(500, ErrorMessage = "La précision ne peut pas dépasser {1} caractères.")]
    public string? HostingDetail { get; set; }

    [Display(Name = "Hébergée par", Description = "L’organisme ou la société qui tient les machines.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? HostedBy { get; set; }

    [Display(Name = "Authentification")]
    [Vocabulary("SecurityMeasure", "TEC_INDIVIDUAL_ACCOUNT", "TEC_STRONG_PASSWORD", "TEC_MFA", "TEC_SESSION_LOCK", "TEC_LOGGING")]
    public List<string> Authentication { get; set; } = [];

    [Display(Name = "Volume de données", Description = "Exemple : 12 000 dossiers, 40 Go.")]
    [StringLength(200, ErrorMessage = "Le volume ne peut pas dépasser {1} caractères.")]
    public string? DataVolume { get; set; }

    [Display(Name = "Échanges avec d’autres applications", Prompt = "Ajouter un échange")]
    [EachAtMost(200)]
    public List<string> Interfaces { get; set; } = [];

    [Display(Name = "Criticité")]
    [Vocabulary("CriticalityLevel")]
    public string? Criticality { get; set; }

    [Display(Name = "Homologation de sécurité (RGS) prononcée le")]
    [Day]
    public DateOnly? RgsOn { get; set; }

    [Display(Name = "Homologation valable jusqu’au")]
    [Day]
    public DateOnly? RgsEndsOn { get; set; }

    [Display(Name = "Accessibilité (RGAA)")]
    [Vocabulary("RgaaStatus")]
    public string? RgaaStatus { get; set; }

    [Display(Name = "Dernière revue des accès")]
    [Day]
    public DateOnly? LastAccessReviewOn { get; set; }

    [Display(Name = "Fin de vie annoncée", Description = "Le jour où l’éditeur ne la corrige plus.")]
    [Day]
    public DateOnly? EndOfLifeOn { get; set; }
}
