using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What is written down with an act; which of it is asked stands in the table of acts.</summary>
public sealed class ActForm
{
    [Display(Name = "Date de l’acte")]
    [Day]
    public DateOnly? Day { get; set; }

    [Display(Name = "Document", Description = "Sa référence ou l’endroit où il est gardé : délibération, lettre, procès-verbal.")]
    [ShortText]
    public string? Document { get; set; }

    [Display(Name = "Motif")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Reason { get; set; }

    /// <summary>The place of the clause among those of the text.</summary>
    [Display(Name = "Clause")]
    public string? Clause { get; set; }

    [Display(Name = "Motif de fin")]
    [Vocabulary("ConventionEndReason", "DISSOLUTION", "FAULT", "MUTUAL", "REPLACED")]
    public string? EndReason { get; set; }

    /// <summary>A notice that does not count is kept as such when its author wants it so.</summary>
    public bool KeepVoid { get; set; }

    /// <summary>The data protection officer knows that the convention closes (T-CV-11).</summary>
    public bool OfficerInformed { get; set; }

    /// <summary>The version that its author read (S-90).</summary>
    public int Seen { get; set; }

    public static IReadOnlyList<Option> EndReasons =>
        [.. new[] { "MUTUAL", "FAULT", "DISSOLUTION", "REPLACED" }.Select(code => new Option(code, SheetValues.Label("ConventionEndReason", code)))];
}

/// <summary>One field of an act that cannot stand, in words (a message key).</summary>
public sealed record ActFault(string Field, string Key, params object[] Arguments);
