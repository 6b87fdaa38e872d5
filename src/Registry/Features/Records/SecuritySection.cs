using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>How the data is protected (GDPR 30(1)(g), 32).</summary>
public sealed class SecuritySection
{
    [Display(Name = "Mesures de sécurité", ShortName = "Mesure", Prompt = "Ajouter une mesure")]
    public List<MeasureRow> Measures { get; set; } = [];
}

public sealed class MeasureRow
{
    [Display(Name = "Mesure")]
    [Vocabulary("SecurityMeasure")]
    public string? Measure { get; set; }

    [Display(Name = "État de la mesure")]
    [Vocabulary("MeasureStatus")]
    public string? Status { get; set; }

    [Display(Name = "Note, preuve")]
    [StringLength(500, ErrorMessage = "La note ne peut pas dépasser {1} caractères.")]
    public string? Note { get; set; }
}
