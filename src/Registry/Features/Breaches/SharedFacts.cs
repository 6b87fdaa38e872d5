using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>What a provider says of its incident to all the bodies that it reached: shown beside what each of them writes itself, never in its place.</summary>
public sealed class SharedFacts
{
    public string Title { get; set; } = "";
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset NoticedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? Description { get; set; }
    public List<string> Systems { get; set; } = [];
    public List<string> DataCategories { get; set; } = [];
    public string? MeasuresTaken { get; set; }
    public string? MeasuresPlanned { get; set; }

    private static readonly IReadOnlyList<(string Label, Func<SharedFacts, TimeZoneInfo, string?> Text)> Fields =
    [
        (Languages.Key("En une phrase"), (facts, _) => facts.Title),
        (Languages.Key("Début de l’incident"), (facts, zone) => At(facts.StartedAt, zone)),
        (Languages.Key("Le prestataire l’a su"), (facts, zone) => At(facts.NoticedAt, zone)),
        (Languages.Key("Fin de l’incident"), (facts, zone) => At(facts.EndedAt, zone)),
        (Languages.Key("Ce qui s’est passé"), (facts, _) => facts.Description),
        (Languages.Key("Applications et matériels touchés"), (facts, _) => Lines(facts.Systems)),
        (Languages.Key("Catégories de données"), (facts, _) => Lines(facts.DataCategories.Select(code => Vocabulary.Current.Label("DataCategory", code)))),
        (Languages.Key("Mesures prises"), (facts, _) => facts.MeasuresTaken),
        (Languages.Key("Mesures prévues"), (facts, _) => facts.MeasuresPlanned),
    ];

    /// <summary>What is said, field by field, in words; what is not said is left out.</summary>
    public IEnumerable<(string Label, string Text)> Said(TimeZoneInfo zone) =>
        from field in Fields let text = field.Text(this, zone) where !string.IsNullOrEmpty(text) select (field.Label, text);

    /// <summary>What the later one says otherwise, as histories keep it.</summary>
    public static IReadOnlyList<Change> Changes(SharedFacts before, SharedFacts after, TimeZoneInfo zone) => Languages.InFrench<IReadOnlyList<Change>>(() =>
        [.. from field in Fields let old = field.Text(before, zone) let now = field.Text(after, zone) where (old ?? "") != (now ?? "") select new Change(field.Label, old, now)]);

    private static string? At(DateTimeOffset? moment, TimeZoneInfo zone) => moment is { } at ? Dates.Instant(at, zone) : null;

    private static string? Lines(IEnumerable<string> lines) => string.Join('\n', lines) is { Length: > 0 } text ? text : null;
}

/// <summary>The facts as they were shared on a day.</summary>
public sealed record SharedState
{
    public required int Number { get; init; }
    public required string ContentJson { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    public SharedFacts Read() => SheetJson.ReadPart<SharedFacts>(ContentJson);
}

/// <summary>An incident at a provider, as a file that it opened names it.</summary>
public sealed record ProviderIncident
{
    public const string ObjectType = "PROVIDER_INCIDENT";

    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string ProviderName { get; init; }
    public required Guid ConventionId { get; init; }
    public required int TargetHours { get; init; }
    public required DateTimeOffset ToldAt { get; init; }

    public string Reference => ReferenceOf(Year, Number);

    public static string ReferenceOf(int year, int number) => $"IP-{year}-{number:000}";
}
