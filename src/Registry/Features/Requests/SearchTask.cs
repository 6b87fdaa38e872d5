using Registry.Deadlines;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Requests;

public enum SearchState { Asked, Found, Nothing, Withdrawn }

/// <summary>What may name the person: sealed at rest (S-46).</summary>
/// <param name="Instruction">What to look for, as it was asked.</param>
/// <param name="Text">What was found, or why the search is no longer needed.</param>
/// <param name="By">Who searched.</param>
public sealed record SearchContent(string Instruction, string? Text = null, string? By = null)
{
    /// <summary>Where the words are sealed for: moved to another row or another body they do not open.</summary>
    public static string PlaceOf(Guid organisation, Guid row) => SealedColumn.PlaceOf(organisation, row);

    public static readonly SealedColumn SealedColumn = new("rights_request_search", "content", RequestStore.Purpose, "rights_request_search");
}

/// <summary>One line of the search sheet: where to look, who was asked, what came of it.</summary>
public sealed record SearchTask
{
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public int Number { get; init; }
    public Guid? RecordId { get; init; }
    public int? RecordNumber { get; init; }
    public string? RecordTitle { get; init; }
    public Guid? SystemId { get; init; }
    public string? SystemName { get; init; }
    public required Asked Asked { get; init; }
    public required DateOnly DueOn { get; init; }
    public SearchState State { get; init; }
    public DateOnly? SearchedOn { get; init; }
    public required SearchContent Content { get; init; }
    public int Version { get; init; } = 1;

    /// <summary>Where to look, in words, for a provider that reaches neither record nor application.</summary>
    public string? Place => Where(Record is { } record ? $"{record} · {RecordTitle}" : null, SystemName);

    public static string? Where(string? record, string? system) => record is null && system is null ? null : string.Join(" ; ", new[] { record, system }.OfType<string>());

    public string? Record => RecordNumber is { } number ? ProcessingRecord.ReferenceOf(number) : null;
}

/// <summary>A service of the body, or a processor under a convention; one that is a body here itself is told and answers at its help desk.</summary>
public sealed record Asked(string Name, Guid? UnitId, Guid? KeeperId, Guid? ConventionId, int? ConventionNumber = null, Guid? Organisation = null, Guid? ProviderId = null)
{
    /// <summary>A convention that the body keeps goes by its reference, another one's by its id.</summary>
    public string? Convention => ConventionNumber is { } number && KeeperId == Organisation ? Conventions.Convention.ReferenceOf(number) : ConventionId?.ToString();
}

/// <summary>When a search is due unless somebody says otherwise (T-RR-07): half of the time that remains, on a working day, so that the other half is left to write the answer.</summary>
public sealed record HalfWay(DateOnly On, int DaysLeft, DateOnly DueOn)
{
    public static HalfWay Between(DateOnly today, DateOnly dueOn, HolidayCalendar calendar)
    {
        var left = dueOn.DayNumber - today.DayNumber;
        if (left <= 0) return new(today, left, dueOn);
        var half = calendar.PreviousWorkingDay(today.AddDays(left / 2));
        return new(half < today ? today : half, left, dueOn);
    }
}
