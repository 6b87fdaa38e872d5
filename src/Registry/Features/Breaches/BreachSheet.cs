using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>What is told of a breach: its parts are drawn, checked, read and compared as the parts of a sheet of the register are.</summary>
public sealed class BreachSheet
{
    public FactsPart Facts { get; set; } = new();
    public PeoplePart People { get; set; } = new();
    public MeasuresPart Measures { get; set; } = new();

    /// <summary>What article 33(5) and the state machine ask before the breach is confirmed (T-BR-04).</summary>
    public bool IsDescribed => Facts.Natures.Count > 0 && People.DataCategories.Count > 0 && People.SubjectCategories.Count > 0 && !string.IsNullOrEmpty(Measures.MeasuresBefore);

    /// <summary>A name on the page, its address, and the part itself.</summary>
    public static IReadOnlyList<BreachPart> Parts { get; } =
    [
        new("faits", Languages.Key("Ce qui s’est passé"), sheet => sheet.Facts, (sheet, part) => sheet.Facts = (FactsPart)part, () => new FactsPart()),
        new("personnes", Languages.Key("Données et personnes"), sheet => sheet.People, (sheet, part) => sheet.People = (PeoplePart)part, () => new PeoplePart()),
        new("mesures", Languages.Key("Conséquences et mesures"), sheet => sheet.Measures, (sheet, part) => sheet.Measures = (MeasuresPart)part, () => new MeasuresPart()),
    ];
}

public sealed record BreachPart(string Key, string Title, Func<BreachSheet, object> Get, Action<BreachSheet, object> Set, Func<object> New);

public sealed class FactsPart
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    [Display(Name = "En une phrase")]
    [Required(ErrorMessage = "Dites en une phrase ce qui s’est passé.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? Title { get; set; }

    [Display(Name = "Description", Description = "Les faits connus. Pas de nom d’habitant ni d’agent.")]
    [DataType(DataType.MultilineText)]
    [StringLength(8000, ErrorMessage = TooLong)]
    public string? Description { get; set; }

    [Display(Name = "Elle dure encore")]
    public bool? Ongoing { get; set; }

    [Display(Name = "Comment on l’a découverte")]
    [Vocabulary("IncidentReportedVia")]
    public string? DiscoveryMeans { get; set; }

    [Display(Name = "Qui l’a découverte, et comment", Description = "Une fonction plutôt qu’un nom.")]
    [StringLength(500, ErrorMessage = TooLong)]
    public string? DiscoveredBy { get; set; }

    [Display(Name = "Nature")]
    [Vocabulary("BreachNature")]
    public List<string> Natures { get; set; } = [];

    [Display(Name = "Origine de l’incident")]
    [Vocabulary("BreachOrigin")]
    public string? Origin { get; set; }

    [Display(Name = "Cause")]
    [Vocabulary("BreachCause")]
    public string? Cause { get; set; }

    [Display(Name = "Support")]
    [OneOf("Papier", "Numérique", "Les deux")]
    public string? Medium { get; set; }

    [Display(Name = "Fiches du registre concernées", Description = "Leurs références : T-0014.", Prompt = "Ajouter une fiche")]
    [EachAtMost(200)]
    public List<string> Records { get; set; } = [];

    [Display(Name = "Applications et matériels touchés", Prompt = "Ajouter une application")]
    [EachAtMost(200)]
    public List<string> Systems { get; set; } = [];

    [Display(Name = "Prestataires ou autres organismes impliqués", Prompt = "Ajouter un organisme")]
    [EachAtMost(200)]
    public List<string> Processors { get; set; } = [];

    [Display(Name = "Des personnes d’autres pays de l’Union sont concernées")]
    public bool? CrossBorder { get; set; }

    [Display(Name = "Ces pays")]
    [StringLength(300, ErrorMessage = TooLong)]
    public string? Countries { get; set; }
}

public sealed class PeoplePart
{
    private const string TooLong = "Écrivez {1} caractères au plus.";
    private const string Count = "Indiquez un nombre entier.";

    [Display(Name = "Catégories de données")]
    [Vocabulary("DataCategory")]
    public List<string> DataCategories { get; set; } = [];

    [Display(Name = "Des données sensibles sont touchées", Description = "Santé, opinions, origine, biométrie, infractions, numéro de sécurité sociale.")]
    public bool? SpecialData { get; set; }

    [Display(Name = "Précisions sur les données")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? DataNote { get; set; }

    [Display(Name = "Nombre d’enregistrements, au moins")]
    [Range(0, 2_000_000_000, ErrorMessage = Count)]
    public int? RecordsAtLeast { get; set; }

    [Display(Name = "Nombre d’enregistrements, au plus")]
    [Range(0, 2_000_000_000, ErrorMessage = Count)]
    public int? RecordsAtMost { get; set; }

    [Display(Name = "Catégories de personnes")]
    [Vocabulary("DataSubjectCategory")]
    public List<string> SubjectCategories { get; set; } = [];

    [Display(Name = "Nombre de personnes, au moins")]
    [Range(0, 2_000_000_000, ErrorMessage = Count)]
    public int? SubjectsAtLeast { get; set; }

    [Display(Name = "Nombre de personnes, au plus")]
    [Range(0, 2_000_000_000, ErrorMessage = Count)]
    public int? SubjectsAtMost { get; set; }

    [Display(Name = "Des mineurs ou des personnes vulnérables sont concernés")]
    public bool? MinorsOrVulnerable { get; set; }

    [Display(Name = "Ce que l’on sait d’elles", Description = "Quand les nombres manquent, dites ici pourquoi.")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? PeopleNote { get; set; }

    internal static string? Range(int? least, int? most) => (least, most) switch
    {
        (null, null) => null,
        ({ } one, null) => one.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture),
        (null, { } one) => one.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture),
        ({ } one, { } two) when one == two => one.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture),
        ({ } one, { } two) => $"{one.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture)} – {two.ToString("N0", System.Globalization.CultureInfo.CurrentUICulture)}",
    };
}

