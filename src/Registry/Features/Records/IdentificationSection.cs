using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>What the processing is, who runs it and in which capacity. The title is repeated in a column of the record so that lists can sort by it.</summary>
public sealed class IdentificationSection
{
    [Display(Name = "Nom du traitement", Description = "Ce que fait le service, en quelques mots. Exemple : inscriptions à la médiathèque.")]
    [StringLength(150, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Title { get; set; }

    [Display(Name = "Domaine")]
    [OneOf("CITIZENSHIP", "ELECTIONS", "PLANNING", "CHILDHOOD", "SAFETY", "SOCIAL", "HR", "GOVERNANCE", "FINANCE", "DIGITAL", "CULTURE", "UTILITIES", "IT", "COMPLIANCE")]
    public string? Domain { get; set; }

    [Display(Name = "Service")]
    [StringLength(150, ErrorMessage = "Le nom du service ne peut pas dépasser {1} caractères.")]
    public string? Unit { get; set; }

    /// <summary>A function, never a person's name: people change, the sheet stays.</summary>
    [Display(Name = "Responsable opérationnel (fonction)", Description = "La fonction, jamais le nom : les personnes changent, la fiche reste.")]
    [StringLength(150, ErrorMessage = "La fonction ne peut pas dépasser {1} caractères.")]
    public string? Owner { get; set; }

    [Display(Name = "Rôle de l’organisme")]
    [Vocabulary("GdprRole", "CONTROLLER", "JOINT_CONTROLLER", "ACTS_FOR_STATE")]
    public string? GdprRole { get; set; }

    [Display(Name = "Description")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "La description ne peut pas dépasser {1} caractères.")]
    public string? Description { get; set; }

    [Display(Name = "Mise en œuvre le")]
    [Day]
    public DateOnly? ImplementedOn { get; set; }

    [Display(Name = "Autres responsables conjoints", Prompt = "Ajouter un responsable conjoint")]
    [EachAtMost(500)]
    public List<string> JointControllers { get; set; } = [];

    [Link]
    [StringLength(40, ErrorMessage = "Ce repère n’est pas celui d’un élément de l’organisme.")]
    public string? JointAgreementId { get; set; }

    [Display(Name = "Accord de responsabilité conjointe", Description = "Choisissez un accord de l’organisme, ou dites où se trouve celui qui répartit les rôles (article 26).")]
    [StringLength(500, ErrorMessage = "La référence de l’accord ne peut pas dépasser {1} caractères.")]
    public string? JointArrangement { get; set; }
}
