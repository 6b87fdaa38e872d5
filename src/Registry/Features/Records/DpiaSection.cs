using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Access;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Whether an impact assessment is needed and where it stands (GDPR 35). The suggestion is computed; a person concludes.</summary>
public sealed class DpiaSection
{
    [Display(Name = "Critères du pré-examen", Description = "À partir de deux critères, une analyse d’impact est en général nécessaire.")]
    [Vocabulary("DpiaCriterion")]
    public List<string> Criteria { get; set; } = [];

    [Display(Name = "Liste CNIL : AIPD requise")]
    [Vocabulary("DpiaRequiredType")]
    public List<string> RequiredListHits { get; set; } = [];

    /// <summary>A: systematic evaluation with legal effect; B: sensitive data or offences on a large scale; C: monitoring of a public area on a large scale.</summary>
    [Display(Name = "Cas de l’article 35 §3")]
    [OneOf("A", "B", "C")]
    public List<string> Article35Cases { get; set; } = [];

    [Display(Name = "Liste CNIL : AIPD non requise")]
    [Vocabulary("DpiaExemptType")]
    public List<string> ExemptListHits { get; set; } = [];

    [Display(Name = "Analyse faite lors de l’adoption du texte")]
    [StringLength(500, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? LegalAssessment { get; set; }

    [Display(Name = "Conclusion du pré-examen", Description = "Une personne conclut ; le registre ne fait que proposer.")]
    [Vocabulary("DpiaConclusion")]
    public string? Conclusion { get; set; }

    [Display(Name = "Motif de la conclusion")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "Le motif ne peut pas dépasser {1} caractères.")]
    public string? Reason { get; set; }

    [Display(Name = "Conclu le")]
    [Day]
    public DateOnly? DecidedOn { get; set; }

    [Display(Name = "État de l’analyse d’impact")]
    [Vocabulary("DpiaStatus")]
    public string? DpiaStatus { get; set; }

    /// <summary>The controller's own decision (V-14): nobody else writes or signs it.</summary>
    [Display(Name = "Motif pour publier sans analyse d’impact")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "Le motif ne peut pas dépasser {1} caractères.")]
    [WrittenBy(Role.ControllerRep)]
    public string? WaiverReason { get; set; }

    [Display(Name = "Publication sans analyse décidée par")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    [WrittenBy(Role.ControllerRep)]
    public string? WaivedBy { get; set; }

    [Display(Name = "Publication sans analyse décidée le")]
    [Day]
    [WrittenBy(Role.ControllerRep)]
    public DateOnly? WaivedOn { get; set; }

    /// <summary>In the order of the law: a list that requires wins over a list that exempts, and both over counting criteria.</summary>
    [JsonIgnore]
    public string Suggestion =>
        RequiredListHits.Count > 0 ? "REQUIRED_LIST"
        : Article35Cases.Count > 0 ? "REQUIRED_ART35_3"
        : ExemptListHits.Count > 0 ? "EXEMPT_LIST"
        : !string.IsNullOrWhiteSpace(LegalAssessment) ? "EXEMPT_LEGAL"
        : Criteria.Distinct().Count() >= 2 ? "REQUIRED_CRITERIA"
        : "NOT_REQUIRED";

    [JsonIgnore]
    public bool Required => Conclusion is "REQUIRED_LIST" or "REQUIRED_ART35_3" or "REQUIRED_CRITERIA";

    [JsonIgnore]
    public bool Missing => Required && DpiaStatus is not ("VALIDATED" or "TO_REVIEW");

    /// <summary>A red flag for the rest of the record's life: an assessment was due and the controller went on without it.</summary>
    [JsonIgnore]
    public bool Waived => Missing && !string.IsNullOrWhiteSpace(WaiverReason) && !string.IsNullOrWhiteSpace(WaivedBy);
}
