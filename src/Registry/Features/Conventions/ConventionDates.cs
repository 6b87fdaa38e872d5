using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>A day that a convention leads to, and why.</summary>
/// <param name="Kind">What falls on it: NOTICE, SEND, RENEWAL, END, MAXIMUM, EFFECT, EVALUATION, RETURN, DESTRUCTION, ACCEPTANCE, PRICE, MEETING, OBLIGATION.</param>
/// <param name="Side">Who acts: a code of the vocabulary DebtorSide.</param>
/// <param name="Subject">What it is about, in the words of the text; empty where the kind says all.</param>
/// <param name="Act">Somebody has to do something by then; else it happens by itself.</param>
/// <param name="Code">The obligation, where it is one.</param>
public sealed record ConventionDate(string Kind, DateOnly On, string Side, string Subject, bool Act, IReadOnlyList<DeadlineStep> Steps, string? Code = null)
{
    /// <summary>The words of each kind, as message keys.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["NOTICE"] = Languages.Key("Reconduire ou donner le préavis"),
        ["SEND"] = Languages.Key("Envoi conseillé du préavis"),
        ["RENEWAL"] = Languages.Key("Reconduction tacite"),
        ["END"] = Languages.Key("Fin de la convention"),
        ["MAXIMUM"] = Languages.Key("Durée totale maximale"),
        ["EFFECT"] = Languages.Key("Prise d’effet de la convention"),
        ["EVALUATION"] = Languages.Key("Évaluer la convention"),
        ["RETURN"] = Languages.Key("Rendre les données"),
        ["ACCEPTANCE"] = Languages.Key("Accepter la preuve de destruction"),
        ["DESTRUCTION"] = Languages.Key("Prouver la destruction des copies"),
        ["PRICE"] = Languages.Key("Réviser le prix de l’année"),
        ["MEETING"] = Languages.Key("Réunir l’instance"),
        ["OBLIGATION"] = Languages.Key("Prouver une obligation"),
    };

    public static string Word(string kind) => Words.GetValueOrDefault(kind, kind);
}

/// <summary>Every day that a convention leads to from today on, and what is overdue: pure, from the text, its life and the calendar.</summary>
public static class ConventionDates
{
    public static IReadOnlyList<ConventionDate> List(Convention convention, ConventionSheet sheet, ConventionLife life, DateOnly today)
    {
        var dates = new List<ConventionDate>();
        dates.AddRange(Course(convention, sheet, today));
        if (ConventionStates.Runs(convention.State))
        {
            if (Evaluation(convention, sheet) is { } evaluation) dates.Add(evaluation);
            if (Price(convention, sheet, life.Prices, today) is { } price) dates.Add(price);
            dates.AddRange(sheet.Governance.Bodies.Select(body => Meeting(body, convention, life.Meetings)).OfType<ConventionDate>().Where(date => !(date.On > ConventionTerms.LastDay(convention, sheet))));
        }
        if (Ending(convention, sheet) is { } ending) dates.Add(ending);
        dates.AddRange(ObligationDates.List(convention, sheet, life.Proofs, today).Where(state => state.DueOn is not null && !SaidElsewhere(state.Row, dates))
            .Select(state => new ConventionDate("OBLIGATION", state.DueOn!.Value, state.Row.Debtor ?? "BOTH", state.Row.Text ?? "", true, state.Steps, state.Row.Code)));
        return [.. dates.OrderBy(date => date.On).ThenByDescending(date => date.Act)];
    }

    /// <summary>The next day on which somebody must act; what is overdue comes first.</summary>
    public static ConventionDate? Next(IReadOnlyList<ConventionDate> dates) => dates.FirstOrDefault(date => date.Act);

    /// <summary>The day on which the answer of <see cref="Next"/> changes by itself, or the state moves: the clock looks again then.</summary>
    public static DateOnly? LooksAgainOn(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        DateOnly?[] days = convention.State switch
        {
            ConventionStatus.Signed => [convention.EffectiveOn],
            ConventionStatus.InForce when ConventionTerms.Term(convention, sheet) is { } term =>
                [term.LatestNoticeOn?.AddDays(1), term.NextPeriodFirstDay, new DateOnly(today.Year + 1, 1, 1)],
            ConventionStatus.NoticeGiven => [convention.EndsOn?.AddDays(1), new DateOnly(today.Year + 1, 1, 1)],
            _ => [],
        };
        return days.Where(day => day is not null).Select(day => day > today ? day : convention.State == ConventionStatus.InForce ? null : today.AddDays(1)).Min();
    }

    private const string Registered = "REGISTERED_LETTER_AR";

