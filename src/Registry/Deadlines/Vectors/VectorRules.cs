namespace Registry.Deadlines.Vectors;

/// <summary>Hands the input of a vector to the rule of its family, and names what the rule answers as vectors name it.</summary>
internal static class VectorRules
{
    private const string DefaultTerritory = "METRO";

    private static readonly Dictionary<string, Func<VectorInput, Dictionary<string, object?>>> Families = new()
    {
        ["BREACH_72H"] = Breach,
        ["BREACH_PROCESSOR_CHAIN"] = Breach,
        ["BREACH_TIMELINESS"] = Breach,
        ["BREACH_COMPLEMENT"] = Breach,
        ["RIGHTS_FIRST_DEADLINE"] = Request,
        ["RIGHTS_SUSPENSION"] = Request,
        ["RIGHTS_EXTENSION"] = Request,
        ["CONVENTION_TERM"] = Term,
        ["CONVENTION_NOTICE"] = Notice,
        ["OBLIGATION"] = Obligation,
        ["PURGE"] = Purged,
    };

    public static Dictionary<string, object?> Compute(string? family, VectorInput input) => family is not null && Families.TryGetValue(family, out var rule)
        ? rule(input)
        : throw new FormatException($"the registry knows no family “{family}”.");

    private static Dictionary<string, object?> Breach(VectorInput input)
    {
        var zone = Zone(input);
        DateTimeOffset? processorAwareAt = input.Instant("processorAwareAt"), alertedAt = input.Instant("controllerAlertedAt"), informedAt = input.Instant("dpoInformedAt");
        var clock = input.Instant("awarenessAt") is { } awareAt
            ? BreachClock.Start(awareAt, zone)
            : BreachClock.Start(BreachAwareness.From(alertedAt, informedAt, input.Instant("internalFindingAt")), zone);
        var alert = ProcessorAlert.Measure(processorAwareAt, alertedAt, informedAt, input.Number("processorAlertTargetHours") ?? ProcessorAlert.DefaultTargetHours);
        var notifiedAt = input.Instant("initialNotificationAt");
        return new()
        {
            ["awarenessAt"] = clock?.AwareAt,
            ["strictDeadline"] = clock?.Strict.ExpiresAt,
            ["outerDeadline"] = clock?.Outer.ExpiresAt,
            ["processorAlertDelayMinutes"] = alert?.DelayMinutes,
            ["processorAlertTargetExceeded"] = alert?.IsTargetExceeded,
            ["timeliness"] = clock is not null && notifiedAt is { } sentAt ? VectorInput.CodeOf(clock.Judge(sentAt)) : null,
            ["delayReasonRequired"] = clock is not null && notifiedAt is { } at ? clock.NeedsReasonForDelay(at) : null,
            ["complementTargetAt"] = notifiedAt is { } initialAt ? BreachClock.ComplementTarget(initialAt, zone).ExpiresAt : null,
        };
    }

    private static Dictionary<string, object?> Request(VectorInput input)
    {
        var calendar = Calendar(input);
        var receivedOn = input.Day("receivedOn") ?? RequestClock.ReceiptDate(input.Need(input.Instant, "receivedAt"), Zone(input));
        var clock = RequestClock.Compute(receivedOn, calendar, [.. input.List("suspensions").Select(Suspended)], input.Day("extensionNoticeSentOn"));
        return new()
        {
            ["receivedOn"] = receivedOn,
            ["firstNominalDate"] = clock.FirstNominalOn,
            ["firstDueDate"] = clock.First.DueOn,
            ["extensionAccepted"] = clock.ExtensionAccepted,
            ["nominalDate"] = clock.NominalOn,
            ["dueDate"] = clock.Due.DueOn,
            ["rolled"] = clock.IsRolled,
            ["expiresAtExclusive"] = Deadline.AtEndOf(clock.Due.DueOn, Zone(input), clock.Due.Steps).ExpiresAt,
            ["suspensionDays"] = clock.SuspendedDays,
            ["suspendedSince"] = clock.SuspendedSince,
        };
    }

    private static Suspension Suspended(VectorInput input) => new(
        input.Need(input.Day, "requestedOn"),
        input.Day("suppliedOn"),
        input.Code<SuspensionReason>("reason") ?? SuspensionReason.Identity,
        input.Flag("dpoConfirmed") ?? false);

    private static Dictionary<string, object?> Term(VectorInput input)
    {
        var term = TermOf(input);
        return new()
        {
            ["currentPeriodFirstDay"] = term.PeriodFirstDay,
            ["currentPeriodLastDay"] = term.PeriodLastDay,
            ["nextPeriodFirstDay"] = term.NextPeriodFirstDay,
            ["nextPeriodLastDay"] = term.NextPeriodLastDay,
            ["latestNoticeDate"] = term.LatestNoticeOn,
            ["tacitRenewalPossible"] = term.RenewsTacitly,
            ["absoluteLastDay"] = term.AbsoluteLastDay,
        };
    }

    private static ConventionTerm TermOf(VectorInput input) => ConventionTerm.Compute(
        new ConventionDuration
        {
            EffectiveOn = input.Need(input.Day, "effectiveDate"),
            FirmMonths = input.Need(input.Number, "firmDurationMonths"),
            RenewalMonths = Renewal(input),
            MaxTotalMonths = input.Number("maxTotalMonths"),
            NoticeMonths = input.Number("noticeMonths"),
        },
        input.Number("renewalsElapsed") ?? 0);