public sealed class MeasuresPart
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    [Display(Name = "Mesures qui étaient en place", Description = "Mots de passe, chiffrement, sauvegardes, contrôle des accès…")]
    [DataType(DataType.MultilineText)]
    [StringLength(4000, ErrorMessage = TooLong)]
    public string? MeasuresBefore { get; set; }

    [Display(Name = "Les données sont incompréhensibles pour qui les a obtenues", Description = "Chiffrées, et la clé n’est pas compromise.")]
    public bool? DataUnintelligible { get; set; }

    [Display(Name = "Une sauvegarde permet de les rétablir")]
    public bool? BackupAvailable { get; set; }

    [Display(Name = "Conséquences probables")]
    [Vocabulary("BreachConsequence")]
    public List<string> Consequences { get; set; } = [];

    [Display(Name = "Préjudices possibles pour les personnes")]
    [Vocabulary("BreachHarm")]
    public List<string> Harms { get; set; } = [];

    [Display(Name = "Mesures prises")]
    [DataType(DataType.MultilineText)]
    [StringLength(4000, ErrorMessage = TooLong)]
    public string? MeasuresTaken { get; set; }

    [Display(Name = "Mesures prévues")]
    [DataType(DataType.MultilineText)]
    [StringLength(4000, ErrorMessage = TooLong)]
    public string? MeasuresPlanned { get; set; }

    [Display(Name = "Plainte déposée le")]
    [Day]
    public DateOnly? ComplaintOn { get; set; }

    [Display(Name = "Plainte déposée auprès de")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? ComplaintWith { get; set; }

    [Display(Name = "Autres autorités prévenues", Description = "ANSSI, procureur, assureur, autorité d’un autre État…", Prompt = "Ajouter une autorité")]
    [EachAtMost(200)]
    public List<string> OtherAuthorities { get; set; } = [];

    [Display(Name = "Rubriques du dossier qui ne peuvent être remplies, et pourquoi")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? CannotBeFilled { get; set; }
}
