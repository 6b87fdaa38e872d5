using System.Globalization;
using Registry.Deadlines;

namespace Registry.Features.Requests;

/// <summary>Something asked of the person, as the file keeps it.</summary>
public sealed record Question(DateOnly RequestedOn, SuspensionReason Reason, bool ConfirmedByOfficer = false, DateOnly? SuppliedOn = null, DateOnly? RemindedOn = null)
{
    public Suspension Suspension => new(RequestedOn, SuppliedOn, Reason, ConfirmedByOfficer);
}

/// <summary>What happened to the clock and to the decision: days and codes only.</summary>
public sealed record RequestCourse
{
    public DateOnly? AcknowledgedOn { get; init; }
    public IReadOnlyList<Question> Questions { get; init; } = [];
    public DateOnly? ExtensionSentOn { get; init; }
    public string? ExtensionReason { get; init; }
    public string? IdentityMethod { get; init; }
    public DateOnly? IdentityOn { get; init; }
    public IReadOnlyList<string> Grounds { get; init; } = [];
    public string? AnswerChannel { get; init; }

    /// <summary>It came by the public form in a way in which people seldom fill forms: kept like any other, its clock runs, and somebody looks whether it is one (S-83).</summary>
    public bool ToConfirm { get; init; }

    /// <summary>The question whose answer is awaited; null when none is.</summary>
    public Question? Awaited => Questions.LastOrDefault(question => question.SuppliedOn is null);

    public RequestCourse WithAwaited(Func<Question, Question> change) =>
        this with { Questions = [.. Questions.Select(question => question == Awaited ? change(question) : question)] };
}

public sealed record Person(string? FirstName, string? LastName, string? Email, string? Post, string? Phone)
{
    public string Name => string.Join(' ', new[] { FirstName, LastName }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>Who asks, for whom, and in which words: what is needed to answer and no more (S-82). Sealed at rest (S-46).</summary>
public sealed record RequestContent
{
    public required Person Requester { get; init; }
    public required string Capacity { get; init; }

    /// <summary>The person concerned when another one asks for her.</summary>
    public string? Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>What the answer says, as it was prepared for signature.</summary>
    public string? Draft { get; init; }
}

/// <summary>A request as the table has it, its content opened.</summary>
public sealed record RightsRequest
{
    public const string ObjectType = "RIGHTS_REQUEST";

    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public int Number { get; init; }
    public required string Channel { get; init; }
    public required IReadOnlyList<string> Rights { get; init; }
    public required RequestStatus Status { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required RequestCourse Course { get; init; }
    public string? Outcome { get; init; }
    public DateOnly? EndedOn { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public DateOnly? PurgeOn { get; init; }
    public required RequestContent Content { get; init; }
    public int Version { get; init; } = 1;
    public required DateTimeOffset RegisteredAt { get; init; }
    public required string RegisteredBy { get; init; }

    public string Reference => ReferenceOf(Year, Number);

    public RequestClock Clock(HolidayCalendar calendar) =>
        RequestClock.Compute(ReceivedOn, calendar, [.. Course.Questions.Select(question => question.Suspension)], Course.ExtensionSentOn);

    public RequestFacts Facts(HolidayCalendar calendar, DateOnly today)
    {
        var clock = Clock(calendar);
        return new()
        {
            Extended = clock.ExtensionAccepted, ExtensionInTime = today <= clock.First.DueOn || clock.SuspendedSince is not null,
            WaitedDays = Course.Awaited is { } waited ? today.DayNumber - waited.RequestedOn.DayNumber : null,
            RemindedDays = Course.Awaited?.RemindedOn is { } reminded ? today.DayNumber - reminded.DayNumber : null,
        };
    }

    public static string ReferenceOf(int year, int number) => $"D-{year}-{number:000}";

    /// <summary>“D-2026-003”, or null for what is no reference.</summary>
    public static (int Year, int Number)? Parse(string reference) =>
        reference.Split('-') is ["D", { Length: 4 } year, { Length: >= 3 and <= 6 } number]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? (y, n) : null;
}

/// <summary>A step that was taken, and what was written with it.</summary>
public sealed record RequestEntry(Guid Id, string Act, DateOnly HappenedOn, string? Text, DateTimeOffset MadeAt, string MadeBy);