    /// <summary>When to send the notice so that it arrives in time (domain §2.4).</summary>
    public static DateOnly Sending(Convention convention, ConventionSheet sheet, DateOnly latest) =>
        NoticeWindow.RecommendedSending(latest, ConventionTerms.NonRenewal(sheet)?.Form == Registered, convention.Calendar);

    private static IEnumerable<ConventionDate> Course(Convention convention, ConventionSheet sheet, DateOnly today)
    {
        if (convention is { State: ConventionStatus.Signed, EffectiveOn: { } effect })
            yield return new("EFFECT", effect, "BOTH", "", Act: false, [new(DeadlineStepKind.Start, [effect], $"La convention prend effet le {Wording.French(effect)}.", $"The convention takes effect on {Wording.English(effect)}.")]);
        if (convention.State == ConventionStatus.NoticeGiven && convention.EndsOn is { } end)
            yield return new("END", end, "BOTH", "", Act: true, [new(DeadlineStepKind.Start, [end], $"Un préavis a été donné : la convention prend fin le {Wording.French(end)}.", $"Notice was given: the convention ends on {Wording.English(end)}.")]);
        if (convention.State != ConventionStatus.InForce || ConventionTerms.Term(convention, sheet) is not { } term) yield break;
        if (term.LatestNoticeOn is { } latest && latest >= today)
        {
            var clause = ConventionTerms.NonRenewal(sheet)!;
            yield return new("NOTICE", latest, clause.Initiator is "PROVIDER" or "BENEFICIARY" ? clause.Initiator : "BOTH", "", Act: true, term.Steps);
            var (registered, send) = (clause.Form == Registered, Sending(convention, sheet, latest));
            if (send >= today)
                yield return new("SEND", send, clause.Initiator is "PROVIDER" or "BENEFICIARY" ? clause.Initiator : "BOTH", "", Act: false, [.. term.Steps, registered
                    ? new(DeadlineStepKind.Notice, [send], $"Pour la poste, dix jours de plus puis le jour ouvré d’avant : {Wording.French(send)}.", $"For the post, ten days more, then the working day before: {Wording.English(send)}.")
                    : new(DeadlineStepKind.Notice, [send], $"Le dernier jour ouvré jusque-là est le {Wording.French(send)}.", $"The last working day up to then is {Wording.English(send)}.")]);
        }
        yield return term.RenewsTacitly ? new("RENEWAL", term.NextPeriodFirstDay, "BOTH", "", Act: false, term.Steps) : new("END", term.PeriodLastDay, "BOTH", "", Act: true, term.Steps);
        if (term.AbsoluteLastDay is { } most && most != term.PeriodLastDay)
            yield return new("MAXIMUM", most, "BOTH", "", Act: false, [new(DeadlineStepKind.Period, [most], $"La durée totale de {Wording.FrenchMonthCount(sheet.Duration.MaxTotalMonths!.Value)} finit le {Wording.French(most)}.", $"The total of {Wording.EnglishMonthCount(sheet.Duration.MaxTotalMonths!.Value)} ends on {Wording.English(most)}.")]);
    }

    private static ConventionDate? Evaluation(Convention convention, ConventionSheet sheet)
    {
        if (convention.EvaluatedOn is not null || convention.SignedOn is not { } signed || sheet.Governance.EvaluationMonths is not { } months || months < 1) return null;
        var due = Obligations.InMonths(signed, months, ConventionTerms.Roll(sheet), convention.Calendar, StartEvent.Signature);
        return new("EVALUATION", due.DueOn, sheet.Governance.EvaluationInitiative is "PROVIDER" or "BENEFICIARY" ? sheet.Governance.EvaluationInitiative : "BOTH", sheet.Governance.EvaluationForm ?? "", Act: true, due.Steps);
    }

