using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Conventions;

/// <summary>How the convention may end before or at its term.</summary>
public sealed class ConventionTermination
{
    [Display(Name = "Clauses de fin", ShortName = "Clause", Prompt = "Ajouter une clause")]
    public List<TerminationClause> Clauses { get; set; } = [];

    [Display(Name = "Sortie anticipée")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? EarlyExit { get; set; }

    [Display(Name = "Article de la sortie anticipée")]
    [ShortText]
    public string? EarlyExitClause { get; set; }

    [Display(Name = "Bons de commande qui survivent")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? SurvivingOrders { get; set; }

    [Display(Name = "Article des bons de commande")]
    [ShortText]
    public string? SurvivingOrdersClause { get; set; }
}

public sealed class TerminationClause
{
    [Display(Name = "Qui peut y mettre fin")]
    [Vocabulary("ConventionInitiator")]
    public string? Initiator { get; set; }

    [Display(Name = "Cas")]
    [Vocabulary("TerminationTrigger")]
    public string? Trigger { get; set; }

    [Display(Name = "Préavis (mois)")]
    [Count]
    public int? NoticeMonths { get; set; }

    [Display(Name = "Forme")]
    [Vocabulary("NoticeForm")]
    public string? Form { get; set; }

    [Display(Name = "Quand")]
    [Vocabulary("TerminationMode")]
    public string? Mode { get; set; }

    [Display(Name = "Compté à partir de")]
    [Vocabulary("NoticeReckonedFrom")]
    public string? ReckonedFrom { get; set; }

    [Display(Name = "Recevable à partir de l’année")]
    [Count]
    public int? EarliestNoticeContractYear { get; set; }

    [Display(Name = "Effet hors délai")]
    [ShortText]
    public string? OutsideWindowEffect { get; set; }

    [Display(Name = "Indemnité")]
    public bool? Indemnity { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}

/// <summary>What becomes of the data afterwards: returned, minutes signed, copies destroyed and proved.</summary>
public sealed class ConventionReversibility
{
    [Display(Name = "Retour des données")]
    public bool? ReturnOfData { get; set; }

    [Display(Name = "Commence au préavis d’arrêt")]
    public bool? StartsOnNotice { get; set; }

    [Display(Name = "Procès-verbal de restitution")]
    public bool? MinutesRequired { get; set; }

    [Display(Name = "Destruction des copies")]
    public bool? Destruction { get; set; }

    [Display(Name = "Preuve de destruction")]
    public bool? DestructionProof { get; set; }

    [Display(Name = "Preuve dans un délai de (mois)")]
    [Count]
    public int? ProofMonths { get; set; }

    [Display(Name = "Délai compté depuis")]
    [ShortText]
    public string? ProofStarts { get; set; }

    [Display(Name = "Exception à la destruction")]
    [ShortText]
    public string? DestructionException { get; set; }

    [Display(Name = "Contrats qui se poursuivent")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? ContractsContinue { get; set; }

    [Display(Name = "Note sur la réversibilité")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Note { get; set; }

    [Display(Name = "Article de la réversibilité")]
    [ShortText]
    public string? Clause { get; set; }
}
