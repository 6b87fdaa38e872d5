using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.ProcessorActivities;

/// <summary>
/// One line of the processor's register (GDPR 30(2)): what the organisation does for one controller. The document that is stored and the form that
/// fills it. It holds nothing of the controller's own record.
/// </summary>
public sealed class ProcessorActivityForm
{
    /// <summary>The id of an organisation of the registry; its name is then taken over.</summary>
    [Display(Name = "Responsable de traitement, dans le registre", Description = "L’organisme pour qui vous travaillez, s’il est suivi ici. Sinon, écrivez son nom ci-dessous.")]
    [StringLength(40, ErrorMessage = "Choisissez une valeur de la liste.")]
    public string? ControllerOrganisation { get; set; }

    [Display(Name = "Nom du responsable de traitement")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? ControllerName { get; set; }

    [Display(Name = "Adresse du responsable")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "L’adresse ne peut pas dépasser {1} caractères.")]
    public string? ControllerAddress { get; set; }

    [Display(Name = "Contact du responsable")]
    [Required(ErrorMessage = "Indiquez comment joindre le responsable de traitement.")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? ControllerContact { get; set; }

    [Display(Name = "Représentant du responsable", Description = "Seulement pour un responsable établi hors de l’Union européenne (article 27).")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? ControllerRepresentative { get; set; }

    [Display(Name = "Contact du délégué du responsable")]
    [StringLength(500, ErrorMessage = "Le contact ne peut pas dépasser {1} caractères.")]
    public string? ControllerDpo { get; set; }

    [Display(Name = "Convention ou contrat")]
    [Required(ErrorMessage = "Indiquez la convention ou le contrat.")]
    [StringLength(500, ErrorMessage = "La référence du contrat ne peut pas dépasser {1} caractères.")]
    public string? Convention { get; set; }

    [Display(Name = "Catégories de traitements effectués", Prompt = "Ajouter une catégorie")]
    [Required(ErrorMessage = "Ajoutez au moins une catégorie de traitements.")]
    [EachAtMost(300)]
    public List<string> Categories { get; set; } = [];

    [Display(Name = "Fiche du responsable", Description = "La référence que le responsable donne à son traitement, s’il la communique.")]
    [StringLength(200, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? ControllerSheet { get; set; }

    [Display(Name = "Sous-traitants ultérieurs", ShortName = "Sous-traitant ultérieur", Prompt = "Ajouter un sous-traitant ultérieur")]
    public List<SubProcessorRow> SubProcessors { get; set; } = [];

    [Display(Name = "Transferts hors de l’Union européenne", ShortName = "Transfert", Prompt = "Ajouter un transfert")]
    public List<TransferRow> Transfers { get; set; } = [];

    [Display(Name = "Mesures de sécurité", ShortName = "Mesure", Prompt = "Ajouter une mesure")]
    public List<MeasureRow> Measures { get; set; } = [];

    [Display(Name = "Instructions reçues", ShortName = "Instruction", Prompt = "Ajouter une instruction")]
    public List<InstructionRow> Instructions { get; set; } = [];

    [Display(Name = "Depuis le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le premier jour.")]
    public DateOnly? StartOn { get; set; }

    /// <summary>What article 30(2) asks for and the line does not say yet: message keys.</summary>
    public IReadOnlyList<string> Missing()
    {
        var missing = new List<string>();
        if (Transfers.Count == 0) missing.Add(AllMessageKeys[0]);
        if (Measures.Count == 0) missing.Add(AllMessageKeys[1]);
        if (string.IsNullOrEmpty(ControllerDpo)) missing.Add(AllMessageKeys[2]);
        return missing;
    }

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        ["Dites si des données sortent de l’Union européenne.", "Décrivez les mesures de sécurité.", "Indiquez le contact du délégué du responsable."];
}

public sealed class SubProcessorRow
{
    [Display(Name = "Sous-traitant ultérieur")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Ce qu’il fait")]
    [StringLength(500, ErrorMessage = "La prestation ne peut pas dépasser {1} caractères.")]
    public string? Service { get; set; }

    [Display(Name = "Pays")]
    [Country]
    public string? Country { get; set; }

    [Display(Name = "Autorisation du responsable")]
    [Vocabulary("AuthorisationMode")]
    public string? Authorisation { get; set; }
}

public sealed class InstructionRow
{
    [Display(Name = "Reçue le")]
    [Day]
    public DateOnly? ReceivedOn { get; set; }

    [Display(Name = "Instruction")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "L’instruction ne peut pas dépasser {1} caractères.")]
    public string? Text { get; set; }

    [Display(Name = "Auteur (fonction)")]
    [StringLength(200, ErrorMessage = "La fonction ne peut pas dépasser {1} caractères.")]
    public string? Author { get; set; }

    [Display(Name = "Document")]
    [StringLength(500, ErrorMessage = "La référence du document ne peut pas dépasser {1} caractères.")]
    public string? Document { get; set; }
}

/// <summary>The end of such a line.</summary>
public sealed class EndForm
{
    [Display(Name = "Dernier jour")]
    [Day]
    [Required(ErrorMessage = "Indiquez le dernier jour.")]
    public DateOnly? EndOn { get; set; }

    [Display(Name = "Sort des données et motif", Description = "Rendues, détruites ? Sur quelle demande ?")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Dites ce que deviennent les données.")]
    [StringLength(500, ErrorMessage = "Le motif ne peut pas dépasser {1} caractères.")]
    public string? Reason { get; set; }
}
