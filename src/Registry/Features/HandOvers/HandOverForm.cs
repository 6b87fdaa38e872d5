using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.HandOvers;

/// <summary>What has to be written down before a register leaves.</summary>
public sealed class HandOverForm
{
    public Guid Id { get; set; }

    public DateParts AsOf { get; set; } = new();

    [Required(ErrorMessage = "Indiquez l’autorité qui demande le registre.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Authority { get; set; }

    [StringLength(200, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? Reference { get; set; }

    [Required(ErrorMessage = "Indiquez pourquoi le registre est remis.")]
    [StringLength(2000, ErrorMessage = "Le motif ne peut pas dépasser {1} caractères.")]
    public string? Reason { get; set; }

    public void Check(DateOnly today, ModelStateDictionary errors)
    {
        if (Id == Guid.Empty) errors.AddModelError("", "Cette page a expiré : rouvrez-la.");
        if (!string.IsNullOrEmpty(Authority) && !TypedText.HasVisible(Authority)) errors.AddModelError("Form.Authority", "Indiquez l’autorité qui demande le registre.");
        if (!string.IsNullOrEmpty(Reason) && !TypedText.HasVisible(Reason)) errors.AddModelError("Form.Reason", "Indiquez pourquoi le registre est remis.");
        if (AsOf.IsEmpty) errors.AddModelError("Form.AsOf", "Indiquez la date du registre.");
        else if (AsOf.Date is { } day && day > today) errors.AddModelError("Form.AsOf", "La date du registre ne peut pas être à venir.");
    }
}
