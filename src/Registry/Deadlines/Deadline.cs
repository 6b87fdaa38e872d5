using System.Globalization;

namespace Registry.Deadlines;

/// <summary>
/// The end of a period and how it was found. Every rule of this library answers with one, whether it counts working days, months or hours,
/// so that pages, mails and documents show any deadline in the same way.
/// </summary>
public sealed record Deadline
{
    /// <summary>The last day of the period, as the calendar on the wall of the body reads.</summary>
    public required DateOnly DueOn { get; init; }

    /// <summary>
    /// The first instant after the period, with the offset of the body's time zone. A period in days or months ends with the last hour of
    /// <see cref="DueOn"/> (Regulation (EEC, Euratom) n° 1182/71, article 3(2)), hence at the next local midnight; a period in hours ends on the minute.
    /// </summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What led to the date, in the order in which a person would count. Never empty.</summary>
    public required IReadOnlyList<DeadlineStep> Steps { get; init; }

    /// <summary>Whether the period is over at that instant.</summary>
    public bool IsOver(DateTimeOffset now) => now >= ExpiresAt;

    /// <summary>A deadline at the end of a local day.</summary>
    internal static Deadline AtEndOf(DateOnly day, TimeZoneInfo timeZone, IReadOnlyList<DeadlineStep> steps) =>
        new() { DueOn = day, ExpiresAt = StartOf(day.AddDays(1), timeZone), Steps = steps };

    /// <summary>A deadline on the minute, shown in the body's time zone.</summary>
    internal static Deadline At(DateTimeOffset instant, TimeZoneInfo timeZone, IReadOnlyList<DeadlineStep> steps)
    {
        var local = TimeZoneInfo.ConvertTime(instant, timeZone);
        return new() { DueOn = DateOnly.FromDateTime(local.DateTime), ExpiresAt = local, Steps = steps };
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo timeZone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, timeZone.GetUtcOffset(midnight));
    }
}

/// <summary>A day found by a rule that is no period to be met (a purge, a last day to ask), with the steps that led to it.</summary>
public sealed record ReckonedDate(DateOnly On, IReadOnlyList<DeadlineStep> Steps);

/// <summary>What a step of a computation does. Later rules add theirs.</summary>
public enum DeadlineStepKind
{
    /// <summary>The event from which the period runs. Dates: the day of the event.</summary>
    Start,

    /// <summary>A number of working days is counted. Dates: the day reached, then the public holidays on working weekdays that were passed over.</summary>
    WorkingDays,

    /// <summary>A number of hours, days or months is counted. Dates: the day reached.</summary>
    Period,

    /// <summary>Clocks are put forward or back during a period in hours. Dates: the day reached.</summary>
    ClockChange,

    /// <summary>The day reached is no working day. Dates: the day to which the end moves, then the public holidays passed over.</summary>
    Roll,

    /// <summary>Something stops the clock for a while, or does not although it was meant to. Dates: the first day, then the last where it is known.</summary>
    Suspension,

    /// <summary>A longer period is taken, or refused. Dates: the day of the notice.</summary>
    Extension,

    /// <summary>A convention goes on by itself, or cannot. Dates: the first day of the period concerned.</summary>
    Renewal,

    /// <summary>A notice (préavis) is judged, or its last or first day found. Dates: that day.</summary>
    Notice,
}

/// <summary>One step of a computation: its kind and dates for programs, a sentence for people in either language.</summary>
public sealed record DeadlineStep(DeadlineStepKind Kind, IReadOnlyList<DateOnly> Dates, string French, string English)
{
    /// <summary>The sentence in the language of the page being written.</summary>
    public string Sentence => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? English : French;
}

/// <summary>The event from which a period runs, as its sentence begins: “Soumise le…”, “Reçue le…”.</summary>
public sealed record StartEvent(string French, string English)
{
    /// <summary>A record sheet (fiche) handed in for review.</summary>
    public static readonly StartEvent Submitted = new("Soumise", "Submitted on");

    /// <summary>A request (demande) that arrived.</summary>
    public static readonly StartEvent Received = new("Reçue", "Received on");

    /// <summary>A statement (état) or letter (courrier) that left.</summary>
    public static readonly StartEvent Sent = new("Envoyé", "Sent on");

    /// <summary>A request (demande) as its author reads of it.</summary>
    public static readonly StartEvent YourRequest = new("La commune a reçu votre demande", "The commune received your request on");

    /// <summary>A convention or its restitution minutes (procès-verbal de restitution) that were signed.</summary>
    public static readonly StartEvent Signature = new("Signature", "Signed on");

    /// <summary>A convention (convention, contrat) that came to its end.</summary>
    public static readonly StartEvent Ended = new("Fin du contrat", "The contract ended on");

    /// <summary>A correction (correctif) made public by the maker of a software.</summary>
    public static readonly StartEvent Published = new("Publication", "Published on");

    /// <summary>When nothing more precise can be said.</summary>
    public static readonly StartEvent Event = new("Le délai part de l’événement :", "The period runs from the event:");

    internal DeadlineStep On(DateOnly day) =>
        new(DeadlineStepKind.Start, [day], $"{French} le {Wording.French(day)}.", $"{English} {Wording.English(day)}.");
}
