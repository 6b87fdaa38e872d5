using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Conventions;

/// <summary>What the convention is about and what it rests on (domain §2.4).</summary>
public sealed class ConventionSubject
{
    [Display(Name = "Titre")]
    [Required(ErrorMessage = "Donnez un titre à la convention.")]
    [StringLength(300, ErrorMessage = "Écrivez {1} caractères au plus")]
    public string? Title { get; set; }

    [Display(Name = "Titre en anglais")]
    [ShortText]
    public string? TitleEnglish { get; set; }

    [Display(Name = "Nature")]
    [Vocabulary("ConventionKind")]
    public List<string> Kinds { get; set; } = [];

    [Display(Name = "Code interne")]
    [ShortText]
    public string? InternalCode { get; set; }

    [Display(Name = "État du texte")]
    [Vocabulary("SourceDocumentStatus")]
    public string? DocumentStatus { get; set; }

    [Display(Name = "Document source")]
    [ShortText]
    public string? SourceDocument { get; set; }

    [Display(Name = "Référence du contrat")]
    [ShortText]
    public string? ContractReference { get; set; }

    [Display(Name = "Objet")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Purpose { get; set; }

    [Display(Name = "Originaux")]
    [Count]
    public int? Originals { get; set; }

    [Display(Name = "Pages")]
    [Count]
    public int? Pages { get; set; }

    [Display(Name = "Fondements juridiques", ShortName = "Fondement", Prompt = "Ajouter un fondement")]
    public List<LegalBasisOfConvention> LegalBases { get; set; } = [];
}

public sealed class LegalBasisOfConvention
{
    [Display(Name = "Texte")]
    [ShortText]
    public string? Reference { get; set; }

    [Display(Name = "Ce qu’il permet")]
    [ShortText]
    public string? Note { get; set; }

    [Display(Name = "Ajouté, absent de la convention")]
    public bool? Added { get; set; }
}
