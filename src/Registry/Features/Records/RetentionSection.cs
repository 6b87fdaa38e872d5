using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>How long and then what (GDPR 30(1)(f), 5(1)(e); Heritage code for public archives).</summary>
public sealed class RetentionSection
{
    [Display(Name = "Durées de conservation", ShortName = "Durée", Prompt = "Ajouter une durée")]
    public List<RetentionRule> Rules { get; set; } = [];

    public RetentionRule? Find(string? id) => string.IsNullOrEmpty(id) ? null : Rules.Find(rule => rule.Id == id);

    /// <summary>Names the rules that have no name yet. A name is never used again, or data tied to a removed rule would pass to another.</summary>
    public void NameRules()
    {
        foreach (var rule in Rules.Where(rule => string.IsNullOrEmpty(rule.Id)))
            rule.Id = Guid.NewGuid().ToString("n")[..12];
    }
}

public sealed class RetentionRule
{
    [RowKey]
    [StringLength(40, ErrorMessage = "Le repère de la durée ne peut pas dépasser {1} caractères.")]
    public string? Id { get; set; }

    [Display(Name = "Données ou documents visés")]
    [StringLength(500, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Scope { get; set; }

    [Display(Name = "Durée en base active")]
    [Period]
    public string? ActiveDuration { get; set; }

    [Display(Name = "Critère de durée", Description = "Quand la durée ne se compte pas. Exemple : tant que le contrat court.")]
    [StringLength(500, ErrorMessage = "Le critère ne peut pas dépasser {1} caractères.")]
    public string? ActiveCriterion { get; set; }

    [Display(Name = "Point de départ")]
    [Vocabulary("RetentionTrigger")]
    public string? ActiveTrigger { get; set; }

    [Display(Name = "Durée d’archivage intermédiaire")]
    [Period]
    public string? IntermediateDuration { get; set; }

    [Display(Name = "Précision sur l’archivage intermédiaire")]
    [StringLength(500, ErrorMessage = "La précision ne peut pas dépasser {1} caractères.")]
    public string? IntermediateNote { get; set; }

    [Display(Name = "Sort final", Description = "Les archives publiques ne s’éliminent qu’avec le visa des archives départementales.")]
    [Vocabulary("FinalDisposition")]
    public string? Final { get; set; }

    [Display(Name = "Source de la durée")]
    [StringLength(500, ErrorMessage = "La source ne peut pas dépasser {1} caractères.")]
    public string? Source { get; set; }

    [Display(Name = "Fiabilité de la durée")]
    [Vocabulary("Confidence")]
    public string? Confidence { get; set; }

    [Display(Name = "Accord des archives départementales")]
    public bool ArchivesAgreed { get; set; }

    [Display(Name = "Accord donné le")]
    [Day]
    public DateOnly? ArchivesAgreedOn { get; set; }

    /// <summary>Durée d’utilité administrative: both stages when both are numbers, else unknown.</summary>
    [JsonIgnore]
    public Period? Dua =>
        Period.TryParse(ActiveDuration, out var active) && Period.TryParse(IntermediateDuration, out var intermediate)
            ? active.Plus(intermediate)
            : null;
}
