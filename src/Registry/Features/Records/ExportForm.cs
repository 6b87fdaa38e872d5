using System.ComponentModel.DataAnnotations;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The choices of an export, as a form sends them. No choice of texts means the versions in force.</summary>
public sealed class ExportForm
{
    [Required(ErrorMessage = "Choisissez un format.")]
    [OneOf("xlsx", "ods", "csv", "json")]
    public string? Format { get; set; }

    [OneOf(InForce, Working)]
    public string? Text { get; set; }

    public bool Notes { get; set; }

    public const string InForce = "vigueur", Working = "travail";

    public static IReadOnlyList<Option> Formats { get; } =
    [
        new("xlsx", Languages.Key("Tableur Excel (XLSX)")),
        new("ods", Languages.Key("Tableur LibreOffice (ODS)")),
        new("csv", Languages.Key("Texte à point-virgule (CSV)")),
        new("json", Languages.Key("Données structurées (JSON), pour un autre logiciel")),
    ];

    public static IReadOnlyList<Option> Texts { get; } =
    [
        new(InForce, Languages.Key("Les versions en vigueur, telles que publiées")),
        new(Working, Languages.Key("Les fiches de travail, brouillons et révisions compris")),
    ];

    public ExportOrder ToOrder(RegisterFilter filter, bool readsDrafts) => new(
        Enum.Parse<RegisterFormat>(Format!, ignoreCase: true), filter, readsDrafts && Text == Working, Notes);
}
