using Registry.Features.Reminders;
using Registry.Features.Shared;

namespace Registry.Features.Today;

public enum WorkKind { Breach, Request, Convention, Other, Record }

/// <summary>One thing that waits, whatever it is: until when, for whom, and where the next act is.</summary>
public sealed record WorkLine
{
    public required WorkKind Kind { get; init; }
    public required Guid OrganisationId { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }

    /// <summary>As the history names it.</summary>
    public required string ObjectType { get; init; }
    public required Guid ObjectId { get; init; }

    public required string Title { get; init; }
    public required string Reference { get; init; }
    public required string Path { get; init; }

    /// <summary>The end of the 72 hours.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public TimeZoneInfo Zone { get; init; } = Dates.Paris;

    /// <summary>The last day, there.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>How much of the time is gone, in hundredths; null where it has no beginning.</summary>
    public double? Gone { get; init; }
    public required int Disc { get; init; }
    public required string State { get; init; }

    /// <summary>Who acts next, in the reader's language.</summary>
    public string? Who { get; init; }

    /// <summary>The roles whose turn it is.</summary>
    public IReadOnlyList<string> TurnOf { get; init; } = [];

    /// <summary>The next act is the reader's by her office there.</summary>
    public bool Turn { get; init; }
    public string? Reason { get; init; }
    public string? Act { get; init; }
    public string? ActPath { get; init; }

    /// <summary>The reminder of it that she has not acknowledged.</summary>
    public Notice? Notice { get; init; }
    public WorkMark? Mark { get; init; }

    /// <summary>In how many organisations the same waits: an incident at a provider, a convention of several.</summary>
    public int Bodies { get; init; } = 1;

    /// <summary>It was handed to somebody who is away and for whom the reader reads.</summary>
    public bool Covers { get; init; }

    public bool IsFor(Guid person) => Mark?.AssignedTo is { } taken ? taken == person || Covers : Turn;

    public bool IsPutOff(Guid person, DateOnly today) => Mark is { PutOffUntil: { } until } mark && mark.PutOffBy == person && until > today;

    /// <summary>The longest that it may be put off: never past its own last day, a week once that is over, not at all while 72 hours run.</summary>
    public DateOnly? MayWaitUntil(DateOnly today) => DueAt is not null ? null : DueOn is not { } due ? today.AddDays(90) : due <= today ? today.AddDays(7) : due;

    /// <summary>The heading under which it stands (a message key).</summary>
    public string Group(DateOnly today) => (DueAt, DueOn) switch
    {
        ({ }, _) => Groups[0],
        (_, null) => Groups[7],
        (_, { } due) when due < today => Groups[1],
        (_, { } due) when due == today => Groups[2],
        (_, { } due) when due == today.AddDays(1) => Groups[3],
        (_, { } due) when due <= today.AddDays(7) => Groups[4],
        (_, { } due) when due <= today.AddDays(30) => Groups[5],
        _ => Groups[6],
    };

    public static IReadOnlyList<string> Groups { get; } =
    [
        Languages.Key("Délai de 72 heures en cours"), Languages.Key("Dépassé"), Languages.Key("Aujourd’hui"), Languages.Key("Demain"),
        Languages.Key("Sous 7 jours"), Languages.Key("Sous 30 jours"), Languages.Key("Plus tard"), Languages.Key("Sans échéance"),
    ];

    public static string Word(WorkKind kind) => kind switch
    {
        WorkKind.Breach => Languages.Key("Violations"),
        WorkKind.Request => Languages.Key("Demandes"),
        WorkKind.Convention => Languages.Key("Conventions"),
        WorkKind.Record => Languages.Key("Fiches"),
        _ => Languages.Key("Autres"),
    };
}
