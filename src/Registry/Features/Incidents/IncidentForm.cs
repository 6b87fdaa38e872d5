using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Breaches;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Incidents;

/// <summary>What the help desk says of an incident: the least that raises the alarm, the rest as it becomes known.</summary>
public sealed class IncidentForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";
    private const int MostLines = 50, LongestLine = 200;

    public Guid Id { get; set; }

    /// <summary>The version on which the page was opened.</summary>
    public int Seen { get; set; }

    [Required(ErrorMessage = "Dites en une phrase ce qui s’est passé.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? Title { get; set; }

    [StringLength(8000, ErrorMessage = TooLong)]
    public string? Description { get; set; }

    public DateParts StartedAt { get; set; } = new();
    public DateParts NoticedAt { get; set; } = new();
    public DateParts EndedAt { get; set; } = new();

    [StringLength(5000, ErrorMessage = TooLong)]
    public string? Systems { get; set; }

    [Vocabulary("DataCategory")]
    public List<string> DataCategories { get; set; } = [];

    [StringLength(4000, ErrorMessage = TooLong)]
    public string? MeasuresTaken { get; set; }

    [StringLength(4000, ErrorMessage = TooLong)]
    public string? MeasuresPlanned { get; set; }

    public bool SaysMore => !EndedAt.IsEmpty || DataCategories.Count > 0 || !string.IsNullOrWhiteSpace(Systems + MeasuresTaken + MeasuresPlanned);

    public static IReadOnlyList<Option> Categories => [.. Vocabulary.Current.Terms("DataCategory").Select(term => new Option(term.Code, term.Label))];

    public static IncidentForm Of(SharedFacts facts, int seen, TimeZoneInfo zone) => new()
    {
        Seen = seen, Title = facts.Title, Description = facts.Description, StartedAt = DateParts.From(facts.StartedAt, zone), NoticedAt = DateParts.From(facts.NoticedAt, zone), EndedAt = DateParts.From(facts.EndedAt, zone),
        Systems = string.Join('\n', facts.Systems), DataCategories = [.. facts.DataCategories], MeasuresTaken = facts.MeasuresTaken, MeasuresPlanned = facts.MeasuresPlanned,
    };

    /// <summary>Null when something is wrong, said by its field.</summary>
    public SharedFacts? Check(ModelStateDictionary errors, TimeZoneInfo zone, DateTimeOffset now)
    {
        foreach (var (key, text, lines) in new[]
            {
                ("Form.Title", Title, false), ("Form.Description", Description, true), ("Form.Systems", Systems, true), ("Form.MeasuresTaken", MeasuresTaken, true), ("Form.MeasuresPlanned", MeasuresPlanned, true),
            })
            if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
        if (NoticedAt.IsEmpty) errors.AddModelError("Form.NoticedAt", "Dites quand vous l’avez remarqué : l’alerte est due sans délai à partir de là.");
        var (started, noticed, ended) = (TypedMoment.Read(errors, "Form.StartedAt", StartedAt, zone, now, hourNeeded: false), TypedMoment.Read(errors, "Form.NoticedAt", NoticedAt, zone, now), TypedMoment.Read(errors, "Form.EndedAt", EndedAt, zone, now, hourNeeded: false));
        if (noticed < started) errors.AddModelError("Form.NoticedAt", "Ce moment est avant le début de l’incident : corrigez l’un des deux.");
        if (ended < started) errors.AddModelError("Form.EndedAt", MomentRules.EndBeforeStart);
        var systems = (Systems ?? "").Split('\n').Select(TypedText.Clean).OfType<string>().ToList();
        if (systems.Count > MostLines || systems.Exists(line => line.Length > LongestLine)) errors.AddModelError("Form.Systems", "Écrivez une application par ligne : 50 lignes de 200 caractères au plus.");
        if (!errors.IsValid || noticed is not { } at || TypedText.Clean(Title) is not { } title) return null;
        return new()
        {
            Title = title, StartedAt = started, NoticedAt = at, EndedAt = ended, Description = TypedText.Clean(Description), Systems = systems, DataCategories = [.. DataCategories],
            MeasuresTaken = TypedText.Clean(MeasuresTaken), MeasuresPlanned = TypedText.Clean(MeasuresPlanned),
        };
    }
}
