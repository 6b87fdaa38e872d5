using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Whether data leaves the European Economic Area (GDPR 30(1)(e)). One line NONE_EU_ONLY, alone, says that it does not.</summary>
public sealed class TransfersSection
{
    public const string None = "NONE_EU_ONLY";

    [Display(Name = "Transferts hors de l’Union européenne", ShortName = "Transfert", Prompt = "Ajouter un transfert")]
    public List<TransferRow> Transfers { get; set; } = [];
}

public sealed class TransferRow
{
    [Display(Name = "Garantie")]
    [Vocabulary("TransferMechanism")]
    public string? Mechanism { get; set; }

    [Display(Name = "Pays")]
    [Country]
    public string? Country { get; set; }

    [Display(Name = "Destinataire du transfert")]
    [StringLength(500, ErrorMessage = "Le destinataire ne peut pas dépasser {1} caractères.")]
    public string? Recipient { get; set; }

    [Display(Name = "Document de garantie")]
    [StringLength(500, ErrorMessage = "La référence du document ne peut pas dépasser {1} caractères.")]
    public string? Safeguard { get; set; }

    [Display(Name = "Justification ou remarque")]
    [StringLength(500, ErrorMessage = "La remarque ne peut pas dépasser {1} caractères.")]
    public string? DerogationNote { get; set; }
}
