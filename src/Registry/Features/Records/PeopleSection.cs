using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Whose data and which data (GDPR 30(1)(c)).</summary>
public sealed class PeopleSection
{
    [Display(Name = "Personnes concernées", ShortName = "Personnes", Prompt = "Ajouter des personnes")]
    public List<DataSubjectRow> DataSubjects { get; set; } = [];

    [Display(Name = "Catégories de données", ShortName = "Données", Prompt = "Ajouter des données")]
    public List<DataCategoryRow> DataCategories { get; set; } = [];

    [Display(Name = "Moyens de collecte", Prompt = "Ajouter un moyen de collecte")]
    [EachAtMost(500)]
    public List<string> CollectionMeans { get; set; } = [];

    [JsonIgnore]
    public bool HasMinors => DataSubjects.Exists(row => row.Minors || row.Category == "MINORS");
}

public sealed class DataSubjectRow
{
    [Display(Name = "Personnes")]
    [Vocabulary("DataSubjectCategory")]
    public string? Category { get; set; }

    [Display(Name = "Précision")]
    [StringLength(500, ErrorMessage = "La précision ne peut pas dépasser {1} caractères.")]
    public string? Detail { get; set; }

    [Display(Name = "Nombre approximatif")]
    [Range(0, 100_000_000, ErrorMessage = "Indiquez un nombre entre {1} et {2}.")]
    public int? ApproxCount { get; set; }

    [Display(Name = "Mineurs")]
    public bool Minors { get; set; }

    [Display(Name = "Personnes vulnérables")]
    public bool Vulnerable { get; set; }
}

public sealed class DataCategoryRow
{
    [Display(Name = "Données")]
    [Vocabulary("DataCategory")]
    public string? Category { get; set; }

    [Display(Name = "Détail", Description = "Exemple : nom, prénom, date de naissance.")]
    [StringLength(500, ErrorMessage = "Le détail ne peut pas dépasser {1} caractères.")]
    public string? Detail { get; set; }

    [Display(Name = "Source")]
    [Vocabulary("DataSource")]
    public string? Source { get; set; }

    /// <summary>Whether the person has to supply it (GDPR 13(2)(e)).</summary>
    [Display(Name = "Obligatoire", Description = "La personne doit les fournir pour obtenir le service.")]
    public bool Mandatory { get; set; }

    /// <summary>The <see cref="RetentionRule.Id"/> of the rule that says how long it is kept.</summary>
    [Display(Name = "Conservation", Description = "Les durées se décrivent dans la partie « Durées de conservation ».")]
    [StringLength(40, ErrorMessage = "Choisissez une durée de la fiche.")]
    public string? RetentionRule { get; set; }
}
