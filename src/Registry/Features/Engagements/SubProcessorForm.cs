using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Engagements;

/// <summary>A further processor as the processor announced it (GDPR 28(2), 28(4)).</summary>
public sealed class SubProcessorForm
{
    [Display(Name = "Nom du sous-traitant ultérieur")]
    [Required(ErrorMessage = "Nommez le sous-traitant ultérieur.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Name { get; set; }

    [Display(Name = "Sous-traitant de", Description = "Rien s’il travaille directement pour le sous-traitant.")]
    [ShortText]
    public string? Under { get; set; }

    [Display(Name = "Service confié")]
    [Required(ErrorMessage = "Dites ce qui lui est confié.")]
    [ShortText]
    public string? Service { get; set; }

    [Display(Name = "Pays du traitement")]
    [Country]
    [Required(ErrorMessage = "Choisissez le pays où les données sont traitées.")]
    public string? Country { get; set; }

    [Display(Name = "Précision sur le lieu")]
    [ShortText]
    public string? Location { get; set; }

    [Display(Name = "Garantie du transfert", Description = "Nécessaire hors de l’Espace économique européen.")]
    [Vocabulary("TransferMechanism")]
    public string? Mechanism { get; set; }

    [Display(Name = "Annoncé le", Description = "Le jour où l’organisme a reçu l’information écrite.")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour de l’annonce.")]
    public DateOnly? AnnouncedOn { get; set; }

    [Display(Name = "Autorisation", Description = "Générale : trente jours pour s’opposer, le silence vaut accord. Spécifique : rien sans accord écrit.")]
    [Vocabulary("AuthorisationMode")]
    [Required(ErrorMessage = "Choisissez le mode d’autorisation.")]
    public string? Mode { get; set; }

    [Display(Name = "Garanties et certifications", ShortName = "Garantie", Prompt = "Ajouter une garantie")]
    public List<GuaranteeRow> Guarantees { get; set; } = [];

    [Display(Name = "Preuve des obligations répercutées", Description = "Le contrat ou l’engagement qui reprend celles de la convention.")]
    [ShortText]
    public string? FlowDownProof { get; set; }

    private const string Later = "Cette date est à venir : l’annonce s’enregistre quand elle est reçue.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (AnnouncedOn > today) yield return ("Form.AnnouncedOn", Later);
        if (EuropeanArea.NeedsSafeguard(Country, Mechanism)) yield return ("Form.Mechanism", EuropeanArea.NoSafeguard);
    }
}

/// <summary>The proof that came after the announcement.</summary>
public sealed class FlowDownForm
{
    [Required(ErrorMessage = "Dites quel document reprend les obligations.")]
    [ShortText]
    public string? Proof { get; set; }

    /// <summary>The version that its author read (S-90).</summary>
    public int Seen { get; set; }
}

/// <summary>The controller's answer.</summary>
public sealed class DecisionForm
{
    [Display(Name = "Décision")]
    [OneOf("accepter", "s-opposer")]
    [Required(ErrorMessage = "Choisissez la décision.")]
    public string? Act { get; set; }

    [Display(Name = "Motif")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Reason { get; set; }

    /// <summary>The version that its author read (S-90).</summary>
    public int Seen { get; set; }
}
