using Registry.Deadlines;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>A convention as it is kept: its text in one document, its life in columns.</summary>
public sealed record Convention
{
    public const string ObjectType = "CONVENTION";

    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required string KeeperName { get; init; }
    public required string Territory { get; init; }
    public required bool GoodFridayObserved { get; init; }

    /// <summary>What was corrected of the holidays of its territory.</summary>
    public string[] HolidayCorrections { get; init; } = [];
    public DateOnly? SignedOn { get; init; }
    public DateOnly? EffectiveOn { get; init; }
    public required int Renewals { get; init; }
    public DateOnly? NoticeOn { get; init; }

    /// <summary>The last day: set by a notice that counts, or by whoever ended it.</summary>
    public DateOnly? EndsOn { get; init; }
    public string? EndReason { get; init; }
    public DateOnly? RestitutedOn { get; init; }
    public DateOnly? DestroyedOn { get; init; }
    public DateOnly? EvaluatedOn { get; init; }
    public required DateOnly TrackedOn { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }

    public string Reference => ReferenceOf(Number);
    public ConventionStatus State => ConventionStates.Parse(Status);
    public HolidayCalendar Calendar => HolidayCalendar.For(Territory, GoodFridayObserved, HolidayCorrections.Select(HolidayCorrection.Parse));

    /// <summary>From when its obligations are followed here: nobody is late for what was due before anybody wrote it down.</summary>
    public DateOnly FollowedFrom => EffectiveOn is { } effect && effect > TrackedOn ? effect : TrackedOn;

    public ConventionSheet Read() => Records.SheetJson.ReadPart<ConventionSheet>(SheetJson);

    public static string ReferenceOf(int number) => $"C-{number:000}";

    /// <summary>"C-001" as people write it, or null.</summary>
    public static int? NumberOf(string reference) =>
        reference.Length is >= 5 and <= 11 && reference.StartsWith("C-", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(reference.AsSpan(2), System.Globalization.NumberStyles.None, null, out var number) ? number : null;
}

/// <summary>Something that happened to it (vocabulary ConventionEventKind).</summary>
public sealed record ConventionEvent(string Kind, DateOnly On, string? Document, string? Note);

/// <summary>Evidence that an obligation was met, given by the keeper or by the side that owes it.</summary>
public sealed record ConventionProof
{
    public required Guid Id { get; init; }
    public required string Code { get; init; }
    public required DateOnly DoneOn { get; init; }

    /// <summary>The last day it speaks for: a report of a month of backups covers that month.</summary>
    public DateOnly? CoversTo { get; init; }
    public required string Document { get; init; }
    public string? Note { get; init; }
    public required string GivenBy { get; init; }
    public required string ContributorName { get; init; }
    public DateOnly Through => CoversTo ?? DoneOn;

    /// <summary>A report that covers its month makes room for the next one; an attestation of half a year and more runs out.</summary>
    public bool RunsOut => CoversTo?.DayNumber - DoneOn.DayNumber >= AttestationDays;

    private const int AttestationDays = 180;
}

public sealed record ConventionMeeting
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateOnly PlannedOn { get; init; }
    public DateOnly? HeldOn { get; init; }
    public required string Status { get; init; }
    public string? Agenda { get; init; }
    public string? Attendees { get; init; }
    public string? Decisions { get; init; }
    public string? Minutes { get; init; }
    public DateOnly? MinutesSentOn { get; init; }
    public required int Version { get; init; }
}

/// <summary>A revision of the price as it was recorded, with what it was computed from.</summary>
public sealed record ConventionPrice
{
    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required decimal P0 { get; init; }
    public required decimal FixedPart { get; init; }
    public required decimal IndexedPart { get; init; }
    public required string Mode { get; init; }
    public required decimal Syntec0 { get; init; }
    public required decimal March { get; init; }
    public decimal? Link { get; init; }
    public required decimal Savings { get; init; }
    public required decimal Price { get; init; }
    public required DateOnly AppliesFrom { get; init; }
    public required string RecordedBy { get; init; }

    public PriceRevision Compute() => PriceRevision.Compute(
        new PriceTerms(P0, FixedPart, IndexedPart, Mode == "EACH_STEP" ? PriceRounding.EachStep : PriceRounding.RatioOnly), new PriceIndices(Syntec0, March, Link, Savings));
}

/// <summary>What else is known of a convention, read together.</summary>
public sealed record ConventionLife(
    IReadOnlyList<ConventionEvent> Events, IReadOnlyList<ConventionProof> Proofs, IReadOnlyList<ConventionMeeting> Meetings, IReadOnlyList<ConventionPrice> Prices)
{
    public static readonly ConventionLife Nothing = new([], [], [], []);
}
