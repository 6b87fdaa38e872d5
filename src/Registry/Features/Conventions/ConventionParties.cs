using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.ThirdParties;

namespace Registry.Features.Conventions;

/// <summary>Who is bound, in which role, and who signs for whom: functions, never names.</summary>
public sealed class ConventionParties
{
    [Display(Name = "Parties", ShortName = "Partie", Prompt = "Ajouter une partie")]
    public List<PartyRow> Parties { get; set; } = [];

    [Display(Name = "Note sur les parties")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Note { get; set; }

    [Display(Name = "Responsable de traitement")]
    [ShortText]
    public string? Controller { get; set; }

    [Display(Name = "Sous-traitant")]
    [ShortText]
    public string? Processor { get; set; }

    [Display(Name = "Fournisseur du délégué")]
    [ShortText]
    public string? OfficerProvider { get; set; }

    [Display(Name = "Propriétaire des données")]
    [ShortText]
    public string? DataOwner { get; set; }

    [Display(Name = "Rôles déduits du texte")]
    public bool? RolesInferred { get; set; }

    [Display(Name = "Article des rôles")]
    [ShortText]
    public string? RolesClause { get; set; }

    [Display(Name = "Matrice de responsabilités")]
    [ShortText]
    public string? MatrixCode { get; set; }
}

public sealed class PartyRow
{
    [Display(Name = "Rôle dans la convention")]
    [Vocabulary("PartyRole")]
    public string? Role { get; set; }

    [Display(Name = "Rôle au sens du RGPD")]
    [Vocabulary("GdprRole")]
    public string? GdprRole { get; set; }

    [Display(Name = "Nom de la partie")]
    [ShortText]
    public string? Name { get; set; }

    /// <summary>The organisation of the program that this party is, when it is one.</summary>
    [Link]
    public string? OrganisationId { get; set; }

    [Display(Name = "Nom actuel")]
    [ShortText]
    public string? CurrentName { get; set; }

    [Display(Name = "Sigle")]
    [ShortText]
    public string? ShortName { get; set; }

    [Display(Name = "Type d’organisme")]
    [Vocabulary("OrganisationType")]
    public string? OrganisationType { get; set; }

    [Display(Name = "SIREN")]
    [Siren]
    public string? Siren { get; set; }

    [Display(Name = "Code INSEE")]
    [ShortText]
    public string? InseeCode { get; set; }

    [Display(Name = "Adresse")]
    [ShortText]
    public string? Address { get; set; }

    [Display(Name = "Territoire")]
    [Vocabulary("Territory")]
    public string? Territory { get; set; }

    [Display(Name = "Fuseau horaire")]
    [ShortText]
    public string? TimeZone { get; set; }

    [Display(Name = "Modèle à compléter")]
    public bool? Placeholder { get; set; }

    [Display(Name = "Fonction du signataire")]
    [ShortText]
    public string? SignatoryFunction { get; set; }

    [Display(Name = "Service qui agit")]
    [ShortText]
    public string? ActingService { get; set; }

    [Display(Name = "Assemblée qui a délibéré")]
    [ShortText]
    public string? DeliberationBody { get; set; }

    [Display(Name = "Délibération n°")]
    [ShortText]
    public string? DeliberationNumber { get; set; }

    [Display(Name = "Délibération du")]
    [Day]
    public DateOnly? DeliberationOn { get; set; }

    [Display(Name = "Reçue en préfecture le")]
    [Day]
    public DateOnly? ReceivedByPrefectureOn { get; set; }

    [Display(Name = "Note sur la délibération")]
    [ShortText]
    public string? DeliberationNote { get; set; }

    /// <summary>How people call it: by its acronym, or by the name it bears now.</summary>
    public string Called() => ShortName ?? CurrentName ?? Name ?? "";
}
