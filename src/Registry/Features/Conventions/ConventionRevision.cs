using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>How the price follows an index: the terms that <see cref="PriceRevision"/> computes with.</summary>
public sealed class ConventionRevision
{
    [Display(Name = "Formule")]
    [ShortText]
    public string? Formula { get; set; }

    [Display(Name = "Formule en anglais")]
    [ShortText]
    public string? FormulaEnglish { get; set; }

    [Display(Name = "Part fixe")]
    [Amount]
    public string? FixedPart { get; set; }

    [Display(Name = "Part indexée")]
    [Amount]
    public string? IndexedPart { get; set; }

    [Display(Name = "Prix de départ P0 (€)")]
    [Amount]
    public string? P0 { get; set; }

    [Display(Name = "Mois zéro")]
    [ShortText]
    public string? MonthZero { get; set; }

    [Display(Name = "Syntec 0")]
    [ShortText]
    public string? Syntec0Rule { get; set; }

    [Display(Name = "Syntec mars")]
    [ShortText]
    public string? SyntecMarchRule { get; set; }

    [Display(Name = "Mois de la révision")]
    [Vocabulary("CalendarMonth")]
    public string? RevisionMonth { get; set; }

    [Display(Name = "Indice")]
    [ShortText]
    public string? Index { get; set; }

    [Display(Name = "Toujours à partir de P0")]
    public bool? AlwaysFromP0 { get; set; }

    [Display(Name = "Arrondis", ShortName = "Arrondi", Prompt = "Ajouter un arrondi")]
    public List<RoundingRow> Rounding { get; set; } = [];

    [Display(Name = "Lecture choisie par les parties")]
    [Vocabulary("PriceRoundingMode")]
    public string? Mode { get; set; }

    [Display(Name = "Autres lectures")]
    [Vocabulary("PriceRoundingMode")]
    public List<string> Alternatives { get; set; } = [];

    [Display(Name = "Pourquoi cette lecture")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Interpretation { get; set; }

    [Display(Name = "Pourquoi, en anglais")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? InterpretationEnglish { get; set; }

    [Display(Name = "Rupture de série")]
    [ShortText]
    public string? LinkText { get; set; }

    [Display(Name = "Coefficient de raccord")]
    [Amount]
    public string? LinkCoefficient { get; set; }

    [Display(Name = "Premier mois de la nouvelle série")]
    [ShortText]
    public string? FirstRevisedMonth { get; set; }

    [Display(Name = "Unités de l’année")]
    [Amount]
    public string? Units { get; set; }

    [Display(Name = "Unités inventées pour la démonstration")]
    public bool? UnitsInvented { get; set; }

    [Display(Name = "Exemples calculés", ShortName = "Exemple", Prompt = "Ajouter un exemple")]
    public List<RevisionExampleRow> Examples { get; set; } = [];

    [Display(Name = "Article de la révision")]
    [ShortText]
    public string? Clause { get; set; }
}

public sealed class RoundingRow
{
    [Display(Name = "Étape")]
    [Vocabulary("ConventionChoice", "INTERMEDIATE", "COEFFICIENT", "PRICE")]
    public string? Step { get; set; }

    [Display(Name = "Décimales")]
    [Count]
    public int? Decimals { get; set; }

    [Display(Name = "Arrondi")]
    [Vocabulary("ConventionChoice", "HALF_UP", "CEILING")]
    public string? Mode { get; set; }

    [Display(Name = "Dans le texte")]
    [ShortText]
    public string? Text { get; set; }
}

public sealed class RevisionExampleRow
{
    [Display(Name = "Exemple")]
    [ShortText]
    public string? Note { get; set; }

    [Display(Name = "Inventé")]
    public bool? Invented { get; set; }

    [Display(Name = "P0 (€)")]
    [Amount]
    public string? P0 { get; set; }

    [Display(Name = "Syntec 0")]
    [Amount]
    public string? Syntec0 { get; set; }

    [Display(Name = "Syntec mars")]
    [Amount]
    public string? SyntecMarch { get; set; }

    [Display(Name = "Raccord")]
    [Amount]
    public string? LinkCoefficient { get; set; }
}
