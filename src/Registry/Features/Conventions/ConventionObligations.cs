using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>What the provider promises to measure.</summary>
public sealed class ConventionIndicators
{
    [Display(Name = "Indicateurs", ShortName = "Indicateur", Prompt = "Ajouter un indicateur")]
    public List<IndicatorRow> Indicators { get; set; } = [];

    [Display(Name = "Relevés", ShortName = "Mesure", Prompt = "Ajouter une mesure")]
    public List<MeasurementRow> Measurements { get; set; } = [];
}

public sealed class IndicatorRow
{
    [Display(Name = "Code")]
    [ShortText]
    public string? Code { get; set; }

    [Display(Name = "Domaine")]
    [ShortText]
    public string? Domain { get; set; }

    [Display(Name = "Engagement")]
    [ShortText]
    public string? Engagement { get; set; }

    [Display(Name = "Indicateur")]
    [ShortText]
    public string? Indicator { get; set; }

    [Display(Name = "Objectif")]
    [ShortText]
    public string? TargetText { get; set; }

    [Display(Name = "Valeur visée")]
    [ShortText]
    public string? Target { get; set; }
}

public sealed class MeasurementRow
{
    [Display(Name = "Code de l’indicateur")]
    [ShortText]
    public string? Code { get; set; }

    [Display(Name = "Période")]
    [ShortText]
    public string? Period { get; set; }

    [Display(Name = "Valeur")]
    [ShortText]
    public string? Value { get; set; }

    [Display(Name = "Objectif atteint")]
    public bool? Met { get; set; }

    [Display(Name = "Note")]
    [ShortText]
    public string? Note { get; set; }
}

/// <summary>What each side has to do: due, done, proved.</summary>
public sealed class ConventionObligations
{
    [Display(Name = "Obligations des parties", ShortName = "Obligation", Prompt = "Ajouter une obligation")]
    public List<ObligationRow> Obligations { get; set; } = [];
}

public sealed class ObligationRow
{
    [Display(Name = "Code")]
    [ShortText]
    public string? Code { get; set; }

    [Display(Name = "Qui doit")]
    [Vocabulary("DebtorSide")]
    public string? Debtor { get; set; }

    [Display(Name = "Obligation")]
    [ShortText]
    public string? Text { get; set; }

    [Display(Name = "En anglais")]
    [ShortText]
    public string? TextEnglish { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }

    [Display(Name = "Catégorie")]
    [Vocabulary("ObligationCategory")]
    public string? Category { get; set; }

    [Display(Name = "Règle d’échéance", Description = "Exemples : SIGNATURE+P6M, RESTITUTION_MINUTES+P1M, END+P12M, NOTICE-P12M, ALERT_TARGET_HOURS:24.")]
    [ShortText]
    [DeadlineRuleText]
    public string? DeadlineRule { get; set; }

    [Display(Name = "Périodicité")]
    [Period]
    public string? Periodicity { get; set; }

    [Display(Name = "Preuve attendue")]
    [Vocabulary("ExpectedEvidence")]
    public string? ExpectedEvidence { get; set; }
}

/// <summary>The thirteen items of Article 28 against the text.</summary>
public sealed class ConventionArticle28
{
    [Display(Name = "Contrôle des clauses", ShortName = "Exigence", Prompt = "Ajouter une exigence")]
    public List<Article28Row> Items { get; set; } = [];
}

public sealed class Article28Row
{
    [Display(Name = "Exigence de l’article 28")]
    [Vocabulary("Art28Item")]
    public string? Item { get; set; }

    [Display(Name = "État")]
    [Vocabulary("Art28Status")]
    public string? Status { get; set; }

    [Display(Name = "Article")]
    [ShortText]
    public string? Clause { get; set; }

    [Display(Name = "Note")]
    [ShortText]
    public string? Note { get; set; }
}

/// <summary>What the text leaves open and somebody has to settle.</summary>
public sealed class ConventionOpenPoints
{
    [Display(Name = "Points ouverts", ShortName = "Point", Prompt = "Ajouter un point")]
    public List<OpenPointRow> Points { get; set; } = [];
}

public sealed class OpenPointRow
{
    [Display(Name = "Point à trancher")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Text { get; set; }

    [Display(Name = "En anglais")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? TextEnglish { get; set; }

    [Display(Name = "Tranché ainsi")]
    [ShortText]
    public string? Settled { get; set; }
}
