using Microsoft.Extensions.Localization;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>One thing that a citizen reads of a sheet: a title in plain words and what the sheet says.</summary>
public sealed record PublicPart(string Title, IReadOnlyList<ReadField> Fields);

/// <summary>
/// A redacted sheet, in the words of citizens. It has the shape of the sheet with most fields missing; pages, JSON and CSV all show these parts, so that
/// they say the same.
/// </summary>
public sealed class PublicSheet
{
    private sealed record Processors(IReadOnlyList<ProcessorCategory>? ProcessorCategories);

    private sealed record ProcessorCategory(string Category, int Count, IReadOnlyList<string>? Names);

    private readonly IReadOnlyList<ProcessorCategory> _processors;

    private PublicSheet(Sheet sheet, IReadOnlyList<ProcessorCategory> processors) => (Sheet, _processors) = (sheet, processors);

    private Sheet Sheet { get; }

    public string Title => Sheet.Identification.Title ?? "";
    public string? Domain => Sheet.Identification.Domain;

    public static PublicSheet Read(PublicSheetText text) =>
        new(SheetJson.Read(text.Document), SheetJson.ReadPart<Processors>(text.Document).ProcessorCategories ?? []);

    /// <summary>The titles of all parts: the columns of the table.</summary>
    public static IReadOnlyList<string> PartTitles { get; } =
    [
        Languages.Key("À quoi servent les données"), Languages.Key("Ce qui l’autorise"), Languages.Key("Quelles personnes et quelles données"), Languages.Key("Qui reçoit les données"),
        Languages.Key("Si elles sortent de l’Union européenne"), Languages.Key("Combien de temps elles sont gardées"), Languages.Key("Comment elles sont protégées"), Languages.Key("Vos droits"),
    ];

    public IReadOnlyList<PublicPart> Parts(IStringLocalizer t)
    {
        var reader = new SheetReader(t, Sheet);
        IReadOnlyList<ReadField>[] parts =
        [
            Of(Sheet.Purposes, nameof(PurposesSection.LegalBases), nameof(PurposesSection.WithdrawalMeans)),
            Of(Sheet.Purposes, nameof(PurposesSection.Purpose), nameof(PurposesSection.SubPurposes), nameof(PurposesSection.WithdrawalMeans)),
            [.. Of(Sheet.People), .. Of(Sheet.Sensitive)],
            [.. Of(Sheet.Recipients), .. ReadProcessors(t)],
            Of(Sheet.Transfers),
            Of(Sheet.Retention),
            [new(t.Get("Sécurité"), t.Get("L’organisme applique des mesures techniques et d’organisation adaptées au risque. Leur détail n’est pas publié, pour ne pas les affaiblir."))],
            [
                .. Of(Sheet.Information), .. Of(Sheet.Purposes, nameof(PurposesSection.Purpose), nameof(PurposesSection.SubPurposes), nameof(PurposesSection.LegalBases)),
                .. Of(Sheet.Publication),
                new(t.Get("Comment les exercer"), t.Get("Vous pouvez demander à voir vos données, à les faire corriger ou effacer, et vous opposer à certains usages. Écrivez à l’organisme ou à son délégué à la protection des données.")),
            ],
        ];
        return [.. parts.Select((fields, place) => new PublicPart(t.Get(PartTitles[place]), fields))];

        IReadOnlyList<ReadField> Of(object part, params string[] without) => reader.Read(part, without.ToHashSet());
    }

    /// <summary>A field on one line, for a cell and for programs.</summary>
    public static string OnOneLine(ReadField field) =>
        field.Text ?? (field.Lines is { } lines ? string.Join(" ; ", lines)
            : string.Join(" ; ", field.Table!.Rows.Select(row => string.Join(", ", row.Where(cell => cell.Length > 0)))));

    private IReadOnlyList<ReadField> ReadProcessors(IStringLocalizer t) => _processors.Count == 0 ? [] :
    [
        new(t.Get("Sous-traitants"), null, [.. _processors.Select(one => SheetValues.Label("GdprRole", one.Category)
            + (one.Names is { Count: > 0 } names ? t.Get(" : ") + string.Join(", ", names) : one.Count > 1 ? $" ({one.Count})" : ""))]),
    ];
}
