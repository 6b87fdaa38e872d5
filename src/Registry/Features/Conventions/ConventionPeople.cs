using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>Whom the provider listens to, and for which acts nobody else.</summary>
public sealed class ConventionCorrespondent
{
    [Display(Name = "Correspondant obligatoire")]
    public bool? Required { get; set; }

    [Display(Name = "Désigné par")]
    [Vocabulary("PartyRole")]
    public string? DesignatedBy { get; set; }

    [Display(Name = "Par écrit")]
    public bool? InWriting { get; set; }

    [Display(Name = "Délégation possible")]
    public bool? DelegationAllowed { get; set; }

    [Display(Name = "Actes réservés")]
    [Vocabulary("ReservedAct")]
    public List<string> ExclusivePowers { get; set; } = [];

    [Display(Name = "Autres actes réservés")]
    [Vocabulary("ReservedAct")]
    public List<string> AlsoExclusive { get; set; } = [];

    [Display(Name = "Voie des demandes")]
    [ShortText]
    public string? RequestChannel { get; set; }

    [Display(Name = "Avis d’exécution")]
    [Vocabulary("ConventionChoice", "EMAIL_TO_REQUESTER")]
    public string? Notification { get; set; }

    [Display(Name = "Demandes archivées")]
    public bool? Archived { get; set; }

    [Display(Name = "Note sur le correspondant")]
    [ShortText]
    public string? Note { get; set; }

    [Display(Name = "Articles du correspondant")]
    [EachAtMost(500)]
    public List<string> Clauses { get; set; } = [];
}

/// <summary>The terms under which the officer of one body works for another.</summary>
public sealed class ConventionSharedOfficer
{
    [Display(Name = "Rattachement")]
    [ShortText]
    public string? AttachedTo { get; set; }

    [Display(Name = "Secret professionnel")]
    public bool? ProfessionalSecrecy { get; set; }

    [Display(Name = "Confidentialité")]
    public bool? Confidentiality { get; set; }

    [Display(Name = "Accès libre aux données")]
    public bool? FreeAccessToData { get; set; }

    [Display(Name = "Missions")]
    [EachAtMost(500)]
    public List<string> Duties { get; set; } = [];

    [Display(Name = "Qui décide")]
    [ShortText]
    public string? ControllerDecides { get; set; }

    [Display(Name = "Correspondant à désigner")]
    public bool? CorrespondentRequired { get; set; }

    [Display(Name = "Comité facultatif")]
    public bool? CommitteeOptional { get; set; }

    [Display(Name = "Phases de la mission", ShortName = "Phase", Prompt = "Ajouter une phase")]
    public List<OfficerPhaseRow> Phases { get; set; } = [];

    [Display(Name = "Préparation")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Preparation { get; set; }

    [Display(Name = "Obligations rappelées au responsable")]
    [EachAtMost(500)]
    public List<string> ControllerDuties { get; set; } = [];

    [Display(Name = "Article du délégué")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class OfficerPhaseRow
{
    [Display(Name = "Phase")]
    [Vocabulary("CompliancePhase")]
    public string? Phase { get; set; }

    [Display(Name = "Contenu")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Prix")]
    [Vocabulary("ConventionChoice", "PER_DAY", "ANNUAL_FLAT_FEE")]
    public string? Pricing { get; set; }

    [Display(Name = "État mensuel")]
    public bool? MonthlyStatement { get; set; }

    [Display(Name = "Validé par")]
    [Vocabulary("ConventionInitiator")]
    public string? ValidatedBy { get; set; }

    [Display(Name = "Lieux")]
    [ShortText]
    public string? Places { get; set; }

    [Display(Name = "Même prix partout")]
    public bool? SameUnitPrice { get; set; }

    [Display(Name = "Base")]
    [ShortText]
    public string? Basis { get; set; }
}
