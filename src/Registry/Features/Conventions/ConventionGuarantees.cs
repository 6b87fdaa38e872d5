using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>The measures that a clause promises.</summary>
public sealed class ConventionSecurity
{
    [Display(Name = "Mesures de sécurité", ShortName = "Mesure", Prompt = "Ajouter une mesure")]
    public List<ControlRow> Controls { get; set; } = [];
}

public sealed class ControlRow
{
    [Display(Name = "Contrôle")]
    [Vocabulary("ControlCode")]
    public string? Code { get; set; }

    [Display(Name = "Ce qui est convenu")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Paramètres")]
    [ShortText]
    public string? Parameters { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }

    [Display(Name = "État")]
    [Vocabulary("MeasureStatus")]
    public string? Status { get; set; }

    [Display(Name = "Attesté le")]
    [Day]
    public DateOnly? AttestedOn { get; set; }

    [Display(Name = "Valable jusqu’au")]
    [Day]
    public DateOnly? ValidUntil { get; set; }

    [Display(Name = "Preuve")]
    [ShortText]
    public string? Evidence { get; set; }
}

/// <summary>Insurance, secrecy and liability.</summary>
public sealed class ConventionGuarantees
{
    [Display(Name = "Assurances", ShortName = "Assurance", Prompt = "Ajouter une assurance")]
    public List<InsuranceRow> Insurance { get; set; } = [];

    [Display(Name = "Confidentialité réciproque")]
    public bool? MutualConfidentiality { get; set; }

    [Display(Name = "Après la fin (mois)")]
    [Count]
    public int? ConfidentialityMonths { get; set; }

    [Display(Name = "Article de la confidentialité")]
    [ShortText]
    public string? ConfidentialityClause { get; set; }

    [Display(Name = "Responsabilité", ShortName = "Clause", Prompt = "Ajouter une clause")]
    public List<ClauseText> Liability { get; set; } = [];
}

public sealed class InsuranceRow
{
    [Display(Name = "Partie")]
    [Vocabulary("PartyRole")]
    public string? Party { get; set; }

    [Display(Name = "Assurance")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}