    private static Dictionary<string, object?> Notice(VectorInput input)
    {
        var months = input.Need(input.Number, "noticeMonths");
        var outcome = input.Need(input.Code<TerminationMode>, "mode") switch
        {
            TerminationMode.EndOfPeriod => NoticeAtEndOfPeriod(input, months),
            TerminationMode.FromContractYear => NoticeWindow.FromContractYear(
                input.Need(input.Day, "effectiveDate"), input.Need(input.Number, "earliestNoticeContractYear"), NoticeOn(input, NoticeReckonedFrom.Receipt), months),
            _ => NoticeWindow.AtAnyTime(NoticeOn(input, NoticeReckonedFrom.Receipt), months),
        };
        return new()
        {
            ["admissible"] = outcome.IsAdmissible,
            ["effectiveEnd"] = outcome.EffectiveEnd,
            ["earliestNoticeDate"] = outcome.Earliest,
            ["latestNoticeDate"] = outcome.Latest,
        };
    }

    private static NoticeOutcome NoticeAtEndOfPeriod(VectorInput input, int months)
    {
        var reckonedFrom = input.Code<NoticeReckonedFrom>("reckonedFrom") ?? NoticeReckonedFrom.Receipt;
        var noticeOn = NoticeOn(input, reckonedFrom);
        if (input.Day("currentPeriodLastDay") is not { } lastDay)
        {
            var term = TermOf(input);
            return NoticeWindow.AtEndOfPeriod(term.PeriodLastDay, term.NextPeriodLastDay, months, noticeOn, reckonedFrom);
        }
        var renewedUntil = ConventionTerm.NextPeriodLastDayAfter(lastDay, input.Day("effectiveDate"), Renewal(input), input.Number("maxTotalMonths"));
        return NoticeWindow.AtEndOfPeriod(lastDay, renewedUntil, months, noticeOn, reckonedFrom);
    }

    private static DateOnly NoticeOn(VectorInput input, NoticeReckonedFrom reckonedFrom) =>
        input.Need(input.Day, reckonedFrom == NoticeReckonedFrom.Sending ? "noticeSentOn" : "noticeReceivedOn");

    private static int? Renewal(VectorInput input) => input.Number("renewalPeriodMonths") is { } months and not 0 ? months : null;

    private static Dictionary<string, object?> Obligation(VectorInput input)
    {
        if (input.Has("wishedDate"))
            return new() { ["latestRequestDate"] = Obligations.LatestRequest(input.Need(input.Day, "wishedDate"), input.Need(input.Number, "leadMonths")).On };
        if (input.Has("backupOn"))
            return new() { ["keptUntil"] = Obligations.BackupKeptUntil(input.Need(input.Day, "backupOn"), input.Need(input.Code<BackupTier>, "tier")).On };
        if (input.Has("inServiceOn"))
        {
            var billing = BillingStart.From(input.Need(input.Day, "inServiceOn"));
            return new()
            {
                ["firstBilledMonth"] = $"{billing.FirstMonth:yyyy-MM}",
                ["billedMonthsInYear"] = billing.MonthsInYear,
                ["proRata"] = billing.ProRata,
            };
        }
        var deadline = Delay(input);
        return new() { ["dueDate"] = deadline.DueOn, ["expiresAtExclusive"] = deadline.ExpiresAt };
    }

    private static Deadline Delay(VectorInput input)
    {
        var from = input.StartDay();
        var calendar = Calendar(input);
        var policy = input.Code<RollPolicy>("rollPolicy") ?? RollPolicy.None;
        return input.Number("workingDays") is { } workingDays ? WorkingDays.Add(from, workingDays, calendar)
            : input.Number("delayMonths") is { } months ? Obligations.InMonths(from, months, policy, calendar)
            : (input.Number("delayDays") ?? input.Number("calendarDays")) is { } days ? Obligations.InDays(from, days, policy, calendar)
            : throw new FormatException("no delay is given: delayMonths, delayDays or workingDays.");
    }

    private static Dictionary<string, object?> Purged(VectorInput input)
    {
        RetentionPeriod? retention = input.Text("retention") is not { } text ? null
            : RetentionPeriod.Parse(text) ?? throw new FormatException($"retention “{text}” is no period (P5Y, P3M).");
        var purge = input.Day("closedOn") is { } closedOn ? Purge.RequestFile(closedOn, retention)
            : input.Day("answerSentOn") is { } sentOn ? Purge.AnswerAttachments(sentOn, retention)
            : input.Day("loggedOn") is { } loggedOn ? Purge.SecurityLog(loggedOn, retention)
            : (input.Day("identityVerifiedOn") ?? input.Day("verifiedOn")) is { } verifiedOn ? Purge.IdentityEvidence(verifiedOn)
            : throw new FormatException("the registry purges from closedOn, answerSentOn, loggedOn or identityVerifiedOn.");
        return new() { ["purgeOn"] = purge.On };
    }

    private static HolidayCalendar Calendar(VectorInput input)
    {
        var territory = input.Text("territory") ?? DefaultTerritory;
        // Vectors name two calendars for Alsace-Moselle where the registry has one territory and a choice of the body.
        return territory == "ALSACE_MOSELLE_NO_GF"
            ? HolidayCalendar.For("ALSACE_MOSELLE", goodFridayObserved: false)
            : HolidayCalendar.For(territory, input.Flag("goodFridayObserved") ?? true);
    }

    /// <summary>The time zone of the controller; when it is not given, that of its territory.</summary>
    private static TimeZoneInfo Zone(VectorInput input) =>
        input.Text("timeZone") is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : Calendar(input).TimeZone;
}
