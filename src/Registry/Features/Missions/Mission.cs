using Registry.Deadlines;
using Registry.Features.Conventions;
using Registry.Features.Shared;

namespace Registry.Features.Missions;

/// <summary>What the shared officer does for an organisation under a convention: days estimated and spent, at which price (domain §2.6).</summary>
public sealed record Mission
{
    public const string ObjectType = "MISSION";

    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public Guid? KeeperId { get; init; }
    public Guid? ConventionId { get; init; }
    public int? ConventionNumber { get; init; }
    public string? ConventionTitle { get; init; }
    public string? KeeperName { get; init; }
    public required string Phase { get; init; }
    public required decimal InitialDays { get; init; }
    public required decimal OngoingDays { get; init; }
    public required decimal DailyRate { get; init; }
    public decimal? AnnualFee { get; init; }
    public string? Preparation { get; init; }
    public DateOnly? SentOn { get; init; }
    public DateOnly? ValidatedOn { get; init; }
    public string? ValidatedBy { get; init; }
    public DateOnly? InitialFrom { get; init; }
    public DateOnly? OngoingFrom { get; init; }
    public DateOnly? EndedOn { get; init; }
    public required decimal InitialUsed { get; init; }
    public required decimal OngoingUsed { get; init; }
    public required int Version { get; init; }

    public MissionPhase State => MissionStates.Parse(Phase);
    public bool IsOver => State == MissionPhase.Ended;

    /// <summary>2 300 € a year are 10 days at 230 €: another fee may be meant, and is said.</summary>
    public decimal? FeeOfDays => AnnualFee is { } fee && OngoingDays > 0 && fee != OngoingDays * DailyRate ? OngoingDays * DailyRate : null;

    public KnownConvention? Convention => ConventionId is { } id && ConventionNumber is { } number ? new(KeeperId!.Value, id, number, ConventionTitle!, KeeperName!) : null;

    public MissionPhase PhaseOn(DateOnly day) =>
        day >= OngoingFrom ? MissionPhase.OngoingMutualisation : day >= InitialFrom ? MissionPhase.InitialCompliance : MissionPhase.Proposal;

    /// <summary>Only days done of the initial phase are invoiced by the day; the follow-up has its yearly fee.</summary>
    public bool IsInvoiced(string? status, DateOnly day) => status == Intervention.Done && PhaseOn(day) == MissionPhase.InitialCompliance;

    public bool IsInvoiced(Intervention one) => IsInvoiced(one.Status, one.HeldOn);

    /// <summary>“12,5”, “3”.</summary>
    public static string Days(decimal days) => Amounts.Show(days, days == decimal.Truncate(days) ? 0 : 1);

    public static double Percent(decimal used, decimal estimated) => estimated == 0 ? 0 : (double)(100 * used / estimated);
}

/// <summary>A convention that a mission may rest on: kept by the organisation, or one that binds it.</summary>
public sealed record KnownConvention(Guid KeeperId, Guid Id, int Number, string Title, string KeeperName)
{
    public string Label(Guid organisation) => KeeperId == organisation ? $"{Conventions.Convention.ReferenceOf(Number)} · {Title}" : $"{Title} ({KeeperName})";

    public string Path(Guid organisation) => KeeperId == organisation ? Conventions.Convention.ReferenceOf(Number) : Id.ToString();
}

/// <summary>One line of the plan of actions.</summary>
public sealed record MissionAction
{
    public const string ObjectType = "MISSION_ACTION";

    public required Guid Id { get; init; }
    public required Guid MissionId { get; init; }
    public required string Title { get; init; }
    public required string Priority { get; init; }
    public required string Responsible { get; init; }
    public required DateOnly DueOn { get; init; }
    public required string Status { get; init; }
    public DateOnly? DoneOn { get; init; }
    public string? Evidence { get; init; }
    public required int Version { get; init; }

    public bool IsOpen => Status is "TODO" or "IN_PROGRESS" or "BLOCKED";
}

/// <summary>Half a day or a day of one person.</summary>
public sealed record Intervention
{
    public const string ObjectType = "INTERVENTION", Done = "DONE", Cancelled = "CANCELLED";

    public required Guid Id { get; init; }
    public required Guid MissionId { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required decimal Days { get; init; }
    public required string PerformedBy { get; init; }
    public required string Place { get; init; }
    public required string Kind { get; init; }
    public required string Summary { get; init; }
    public required string Status { get; init; }
    public required int Version { get; init; }

    public DateOnly Month => new(HeldOn.Year, HeldOn.Month, 1);
}

/// <summary>The days of a month that are invoiced by the day, as the controller validates them.</summary>
public sealed record MonthlyStatement
{
    public const string ObjectType = "MONTHLY_STATEMENT";

    public required Guid Id { get; init; }
    public required Guid MissionId { get; init; }
    public required DateOnly Month { get; init; }
    public required string Status { get; init; }
    public decimal? TotalDays { get; init; }
    public decimal? Amount { get; init; }
    public DateOnly? SentOn { get; init; }
    public string? SentBy { get; init; }
    public DateOnly? DueOn { get; init; }
    public DateOnly? LateOn { get; init; }
    public DateOnly? ValidatedOn { get; init; }
    public string? ValidatedBy { get; init; }
    public string? Dispute { get; init; }
    public string? DisputedBy { get; init; }
    public DateOnly? InvoicedOn { get; init; }
    public required int Version { get; init; }

    public StatementStatus State => StatementStates.Parse(Status);
    public string Reference => ReferenceOf(Month);

    public static string ReferenceOf(DateOnly month) => month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    public static DateOnly? MonthOf(string reference) =>
        DateOnly.TryParseExact(reference, "yyyy-MM", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var month) ? month : null;

    /// <summary>An aim of the product, not a delay of the law: the representative is reminded after it (domain §5).</summary>
    public static Deadline Due(DateOnly sentOn, int workingDays, HolidayCalendar calendar) => WorkingDays.Add(sentOn, workingDays, calendar, StartEvent.Sent);
}
