using System.ComponentModel.DataAnnotations;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>Evidence of an obligation: what shows it, of which day, up to when.</summary>
public sealed class ProofForm
{
    [Display(Name = "Fait le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? DoneOn { get; set; }

    [Display(Name = "La preuve va jusqu’au", Description = "Un rapport d’un mois de sauvegardes couvre ce mois ; une attestation court jusqu’à sa date.")]
    [Day]
    public DateOnly? CoversTo { get; set; }

    [Display(Name = "Document", Description = "Sa référence ou l’endroit où il est gardé.")]
    [Required(ErrorMessage = "Indiquez le document qui le prouve.")]
    [ShortText]
    public string? Document { get; set; }

    [Display(Name = "Note")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Note { get; set; }

    private const string Later = "Cette date est à venir : une preuve s’enregistre quand la chose est faite.";
    private const string CoverBefore = "Cette date est avant le jour où c’est fait.";
    private const string CoverTooFar = "Une preuve ne vaut pas plus de dix ans.";
    private const int MostYears = 10;

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, CoverBefore, CoverTooFar];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (DoneOn > today) yield return ("Form.DoneOn", Later);
        if (CoversTo < DoneOn) yield return ("Form.CoversTo", CoverBefore);
        if (CoversTo > today.AddYears(MostYears)) yield return ("Form.CoversTo", CoverTooFar);
    }
}
