using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Engagements;

/// <summary>What is kept of a recourse to a processor: its terms, and the check of its text where no convention stands for it.</summary>
public sealed class EngagementSheet
{
    public EngagementForm Terms { get; set; } = new();

    public ConventionArticle28 Article28 { get; set; } = new();
}

/// <summary>A recourse to a processor (domain §2.3): who, for what, under which text, until when. The document that is stored and the form that fills it.</summary>
public sealed class EngagementForm
{
    [Display(Name = "Sous-traitant", Description = "Choisissez un prestataire connu, ou écrivez un nom : il sera ajouté à la liste.")]
    [Required(ErrorMessage = "Nommez le sous-traitant.")]
    [StringLength(200, ErrorMessage = "Le nom ne peut pas dépasser {1} caractères.")]
    public string? Processor { get; set; }

    [Display(Name = "Service rendu")]
    [Required(ErrorMessage = "Dites ce que le sous-traitant fait pour l’organisme.")]
    [ShortText]
    public string? Service { get; set; }

    [Display(Name = "Traitement concerné", Description = "Rien s’il intervient pour tout l’organisme.")]
    [ShortText]
    public string? Record { get; set; }

    [Display(Name = "Convention", Description = "Ou, à défaut, la référence du contrat ci-dessous : l’une des deux est nécessaire.")]
    [ShortText]
    public string? Convention { get; set; }

    [Display(Name = "Référence du contrat", Description = "Marché, bon de commande, conditions signées.")]
    [ShortText]
    public string? ContractReference { get; set; }

    [Display(Name = "Depuis le")]
    [Day]
    [Required(ErrorMessage = "Indiquez depuis quand.")]
    public DateOnly? StartOn { get; set; }

    [Display(Name = "Le contrat arrive à échéance le")]
    [Day]
    public DateOnly? ExpiresOn { get; set; }

    [Display(Name = "Terminé le")]
    [Day]
    public DateOnly? EndedOn { get; set; }

    [Display(Name = "Données restituées le")]
    [Day]
    public DateOnly? DataReturnedOn { get; set; }

    [Display(Name = "Attestation de destruction", Description = "Sa référence ou l’endroit où elle est gardée.")]
    [ShortText]
    public string? DestructionCertificate { get; set; }

    [Display(Name = "Instructions données", Description = "Le document qui les contient.")]
    [ShortText]
    public string? Instructions { get; set; }

    [Display(Name = "Autorisation des sous-traitants ultérieurs")]
    [Vocabulary("AuthorisationMode")]
    public string? Authorisation { get; set; }

    [Display(Name = "Garanties et certifications", ShortName = "Garantie", Prompt = "Ajouter une garantie")]
    public List<GuaranteeRow> Guarantees { get; set; } = [];

    [Display(Name = "Transferts hors de l’Union", ShortName = "Transfert", Prompt = "Ajouter un transfert")]
    public List<EngagementTransferRow> Transfers { get; set; } = [];

    private const string NoText = "Choisissez la convention, ou donnez la référence du contrat.";
    private const string ExpiresBefore = "L’échéance est avant le début.";
    private const string EndsBefore = "La fin est avant le début.";
    private const string ReturnedBefore = "Les données ne peuvent pas avoir été restituées avant le début.";
    private const string NotEnded = "Dites d’abord quand le recours s’est terminé.";
    private const string WithinUnion = "Ce pays est dans l’Espace économique européen : ce n’est pas un transfert.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NoText, ExpiresBefore, EndsBefore, ReturnedBefore, NotEnded, WithinUnion, EuropeanArea.NoSafeguard];

    public IEnumerable<(string Field, string Key)> Faults()
    {
        if ((Convention ?? ContractReference) is null) yield return ("Form.ContractReference", NoText);
        if (ExpiresOn < StartOn) yield return ("Form.ExpiresOn", ExpiresBefore);
        if (EndedOn < StartOn) yield return ("Form.EndedOn", EndsBefore);
        if (DataReturnedOn < StartOn) yield return ("Form.DataReturnedOn", ReturnedBefore);
        if (EndedOn is null && DestructionCertificate is not null) yield return ("Form.DestructionCertificate", NotEnded);
        for (var i = 0; i < Transfers.Count; i++)
        {
            if (EuropeanArea.Contains(Transfers[i].Country)) yield return ($"Form.Transfers[{i}].Country", WithinUnion);
            else if (EuropeanArea.NeedsSafeguard(Transfers[i].Country, Transfers[i].Mechanism)) yield return ($"Form.Transfers[{i}].Mechanism", EuropeanArea.NoSafeguard);
        }
    }
}

public sealed class GuaranteeRow
{
    [Display(Name = "Garantie", Description = "Exemple : ISO 27001, HDS, code de conduite, assurance.")]
    [ShortText]
    public string? Name { get; set; }

    [Display(Name = "Valable jusqu’au")]
    [Day]
    public DateOnly? EndsOn { get; set; }

    [Display(Name = "Preuve")]
    [ShortText]
    public string? Evidence { get; set; }
}

public sealed class EngagementTransferRow
{
    [Display(Name = "Pays")]
    [Country]
    public string? Country { get; set; }

    [Display(Name = "Garantie du transfert")]
    [Vocabulary("TransferMechanism")]
    public string? Mechanism { get; set; }

    [Display(Name = "Précision")]
    [ShortText]
    public string? Note { get; set; }
}

/// <summary>Where data moves without being transferred: the European Economic Area, with the outermost regions of France (GDPR chapter V).</summary>
public static class EuropeanArea
{
    internal const string NoSafeguard = "Hors de l’Espace économique européen, indiquez la garantie du transfert.";

    private static readonly HashSet<string> Members =
        [.. "AT AX BE BG CY CZ DE DK EE ES FI FR GF GP GR HR HU IE IS IT LI LT LU LV MF MQ MT NL NO PL PT RE RO SE SI SK YT".Split(' ')];

    public static bool Contains(string? country) => country is not null && Members.Contains(country);

    public static bool NeedsSafeguard(string? country, string? mechanism) => country is not null && !Contains(country) && mechanism is (null or "" or "NONE_EU_ONLY");
}
