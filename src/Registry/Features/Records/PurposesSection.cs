using System.ComponentModel.DataAnnotations;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>What the data is for and what allows it (GDPR 30(1)(b), 6).</summary>
public sealed class PurposesSection
{
    [Display(Name = "Finalité", Description = "À quoi servent les données, en une phrase qu’un habitant comprend.")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "La finalité ne peut pas dépasser {1} caractères.")]
    public string? Purpose { get; set; }

    [Display(Name = "Sous-finalités", Prompt = "Ajouter une sous-finalité")]
    [EachAtMost(200)]
    public List<string> SubPurposes { get; set; } = [];

    /// <summary>The compatibility analysis of article 6(4), asked for when the purpose differs from the version in force.</summary>
    [Display(Name = "Pourquoi la finalité change", Description = "Si l’usage change, dites en quoi il reste compatible avec le premier (article 6, paragraphe 4).")]
    [DataType(DataType.MultilineText)]
    [StringLength(20_000, ErrorMessage = "L’explication ne peut pas dépasser {1} caractères.")]
    public string? PurposeChangeNote { get; set; }

    [Display(Name = "Bases légales", ShortName = "Base légale", Prompt = "Ajouter une base légale")]
    public List<LegalBasisRow> LegalBases { get; set; } = [];

    [Display(Name = "Recueil du consentement", Description = "Comment les personnes disent oui. Un mineur consent seul à partir de quinze ans.")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "Le recueil du consentement ne peut pas dépasser {1} caractères.")]
    public string? ConsentMeans { get; set; }

    /// <summary>LIL 45: below fifteen the consent to an online service is that of the child and of a parent together.</summary>
    [Display(Name = "Consentement des moins de quinze ans", Description = "Pour un service en ligne, un parent consent avec l’enfant de moins de quinze ans (loi Informatique et Libertés, article 45). Dites comment.")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "Le consentement des moins de quinze ans ne peut pas dépasser {1} caractères.")]
    public string? MinorsConsent { get; set; }

    [Display(Name = "Retrait du consentement", Description = "Retirer son accord est aussi simple que le donner.")]
    [DataType(DataType.MultilineText)]
    [StringLength(500, ErrorMessage = "Le retrait du consentement ne peut pas dépasser {1} caractères.")]
    public string? WithdrawalMeans { get; set; }
}

public sealed class LegalBasisRow
{
    [Display(Name = "Ce qui autorise le traitement")]
    [Vocabulary("LegalBasis")]
    public string? Basis { get; set; }

    [Display(Name = "Texte de référence", Description = "Loi, code ou délibération. Exemple : délibération n° 2024-06-12 du 12 juin 2024.")]
    [StringLength(500, ErrorMessage = "La référence ne peut pas dépasser {1} caractères.")]
    public string? Reference { get; set; }

    /// <summary>The sub-purpose in its own words; empty means the whole purpose.</summary>
    [Display(Name = "S’applique à")]
    [StringLength(200, ErrorMessage = "La sous-finalité ne peut pas dépasser {1} caractères.")]
    public string? AppliesTo { get; set; }
}