    /// <summary>What is left to do with the data: given back by the end (Art. 28(3)(g) GDPR), destroyed within the months of the text, the proof accepted as soon as it is there.</summary>
    private static ConventionDate? Ending(Convention convention, ConventionSheet sheet)
    {
        switch (convention)
        {
            case { State: ConventionStatus.NoticeGiven, EndsOn: { } end } when sheet.Reversibility.StartsOnNotice == true && ConventionTerms.DataHeld(sheet):
                return Return(end);
            case { State: ConventionStatus.Terminated or ConventionStatus.Reversibility, EndsOn: { } end } when ConventionTerms.DataHeld(sheet):
                return Return(end);
            case { State: ConventionStatus.Restituted, RestitutedOn: { } minutes, DestroyedOn: null } when sheet.Reversibility.ProofMonths is >= 1 and var months:
                var due = Obligations.InMonths(minutes, months, ConventionTerms.Roll(sheet), convention.Calendar, StartEvent.Signature);
                return new("DESTRUCTION", due.DueOn, "PROVIDER", "", Act: true, due.Steps);
            case { State: ConventionStatus.Restituted, DestroyedOn: { } destroyed }:
                return new("ACCEPTANCE", destroyed, "BENEFICIARY", "", Act: true, [new(DeadlineStepKind.Start, [destroyed], $"La destruction a été prouvée le {Wording.French(destroyed)}.", $"Destruction was proved on {Wording.English(destroyed)}.")]);
            default:
                return null;
        }

        static ConventionDate Return(DateOnly end) => new("RETURN", end, "PROVIDER", "", Act: true,
            [new(DeadlineStepKind.Start, [end], $"La convention prend fin le {Wording.French(end)} : les données sont rendues au terme de la prestation.", $"The convention ends on {Wording.English(end)}: data are given back at the end of the service.")]);
    }

    /// <summary>A revision belongs to a month of each year; one that nobody recorded stays due.</summary>
    private static ConventionDate? Price(Convention convention, ConventionSheet sheet, IReadOnlyList<ConventionPrice> prices, DateOnly today)
    {
        if (ConventionTerms.Prices(sheet) is null || !int.TryParse(sheet.Revision.RevisionMonth, out var month) || convention.EffectiveOn is null) return null;
        var year = convention.FollowedFrom <= new DateOnly(today.Year, month, 1) && prices.All(price => price.Year != today.Year) ? today.Year : today.Year + 1;
        var due = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        // What ends before has no price to revise.
        if (ConventionTerms.LastDay(convention, sheet) < new DateOnly(year, month, 1)) return null;
        return new("PRICE", due, "PROVIDER", "", Act: true,
            [new(DeadlineStepKind.Period, [due], $"Le prix est révisé chaque année en {Wording.FrenchMonth(due).Split(' ')[0]} : au plus tard le {Wording.French(due)}.", $"The price is revised every year in {Wording.EnglishMonth(due).Split(' ')[0]}: no later than {Wording.English(due)}.")]);
    }

    /// <summary>The end of the first month in which the body must have met since it last did; where no month is named, its yearly number spread over the year.</summary>
    private static ConventionDate? Meeting(GovernanceBodyRow body, Convention convention, IReadOnlyList<ConventionMeeting> meetings)
    {
        if (body.Optional == true || convention.EffectiveOn is null) return null;
        var last = meetings.Where(meeting => meeting.Kind == body.Kind && meeting.HeldOn is not null).Max(meeting => meeting.HeldOn);
        var since = last ?? convention.FollowedFrom;
        var months = body.Months.Select(month => int.TryParse(month, out var number) ? number : 0).Where(number => number is > 0 and <= 12).ToHashSet();
        DateOnly due;
        if (months.Count > 0)
        {
            var month = new DateOnly(since.Year, since.Month, 1).AddMonths(last is null ? 0 : 1);
            while (!months.Contains(month.Month)) month = month.AddMonths(1);
            due = month.AddMonths(1).AddDays(-1);
        }
        else if (body.MinPerYear is > 0 and <= 12) due = CalendarMonths.Add(since, 12 / body.MinPerYear.Value);
        else return null;
        return new("MEETING", due, "BOTH", body.Name ?? "", Act: true,
        [
            last is null
                ? new(DeadlineStepKind.Start, [since], $"Réunions suivies ici depuis le {Wording.French(since)}.", $"Meetings followed here since {Wording.English(since)}.")
                : new(DeadlineStepKind.Start, [since], $"Dernière réunion tenue le {Wording.French(since)}.", $"Last meeting held on {Wording.English(since)}."),
            new(DeadlineStepKind.Period, [due], $"La suivante se tient au plus tard le {Wording.French(due)}.", $"The next one is held no later than {Wording.English(due)}."),
        ]);
    }

    /// <summary>One thing is due once: the proof of destruction, the evaluation and the revision have dates of their own above.</summary>
    private static bool SaidElsewhere(ObligationRow row, List<ConventionDate> dates) => row.ExpectedEvidence switch
    {
        "DESTRUCTION_CERTIFICATE" => dates.Exists(date => date.Kind is "DESTRUCTION" or "ACCEPTANCE"),
        "EVALUATION_REPORT" => dates.Exists(date => date.Kind == "EVALUATION"),
        "PRICE_REVISION_SHEET" => dates.Exists(date => date.Kind == "PRICE"),
        _ => false,
    };
}
