using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The choices of an export, as a form sends them; what is not on the lists is the first of its list.</summary>
public sealed class ExportForm
{
    public string? Format { get; set; }
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
        Enum.TryParse<RegisterFormat>(Format, ignoreCase: true, out var format) && Enum.IsDefined(format) ? format : RegisterFormat.Xlsx,
        filter, readsDrafts && Text == Working, Notes);
}
