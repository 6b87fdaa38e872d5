using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Who works on the data for the organisation, and with which tools (GDPR 28, 30(1)).</summary>
public sealed class ProcessorsSection
{
    [Display(Name = "Sous-traitants", ShortName = "Sous-traitant", Prompt = "Ajouter un sous-traitant")]
    public List<ProcessorRow> Processors { get; set; } = [];

    [Display(Name = "Applications, supports", ShortName = "Application", Prompt = "Ajouter une application")]
    public List<SystemRow> Systems { get; set; } = [];

    [Display(Name = "Dossiers papier")]
    public bool PaperFiles { get; set; }
}

public sealed class ProcessorRow
{
    [Link]
    [StringLength(40, ErrorMessage = "Ce repère n’est pas celui d’un élément de l’organisme.")]
    public string? ThirdPartyId { get; set; }

    [Display(Name = "Sous-traitant", Description = "Choisissez un prestataire connu, ou écrivez un nom : il sera ajouté à la liste.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Ce qu’il fait")]
    [StringLength(500, ErrorMessage = "La prestation ne peut pas dépasser {1} caractères.")]
    public string? Service { get; set; }

    /// <summary>The reference of a convention of the registry (C-001) or of a contract kept elsewhere.</summary>
    [Display(Name = "Convention ou contrat")]
    [StringLength(500, ErrorMessage = "La référence du contrat ne peut pas dépasser {1} caractères.")]
    public string? ContractReference { get; set; }

    [Display(Name = "Instructions données", Description = "Où se trouvent les instructions écrites : contrat, annexe, courrier.")]
    [StringLength(500, ErrorMessage = "La référence du document ne peut pas dépasser {1} caractères.")]
    public string? Instructions { get; set; }

    [Display(Name = "Clauses de l’article 28 vérifiées")]
    public bool? Art28Checked { get; set; }

    [Display(Name = "Clauses manquantes")]
    [Vocabulary("Art28Item")]
    public List<string> Art28Missing { get; set; } = [];

    [Display(Name = "Note sur les clauses")]
    [StringLength(500, ErrorMessage = "La note ne peut pas dépasser {1} caractères.")]
    public string? Art28Note { get; set; }

    [Display(Name = "Début du recours")]
    [Day]
    public DateOnly? StartOn { get; set; }

    [Display(Name = "Fin du recours")]
    [Day]
    public DateOnly? EndOn { get; set; }

    /// <summary>What article 28(3)(g) asks for once the engagement is over.</summary>
    [Display(Name = "Données rendues le")]
    [Day]
    public DateOnly? DataReturnedOn { get; set; }

    [Display(Name = "Certificat de destruction")]
    [StringLength(500, ErrorMessage = "La référence du document ne peut pas dépasser {1} caractères.")]
    public string? DestructionCertificate { get; set; }
}

public sealed class SystemRow
{
    [Link]
    [StringLength(40, ErrorMessage = "Ce repère n’est pas celui d’un élément de l’organisme.")]
    public string? SystemId { get; set; }

    [Display(Name = "Application", Description = "Choisissez une application connue, ou écrivez un nom : elle sera ajoutée à la liste.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Lieu d’hébergement")]
    [Vocabulary("HostingLocation")]
    public string? Hosting { get; set; }

    [Display(Name = "Éditeur")]
    [StringLength(200, ErrorMessage = "L’éditeur ne peut pas dépasser {1} caractères.")]
    public string? Vendor { get; set; }
}
