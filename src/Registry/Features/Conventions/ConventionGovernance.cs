using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>Who meets, who is turned to, how a difference is settled.</summary>
public sealed class ConventionGovernance
{
    [Display(Name = "Instances", ShortName = "Instance", Prompt = "Ajouter une instance")]
    public List<GovernanceBodyRow> Bodies { get; set; } = [];

    [Display(Name = "Escalade, dans l’ordre")]
    [EachAtMost(500)]
    public List<string> Escalation { get; set; } = [];

    [Display(Name = "Article de l’escalade")]
    [ShortText]
    public string? EscalationClause { get; set; }

    [Display(Name = "Évaluation après la signature (mois)")]
    [Count]
    public int? EvaluationMonths { get; set; }

    [Display(Name = "À l’initiative de")]
    [Vocabulary("PartyRole")]
    public string? EvaluationInitiative { get; set; }

    [Display(Name = "Forme de l’évaluation")]
    [ShortText]
    public string? EvaluationForm { get; set; }

    [Display(Name = "Résultat de l’évaluation")]
    [ShortText]
    public string? EvaluationOutput { get; set; }

    [Display(Name = "Article de l’évaluation")]
    [ShortText]
    public string? EvaluationClause { get; set; }

    [Display(Name = "Transmissions", ShortName = "Transmission", Prompt = "Ajouter une transmission")]
    public List<TransmissionRow> Transmissions { get; set; } = [];

    [Display(Name = "Règlement amiable d’abord")]
    public bool? AmicableFirst { get; set; }

    [Display(Name = "Médiation")]
    [ShortText]
    public string? Mediation { get; set; }

    [Display(Name = "Puis")]
    [ShortText]
    public string? ThenCourts { get; set; }

    [Display(Name = "Tribunal")]
    [ShortText]
    public string? Court { get; set; }

    [Display(Name = "Article des différends")]
    [ShortText]
    public string? DisputesClause { get; set; }

    [Display(Name = "Charte")]
    [ShortText]
    public string? Charter { get; set; }

    [Display(Name = "Charte appliquée à")]
    [Vocabulary("ConventionChoice", "ALL_USERS")]
    public string? CharterAppliedTo { get; set; }

    [Display(Name = "Remise aux nouveaux arrivants")]
    public bool? CharterNewcomers { get; set; }

    [Display(Name = "Actions de communication")]
    public bool? CharterCommunication { get; set; }

    [Display(Name = "Sanctions")]
    [ShortText]
    public string? CharterSanctions { get; set; }

    [Display(Name = "Article de la charte")]
    [ShortText]
    public string? CharterClause { get; set; }
}

public sealed class GovernanceBodyRow
{
    [Display(Name = "Instance")]
    [Vocabulary("CommitteeKind")]
    public string? Kind { get; set; }

    [Display(Name = "Nom")]
    [ShortText]
    public string? Name { get; set; }

    [Display(Name = "Réunions par an, au moins")]
    [Count]
    public int? MinPerYear { get; set; }

    [Display(Name = "Mois")]
    [Vocabulary("CalendarMonth")]
    public List<string> Months { get; set; } = [];

    [Display(Name = "Objet")]
    [ShortText]
    public string? Purpose { get; set; }

    [Display(Name = "Facultative")]
    public bool? Optional { get; set; }

    [Display(Name = "Côté bénéficiaire")]
    [ShortText]
    public string? BeneficiarySide { get; set; }

    [Display(Name = "Côté prestataire")]
    [ShortText]
    public string? ProviderSide { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class TransmissionRow
{
    [Display(Name = "Destinataire")]
    [ShortText]
    public string? To { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}
