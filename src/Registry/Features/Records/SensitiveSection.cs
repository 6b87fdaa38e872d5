using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>What needs more care: special categories (GDPR 9), offences (10), NIR (LIL 30), free text and automated decisions (22).</summary>
public sealed class SensitiveSection
{
    [Display(Name = "Données sensibles", Description = "Santé, opinions, religion, origine, syndicat, vie sexuelle, biométrie, génétique.")]
    public bool? SpecialPresent { get; set; }

    [Display(Name = "Catégories sensibles")]
    [Vocabulary("SpecialCategory")]
    public List<string> SpecialCategories { get; set; } = [];

    [Display(Name = "Condition de l’article 9")]
    [Vocabulary("Article9Condition")]
    public string? Article9Condition { get; set; }

    [Display(Name = "Référence pour les données sensibles")]
    [StringLength(500, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? SpecialReference { get; set; }

    [Display(Name = "Infractions, condamnations")]
    public bool? OffencesPresent { get; set; }

    [Display(Name = "Fondement pour les infractions")]
    [Vocabulary("OffenceDataBasis", "PUBLIC_AUTHORITY", "TITLE_III", "LEGAL_CLAIMS")]
    public string? OffencesBasis { get; set; }

    [Display(Name = "Référence pour les infractions")]
    [StringLength(500, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? OffencesReference { get; set; }

    [Display(Name = "Numéro de sécurité sociale (NIR)", Description = "Le numéro est-il utilisé ?")]
    public bool? NirUsed { get; set; }

    [Display(Name = "Texte autorisant le NIR")]
    [StringLength(500, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? NirReference { get; set; }

    [Display(Name = "Zones de texte libre", Description = "Un champ où l’agent écrit ce qu’il veut peut accueillir une donnée sensible.")]
    public bool? FreeTextZones { get; set; }

    [Display(Name = "Consigne pour les zones de texte libre")]
    [StringLength(500, ErrorMessage = "La consigne ne peut pas dépasser {1} caractères.")]
    public string? FreeTextGuidance { get; set; }

    [Display(Name = "Décision entièrement automatisée", Description = "Une machine décide-t-elle seule, avec un effet pour la personne ?")]
    public bool? AutomatedDecision { get; set; }

    [Display(Name = "Logique et portée de la décision automatisée")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "L’explication ne peut pas dépasser {1} caractères.")]
    public string? AutomatedDecisionLogic { get; set; }

    /// <summary>GDPR 13(2)(f) and 22(3), CRPA L311-3-1: what it means for the person, beside how it comes about.</summary>
    [Display(Name = "Conséquences de la décision automatisée", Description = "Ce que la décision change pour la personne, et comment demander l’intervention d’un agent.")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "L’explication ne peut pas dépasser {1} caractères.")]
    public string? AutomatedDecisionSignificance { get; set; }
}
