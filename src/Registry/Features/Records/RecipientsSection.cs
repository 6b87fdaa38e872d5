using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Who receives the data (GDPR 30(1)(d)).</summary>
public sealed class RecipientsSection
{
    [Display(Name = "Destinataires", ShortName = "Destinataire", Prompt = "Ajouter un destinataire")]
    public List<RecipientRow> Recipients { get; set; } = [];
}

public sealed class RecipientRow
{
    [Display(Name = "Nature du destinataire")]
    [Vocabulary("RecipientKind")]
    public string? Kind { get; set; }

    [Display(Name = "Destinataire")]
    [StringLength(500, ErrorMessage = "Le destinataire ne peut pas dépasser {1} caractères.")]
    public string? Label { get; set; }

    [Display(Name = "Pour quoi faire")]
    [StringLength(500, ErrorMessage = "Le but ne peut pas dépasser {1} caractères.")]
    public string? Purpose { get; set; }
}
