using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>What is provided, when, and what is not.</summary>
public sealed class ConventionServices
{
    [Display(Name = "Services rendus", ShortName = "Service", Prompt = "Ajouter un service")]
    public List<ServiceRow> Services { get; set; } = [];

    [Display(Name = "Exclusions")]
    [EachAtMost(500)]
    public List<string> Exclusions { get; set; } = [];

    [Display(Name = "Horaires", ShortName = "Plage", Prompt = "Ajouter une plage")]
    public List<ServiceHoursRow> Hours { get; set; } = [];

    [Display(Name = "Autres voies de contact")]
    [EachAtMost(500)]
    public List<string> ExtraChannels { get; set; } = [];

    [Display(Name = "Un incident, c’est")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? IncidentDefinition { get; set; }

    [Display(Name = "Une demande, c’est")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? DemandDefinition { get; set; }

    [Display(Name = "Qui déclare un incident")]
    [Vocabulary("ConventionChoice", "ANY_USER", "CORRESPONDENT_ONLY")]
    public string? IncidentDeclaredBy { get; set; }

    [Display(Name = "Qui fait une demande")]
    [Vocabulary("ConventionChoice", "ANY_USER", "CORRESPONDENT_ONLY")]
    public string? DemandSubmittedBy { get; set; }

    [Display(Name = "Phases du projet", ShortName = "Phase", Prompt = "Ajouter une phase")]
    public List<PhaseRow> Phases { get; set; } = [];

    [Display(Name = "Préalables", ShortName = "Préalable", Prompt = "Ajouter un préalable")]
    public List<ClauseText> Prerequisites { get; set; } = [];

    [Display(Name = "Commandes", ShortName = "Règle", Prompt = "Ajouter une règle")]
    public List<OrderRule> OrderRules { get; set; } = [];

    [Display(Name = "Bons de commande", ShortName = "Bon de commande", Prompt = "Ajouter un bon de commande")]
    public List<OrderFormRow> OrderForms { get; set; } = [];

    [Display(Name = "Biens mis à disposition")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Assets { get; set; }

    [Display(Name = "Article des biens")]
    [ShortText]
    public string? AssetsClause { get; set; }
}

public sealed class ServiceRow
{
    [Display(Name = "Service")]
    [ShortText]
    public string? Name { get; set; }
}

public sealed class ServiceHoursRow
{
    [Display(Name = "Jours")]
    [Vocabulary("Weekday")]
    public List<string> Days { get; set; } = [];

    [Display(Name = "Horaires")]
    [ShortText]
    public string? Ranges { get; set; }

    [Display(Name = "Contractuels")]
    public bool? Contractual { get; set; }

    [Display(Name = "Précision")]
    [ShortText]
    public string? Note { get; set; }
}

public sealed class PhaseRow
{
    [Display(Name = "Phase")]
    [Vocabulary("ConventionChoice", "INITIAL_AUDIT", "MIGRATION", "RUN")]
    public string? Code { get; set; }

    [Display(Name = "Contenu")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class ClauseText
{
    [Display(Name = "Ce qui est dit")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class OrderRule
{
    [Display(Name = "Règle de commande")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "Délai (mois)")]
    [Count]
    public int? LeadMonths { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class OrderFormRow
{
    [Display(Name = "Bon de commande")]
    [ShortText]
    public string? Reference { get; set; }

    [Display(Name = "Commandé le")]
    [Day]
    public DateOnly? OrderedOn { get; set; }

    [Display(Name = "Service")]
    [ShortText]
    public string? Service { get; set; }

    [Display(Name = "Code du tarif")]
    [ShortText]
    public string? Tariff { get; set; }

    [Display(Name = "Jusqu’au")]
    [Day]
    public DateOnly? EndsOn { get; set; }
}
