using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Controls;

/// <summary>Who says that a control is in place, since when, until when, and what shows it. Its parameters stand beside (<see cref="ControlParameters"/>).</summary>
public sealed class AttestationForm
{
    [Display(Name = "État")]
    [Vocabulary("MeasureStatus")]
    [Required(ErrorMessage = "Choisissez l’état du contrôle.")]
    public string? Status { get; set; }

    [Display(Name = "Attesté par", Description = "Une fonction ou un service plutôt qu’un nom.")]
    [Required(ErrorMessage = "Dites qui l’atteste.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? AttestedBy { get; set; }

    [Display(Name = "Attesté le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? AttestedOn { get; set; }

    [Display(Name = "Valable jusqu’au")]
    [Day]
    public DateOnly? ValidUntil { get; set; }

    [Display(Name = "Preuve", Description = "Le document et l’endroit où il est gardé : rapport, procès-verbal, certificat.")]
    [ShortText]
    public string? Evidence { get; set; }

    [Display(Name = "Note")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Note { get; set; }

    private const string Later = "Cette date est à venir : une attestation s’enregistre quand elle est donnée.";
    private const string EndsBefore = "L’attestation ne peut pas finir avant d’avoir été donnée.";
    private const string NoEvidence = "« Attestée par une preuve » : nommez la preuve.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, EndsBefore, NoEvidence];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (AttestedOn > today) yield return ("Form.AttestedOn", Later);
        if (ValidUntil < AttestedOn) yield return ("Form.ValidUntil", EndsBefore);
        if (Status == "ATTESTED" && Evidence is null) yield return ("Form.Evidence", NoEvidence);
    }
}

/// <summary>A correction that the maker of an application published.</summary>
public sealed class PatchForm
{
    [Display(Name = "Correctif", Description = "Sa référence ou la version qui le contient.")]
    [Required(ErrorMessage = "Nommez le correctif.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Label { get; set; }

    [Display(Name = "Publié le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour de sa publication.")]
    public DateOnly? PublishedOn { get; set; }

    [Display(Name = "Appliqué le", Description = "Rien s’il ne l’est pas encore.")]
    [Day]
    public DateOnly? AppliedOn { get; set; }

    private const string Later = "Cette date est à venir.";
    private const string AppliedBefore = "Un correctif ne s’applique pas avant d’être publié.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, AppliedBefore];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (PublishedOn > today) yield return ("Form.PublishedOn", Later);
        if (AppliedOn > today) yield return ("Form.AppliedOn", Later);
        if (AppliedOn < PublishedOn) yield return ("Form.AppliedOn", AppliedBefore);
    }
}
