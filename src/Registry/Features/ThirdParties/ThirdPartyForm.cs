using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Organisations;
using Registry.Features.Records;

namespace Registry.Features.ThirdParties;

/// <summary>Who works for the organisation: supplier, processor, partner (domain §2.3). The document that is stored and the form that fills it.</summary>
public sealed class ThirdPartyForm
{
    [Display(Name = "Nom du prestataire")]
    [Required(ErrorMessage = "Donnez un nom au prestataire.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Rôle envers l’organisme")]
    [Vocabulary("GdprRole")]
    [Required(ErrorMessage = "Choisissez le rôle du prestataire.")]
    public string? Role { get; set; }

    [Display(Name = "Pays")]
    [Country]
    [Required(ErrorMessage = "Choisissez le pays du prestataire.")]
    public string? Country { get; set; }

    [Display(Name = "SIREN", Description = "9 chiffres, les espaces ne gênent pas.")]
    [Siren]
    public string? Siren { get; set; }

    [Display(Name = "SIRET", Description = "14 chiffres, commence par le SIREN.")]
    [Siret]
    public string? Siret { get; set; }

    [Display(Name = "Identifiant étranger", Description = "Pour une société qui n’a pas de SIREN.")]
    [StringLength(100, ErrorMessage = "L’identifiant ne peut pas dépasser {1} caractères.")]
    public string? ForeignNumber { get; set; }

    [Display(Name = "Contact", Description = "Une adresse de service plutôt que celle d’une personne.")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Indiquez comment joindre le prestataire.")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? Contact { get; set; }

    [Display(Name = "Contact du délégué du prestataire")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? DpoContact { get; set; }

    [Display(Name = "Certifications", ShortName = "Certification", Prompt = "Ajouter une certification")]
    public List<CertificationRow> Certifications { get; set; } = [];

    [Display(Name = "Pays de la maison mère", Description = "Un groupe d’un pays tiers peut devoir obéir à une loi étrangère.")]
    [Country]
    public string? GroupParentCountry { get; set; }

    /// <summary>The numbers as they are kept, and the one check that takes both.</summary>
    public string? Tidy()
    {
        (var siren, var message) = (Identifiers.Siren(Siren).Value, Identifiers.Siret(Siret, Identifiers.Siren(Siren).Value).Message);
        if (message is not null) return message;
        (Siret, Siren) = (Identifiers.Siret(Siret).Value, siren);
        return null;
    }
}

public sealed class CertificationRow
{
    [Display(Name = "Certification", Description = "Exemple : ISO 27001, HDS, SecNumCloud.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Valable jusqu’au")]
    [Day]
    public DateOnly? EndsOn { get; set; }
}

/// <summary>A SIREN number with its key, or none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SirenAttribute : ValidationAttribute
{
    public SirenAttribute() => ErrorMessage = Identifiers.SirenMessage;

    public override bool IsValid(object? value) => Identifiers.Siren(value as string).IsValid;
}

/// <summary>A SIRET number with its key, or none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SiretAttribute : ValidationAttribute
{
    public SiretAttribute() => ErrorMessage = Identifiers.SiretMessage;

    public override bool IsValid(object? value) => Identifiers.Siret(value as string).IsValid;
}
