using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.JointControllerships;

/// <summary>Who decides together, and who does what (GDPR 26). The document that is stored and the form that fills it.</summary>
public sealed class AgreementForm
{
    [Display(Name = "Objet de l’accord", Description = "Exemple : guichet unique de la petite enfance.")]
    [Required(ErrorMessage = "Donnez un objet à l’accord.")]
    [StringLength(200, ErrorMessage = "L’objet ne peut pas dépasser {1} caractères.")]
    public string? Subject { get; set; }

    [Display(Name = "Responsables conjoints", ShortName = "Responsable", Prompt = "Ajouter un responsable")]
    public List<PartyRow> Parties { get; set; } = [];

    [Display(Name = "Qui fait quoi", ShortName = "Tâche", Prompt = "Ajouter une tâche")]
    public List<AllocationRow> Allocation { get; set; } = [];

    [Display(Name = "Point de contact des personnes")]
    [Required(ErrorMessage = "Indiquez le point de contact des personnes.")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? ContactPoint { get; set; }

    [Display(Name = "Grandes lignes mises à disposition", Description = "Ce que les personnes peuvent lire de l’accord (article 26, paragraphe 2).")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Écrivez les grandes lignes que les personnes peuvent lire.")]
    [StringLength(5000, ErrorMessage = "Ce texte ne peut pas dépasser {1} caractères.")]
    public string? EssencePublished { get; set; }

    [Display(Name = "Document signé", Description = "Où se trouve l’accord : titre, référence ou adresse.")]
    [StringLength(500, ErrorMessage = "La référence du document ne peut pas dépasser {1} caractères.")]
    public string? Document { get; set; }

    [Display(Name = "Depuis le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le premier jour.")]
    public DateOnly? StartOn { get; set; }

    [Display(Name = "Jusqu’au")]
    [Day]
    public DateOnly? EndOn { get; set; }

    /// <summary>Two who decide, each task of one of them, days in their order.</summary>
    public bool Check(ModelStateDictionary errors)
    {
        if (Parties.Count(row => !string.IsNullOrEmpty(row.Name)) < 2) errors.AddModelError("Form.Parties", "Nommez au moins deux responsables conjoints.");
        if (EndOn < StartOn) errors.AddModelError("Form.EndOn", "Le dernier jour ne peut pas précéder le premier.");
        for (var index = 0; index < Allocation.Count; index++)
        {
            if (string.IsNullOrEmpty(Allocation[index].Topic)) errors.AddModelError($"Form.Allocation[{index}].Topic", "Choisissez la tâche.");
            if (!Parties.Exists(row => row.Name == Allocation[index].Party)) errors.AddModelError($"Form.Allocation[{index}].Party", "Écrivez le nom d’un des responsables conjoints ci-dessus.");
        }
        return PostedPart.KeepErrors(errors);
    }

    public static IReadOnlyList<FormField> Describe(AgreementForm form) => new SheetForm(new Sheet())
    {
        MarksOptional = true,
        Offered = new Offer(new Dictionary<(Type, string), IReadOnlyList<string>>
        {
            [(typeof(AllocationRow), nameof(AllocationRow.Party))] = [.. form.Parties.Select(row => row.Name).OfType<string>().Where(name => name.Length > 0)],
        }),
    }.Describe(form);
}

public sealed class PartyRow
{
    [Display(Name = "Organisme ou société")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Contact")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? Contact { get; set; }
}

public sealed class AllocationRow
{
    [Display(Name = "Tâche")]
    [Vocabulary("JointControllershipTopic")]
    public string? Topic { get; set; }

    [Display(Name = "Qui s’en charge")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Party { get; set; }

    [Display(Name = "Précision")]
    [StringLength(500, ErrorMessage = "La précision ne peut pas dépasser {1} caractères.")]
    public string? Note { get; set; }
}
