using System.Globalization;

namespace Registry.Jobs;

public enum AlertLevel { Info, Warning, Urgent, Overdue }

/// <summary>The organisation a job works on, and what day it is there.</summary>
public sealed record AlertDay(Guid Organisation, string Slug, DateOnly Today, DateTimeOffset Now, TimeZoneInfo Zone)
{
    public static AlertDay At(Guid organisation, string slug, string timeZone, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return new AlertDay(organisation, slug, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), now, zone);
    }
}

/// <summary>Something that wants somebody's attention now. Raised once for each object and step, however often it is listed.</summary>
public sealed record DueAlert
{
    /// <summary>A code of AlertCode in the vocabulary; its label is what people read.</summary>
    public required string Code { get; init; }
    public required string ObjectType { get; init; }
    public required Guid ObjectId { get; init; }

    /// <summary>Which of its steps, and of which date: so that the same step of another year is another reminder.</summary>
    public required string Step { get; init; }
    public required AlertLevel Level { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>Reference and title of the object: it stands in mails, so no name of a person and nothing of a file's content.</summary>
    public required string Subject { get; init; }

    /// <summary>Where one acts on it.</summary>
    public required string Path { get; init; }

    /// <summary>Who is told, in this order; the next rung when nobody of those before has said that she knows.</summary>
    public required IReadOnlyList<Rung> Ladder { get; init; }

    /// <summary>Mails of it leave on Saturdays and Sundays too: breaches only (domain §5).</summary>
    public bool Weekends { get; init; }

    /// <summary>How long a rung waits for somebody; null never goes on to the next.</summary>
    public TimeSpan? Patience { get; init; }

    public TimeSpan? WaitsFor => Patience ?? Level switch
    {
        AlertLevel.Info => null,
        AlertLevel.Warning => TimeSpan.FromDays(7),
        _ => TimeSpan.FromDays(1),
    };
}

/// <summary>Those who are told together: kinds of appointment, and single people by their work on the object, in the order they are told.</summary>
public sealed record Rung(IReadOnlyList<string> Words)
{
    private const string OnePerson = "person:";

    public static Rung Of(params string[] kinds) => new(kinds);

    public static Rung Of(Guid? person, params string[] kinds) => new(person is { } one ? [OnePerson + one, .. kinds] : kinds);

    /// <summary>The people of the rung among those in office: a person who has left is told nothing.</summary>
    public IEnumerable<Guid> Among(IReadOnlyList<(string Kind, Guid Person)> inOffice) => Words.SelectMany(word => word.StartsWith(OnePerson, StringComparison.Ordinal)
        ? inOffice.Where(one => word.EndsWith(one.Person.ToString(), StringComparison.Ordinal)).Select(one => one.Person)
        : inOffice.Where(one => one.Kind == word).Select(one => one.Person)).Distinct();

    public static string Write(IEnumerable<Rung> ladder) => string.Join('|', ladder.Select(rung => string.Join(' ', rung.Words)));

    public static IReadOnlyList<Rung> Read(string ladder) => [.. ladder.Split('|').Select(rung => new Rung(rung.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}

/// <summary>
/// What one kind of object has to remind of: a class of its feature, registered in Server.cs. It answers from the data what is due on that day, the
/// last step that was reached of each object; what was missed while the program stood still is thereby caught up, once.
/// </summary>
public interface IAlertSource
{
    /// <summary>All the codes it may list: an open reminder of one of them that it lists no longer has settled.</summary>
    IReadOnlyList<string> Codes { get; }

    /// <summary>Its steps are hours: asked every quarter of an hour instead of every morning.</summary>
    bool ByTheHour => false;

    Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day);
}

public static class AlertSteps
{
    /// <summary>The last of the steps, in days from that date, that has come; null before the first.</summary>
    public static int? Reached(DateOnly date, DateOnly today, params int[] offsets) =>
        offsets.Where(offset => date.AddDays(offset) <= today).Select(offset => (int?)offset).Max();

    /// <summary>"2026-12-01 D-30".</summary>
    public static string Name(DateOnly date, int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd} D") + (offset == 0 ? "" : offset.ToString("+0;-0", CultureInfo.InvariantCulture));
}
