using Registry.Demo;
using Registry.Features.Conventions;

namespace Registry.Tests.Features.Conventions;

/// <summary>What the four conventions lead to, day by day, against the vectors of domain §3.6 and hand-made ones.</summary>
public sealed class ConventionDatesTests
{
    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    internal static (Convention Convention, ConventionSheet Sheet) Of(System.Text.Json.JsonElement seed, string effect, string status = "IN_FORCE", int renewals = 0)
    {
        var sheet = SeedConvention.Read(seed);
        return (new Convention
        {
            OrganisationId = Guid.Empty, Id = Guid.Empty, Number = 1, Title = "x", Status = status, KeeperName = "x", Territory = "METRO", GoodFridayObserved = false, SignedOn = Day(effect), EffectiveOn = Day(effect),
            Renewals = renewals, TrackedOn = Day(effect), SheetJson = "{}", Version = 1,
        }, sheet);
    }

    [Fact]
    public void Three_firm_years_with_a_year_s_notice()
    {
        var (convention, sheet) = Of(Seeds.Plouzane, "2014-01-01");
        var dates = ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day("2015-03-01"));

        Assert.Equal(Day("2015-12-31"), dates.Single(date => date.Kind == "NOTICE").On);
        Assert.Equal(Day("2017-01-01"), dates.Single(date => date.Kind == "RENEWAL").On);
        Assert.Equal(Day("2021-12-31"), dates.Single(date => date.Kind == "MAXIMUM").On);
        // The last day of notice is past: nothing is left to decide for this period.
        Assert.DoesNotContain(ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day("2016-01-01")), date => date.Kind is "NOTICE" or "SEND");
        Assert.All(dates, date => Assert.NotEmpty(date.Steps));
    }

    [Fact]
    public void A_registered_letter_is_recommended_ten_days_earlier_on_a_working_day()
    {
        var (convention, sheet) = Of(Seeds.Druelle, "2024-03-01");
        var dates = ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day("2024-06-01"));

        Assert.Equal(Day("2024-12-31"), dates.Single(date => date.Kind == "NOTICE").On);
        Assert.Equal(Day("2024-12-20"), dates.Single(date => date.Kind == "SEND").On);  // the 21st is a Saturday
    }

    [Fact]
    public void A_convention_written_down_late_catches_up_to_its_maximum()
    {
        var (convention, sheet) = Of(Seeds.Plouzane, "2014-01-01", "SIGNED");
        var kinds = new List<string>();
        while (ConventionTurns.Next(convention, sheet, Day("2026-11-22")) is { } turn)
        {
            kinds.Add($"{turn.EventKind} {turn.On:yyyy-MM-dd}");
            convention = convention with { Status = ConventionStates.Code(turn.To), Renewals = turn.Renewals, EndsOn = turn.EndsOn, EndReason = turn.EndReason };
        }

        Assert.Equal(["IN_FORCE 2014-01-01", "RENEWED 2017-01-01", "RENEWED 2018-01-01", "RENEWED 2019-01-01", "RENEWED 2020-01-01", "RENEWED 2021-01-01", "TERMINATED 2021-12-31"], kinds);
        Assert.Equal("MAX_DURATION", convention.EndReason);
    }

    [Fact]
    public void A_convention_without_renewal_ends_with_its_firm_period()
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");

        Assert.Equal(Day("2026-12-31"), ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day("2026-06-01")).Single(date => date.Kind == "END").On);
        Assert.Equal("EXPIRY", ConventionTurns.Next(convention, sheet, Day("2027-01-01"))!.EndReason);
        Assert.Null(ConventionTurns.Next(convention, sheet, Day("2026-12-31")));
    }

    [Theory]
    [InlineData("2023-11-15", false, null)]
    [InlineData("2024-01-01", true, "2024-07-01")]
    public void Notice_from_the_third_year_on(string noticeOn, bool admissible, string? end)
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");
        var (_, clause) = ConventionTerms.ByNotice(sheet).Single();
        var outcome = ConventionTerms.Judge(clause, ConventionTerms.Term(convention, sheet)!, convention.EffectiveOn!.Value, Day(noticeOn));

        Assert.Equal((admissible, end is null ? null : Day(end)), (outcome.IsAdmissible, outcome.EffectiveEnd));
    }

    [Theory]
    [InlineData("2024-12-31", "2025-02-28")]
    [InlineData("2025-01-02", null)]
    public void A_notice_given_too_late_is_void_and_its_rule_is_told(string noticeOn, string? end)
    {
        var (convention, sheet) = Of(Seeds.Druelle, "2024-03-01");
        var form = new ActForm { Day = Day(noticeOn), Clause = "0", Document = "Lettre recommandée" };
        var outcome = ConventionGuards.Judge(ConventionStates.Find(ConventionStatus.InForce, "preavis")!, form, convention, sheet, Day("2025-02-01"));

        Assert.Empty(outcome.Faults);
        Assert.Equal(end is null ? null : Day(end), outcome.After?.EndsOn);
        if (end is null) Assert.Contains(outcome.Notice!.Steps, step => step.French.Contains("trop tard : la convention est reconduite jusqu’au samedi 28 février 2026", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2022-01-31", "2022-02-28")]
    [InlineData("2026-11-04", "2026-12-04")]
    public void The_proof_of_destruction_is_due_a_month_after_the_minutes(string minutes, string due)
    {
        var (convention, sheet) = Of(Seeds.Plouzane, "2014-01-01", "RESTITUTED");
        convention = convention with { RestitutedOn = Day(minutes), EndsOn = Day("2021-12-31") };
        var dates = ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day(minutes));

        Assert.Equal(Day(due), ConventionDates.Next(dates)!.On);
        Assert.Equal("DESTRUCTION", ConventionDates.Next(dates)!.Kind);
        // Said once, though it is an obligation of the text as well.
        Assert.DoesNotContain(dates, date => date.Code == "BMO-22");
        var proved = ConventionDates.List(convention with { DestroyedOn = Day(due) }, sheet, ConventionLife.Nothing, Day(due));
        Assert.DoesNotContain(proved, date => date.Kind == "DESTRUCTION" || date.Code == "BMO-22");
        Assert.Equal(("ACCEPTANCE", Day(due)), (ConventionDates.Next(proved)!.Kind, ConventionDates.Next(proved)!.On));
    }

    [Theory]
    [InlineData("NOTICE_GIVEN", true)]
    [InlineData("TERMINATED", true)]
    [InlineData("REVERSIBILITY", true)]
    [InlineData("CLOSED", false)]
    public void Data_are_to_be_given_back_by_the_end_and_the_convention_says_so_until_they_are(string status, bool due)
    {
        var (convention, sheet) = Of(Seeds.Plouzane, "2014-01-01", status);
        sheet.Reversibility.StartsOnNotice = true;
        var dates = ConventionDates.List(convention with { EndsOn = Day("2021-12-31") }, sheet, ConventionLife.Nothing, Day("2021-11-01"));
        Assert.Equal(due ? [Day("2021-12-31")] : [], dates.Where(date => date.Kind == "RETURN").Select(date => date.On));
        sheet.Reversibility = new() { ReturnOfData = false };
        Assert.DoesNotContain(ConventionDates.List(convention with { EndsOn = Day("2021-12-31") }, sheet, ConventionLife.Nothing, Day("2021-11-01")), date => date.Kind == "RETURN");
    }

    [Fact]
    public void The_evaluation_waits_six_months_after_the_signature_until_it_is_held()
    {
        var (convention, sheet) = Of(Seeds.Cacl, "2026-02-12");

        Assert.Equal(Day("2026-08-12"), ConventionDates.List(convention, sheet, ConventionLife.Nothing, Day("2026-03-01")).Single(date => date.Kind == "EVALUATION").On);
        Assert.DoesNotContain(ConventionDates.List(convention with { EvaluatedOn = Day("2026-07-01") }, sheet, ConventionLife.Nothing, Day("2026-09-01")), date => date.Kind == "EVALUATION");
    }

    [Fact]
    public void A_price_is_due_each_june_until_it_is_recorded()
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");
        var price = new ConventionPrice { Id = Guid.Empty, Year = 2025, P0 = 1050, FixedPart = 0.125m, IndexedPart = 0.875m, Mode = "RATIO_ONLY", Syntec0 = 288.2m, March = 311, Savings = 0, Price = 1123.5m, AppliesFrom = Day("2025-06-01"), RecordedBy = "x" };

        Assert.Equal(Day("2025-06-30"), Price(ConventionLife.Nothing, "2025-08-01")!.On);
        Assert.Equal(Day("2026-06-30"), Price(ConventionLife.Nothing with { Prices = [price] }, "2025-08-01")!.On);
        Assert.Null(Price(ConventionLife.Nothing with { Prices = [price with { Year = 2026 }] }, "2026-08-01"));  // it ends before the next June

        ConventionDate? Price(ConventionLife life, string today) => ConventionDates.List(convention, sheet, life, Day(today)).SingleOrDefault(date => date.Kind == "PRICE");
    }

    [Fact]
    public void A_body_meets_in_its_months_and_one_without_months_at_its_pace()
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");
        var held = new ConventionMeeting { Id = Guid.Empty, Kind = "TECHNICAL_COMMITTEE", PlannedOn = Day("2022-04-12"), HeldOn = Day("2022-04-12"), Status = "HELD", Version = 1 };

        Assert.Equal(Day("2022-04-30"), Due(convention, sheet, ConventionLife.Nothing, "Comité technique"));
        Assert.Equal(Day("2022-09-30"), Due(convention, sheet, ConventionLife.Nothing with { Meetings = [held] }, "Comité technique"));
        Assert.Equal(Day("2022-01-31"), Due(convention, sheet, ConventionLife.Nothing, "Comité de pilotage numérique"));
        var (other, text) = Of(Seeds.Cacl, "2026-02-12");
        Assert.Equal(Day("2026-05-12"), Due(other, text, ConventionLife.Nothing, "Réunion de suivi et de coordination"));
        Assert.DoesNotContain(ConventionDates.List(other, text, ConventionLife.Nothing, Day("2026-03-01")), date => date.Subject.StartsWith("Comité relatif", StringComparison.Ordinal));  // optional

        static DateOnly Due(Convention convention, ConventionSheet sheet, ConventionLife life, string body) =>
            ConventionDates.List(convention, sheet, life, Day("2026-01-15")).Single(date => date.Kind == "MEETING" && date.Subject == body).On;
    }

    [Fact]
    public void Nothing_recurs_after_the_last_day()
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");
        ConventionProof Proof(string code) => new() { Id = Guid.Empty, Code = code, DoneOn = Day("2026-11-01"), Document = "x", GivenBy = "x", ContributorName = "x" };
        var met = new ConventionMeeting { Id = Guid.Empty, Kind = "STEERING_COMMITTEE", PlannedOn = Day("2026-06-10"), HeldOn = Day("2026-06-10"), Status = "HELD", Version = 1 };
        var life = new ConventionLife([], [Proof("PAU-22"), Proof("PAU-21")], [met], []);
        var dates = ConventionDates.List(convention, sheet, life, Day("2026-11-22"));

        Assert.DoesNotContain(dates, date => date.Subject == "Comité de pilotage numérique");  // its next month is January 2027
        Assert.DoesNotContain(dates, date => date.Code == "PAU-22");
        Assert.Contains(dates, date => date.Code == "PAU-21");  // the daily one goes on to the end
    }

    [Fact]
    public void An_obligation_begins_again_with_each_proof()
    {
        var (convention, sheet) = Of(Seeds.Pau, "2022-01-01");
        ConventionProof proof = new() { Id = Guid.Empty, Code = "PAU-22", DoneOn = Day("2025-08-31"), Document = "x", GivenBy = "x", ContributorName = "x" };

        Assert.Equal(("OVERDUE", Day("2022-07-01")), State([], "2022-08-01"));
        Assert.Equal(("DUE_SOON", Day("2022-07-01")), State([], "2022-06-10"));
        Assert.Equal(("COMPLIANT", Day("2026-03-02")), State([proof], "2025-10-01"));  // 28 February 2026 is a Saturday, and the contract moves to the next working day
        Assert.Equal(("COMPLIANT", Day("2026-06-30")), State([proof with { CoversTo = Day("2025-12-30") }], "2025-10-01"));
        Assert.Equal(("COMPLIANT", null), State([proof with { DoneOn = Day("2026-09-01") }], "2026-10-01"));  // the next would come after the end
        // An attestation is due again when it runs out, not a period later.
        Assert.Equal(("COMPLIANT", Day("2026-12-01")), State([proof with { CoversTo = Day("2026-12-01") }], "2026-10-01"));
        Assert.Equal(("OVERDUE", Day("2026-05-31")), State([proof with { CoversTo = Day("2026-05-31") }], "2026-06-01"));

        (string, DateOnly?) State(ConventionProof[] proofs, string today)
        {
            var state = ObligationDates.List(convention, sheet, proofs, Day(today)).Single(one => one.Row.Code == "PAU-22");
            return (state.Status, state.DueOn);
        }
    }

    [Theory]
    [InlineData("SIGNATURE+P6M", DeadlineAnchor.Signature, 6, 0, 0)]
    [InlineData("RESTITUTION_MINUTES+P1M", DeadlineAnchor.RestitutionMinutes, 1, 0, 0)]
    [InlineData("PUBLICATION+P60D", DeadlineAnchor.Publication, 0, 60, 0)]
    [InlineData("END+P12M", DeadlineAnchor.End, 12, 0, 0)]
    [InlineData("NOTICE-P12M", DeadlineAnchor.Notice, 12, 0, 0)]
    [InlineData("WISHED_DATE-P6M", DeadlineAnchor.WishedDate, 6, 0, 0)]
    [InlineData("ALERT_TARGET_HOURS:24", DeadlineAnchor.Alert, 0, 0, 24)]
    public void The_rules_of_the_texts_are_understood(string text, DeadlineAnchor anchor, int months, int days, int hours) =>
        Assert.Equal(new DeadlineRule(anchor, months, days, hours), DeadlineRule.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("SIGNATURE")]
    [InlineData("SIGNATURE+P")]
    [InlineData("SIGNATURE-P6M")]
    [InlineData("NOTICE+P6M")]
    [InlineData("END+P1M15D")]
    [InlineData("ALERT_TARGET_HOURS:0")]
    [InlineData("signature+p6m")]
    [InlineData("SIGNATURE+P99999M")]
    [InlineData("SIGNATURE+P6M\n")]
    public void What_is_no_rule_is_refused(string? text) => Assert.Null(DeadlineRule.Parse(text));

    [Fact]
    public void The_life_line_is_in_proportion_and_stops_where_the_convention_stops()
    {
        var (convention, sheet) = Of(Seeds.Plouzane, "2014-01-01", renewals: 1);
        var line = LifeLine.Of(convention, sheet, Day("2017-07-02"))!;

        Assert.Equal((Day("2014-01-01"), Day("2022-01-01")), (line.From, line.To));
        Assert.Equal(["firm", "current", "possible", "possible"], line.Segments.Select(segment => segment.Kind));
        Assert.Equal(37.5, line.Segments[0].Width, 0.1);
        Assert.Equal(100, line.Marks.Single(mark => mark.Kind == "maximum").At, 0.01);
        Assert.Equal(43.8, line.Marks.Single(mark => mark.Kind == "today").At, 0.1);
        Assert.NotNull(line.TooLate);
        Assert.Null(line.TimeToGiveNotice);
        Assert.All(line.Segments.Zip(line.Segments.Skip(1)), pair => Assert.Equal(pair.First.Start + pair.First.Width, pair.Second.Start, 0.001));

        var ended = LifeLine.Of(convention with { Status = "TERMINATED", Renewals = 5, EndsOn = Day("2021-12-31") }, sheet, Day("2026-11-22"))!;
        Assert.Equal((6, Day("2022-01-01")), (ended.Segments.Count, ended.To));
        Assert.Equal("end", Assert.Single(ended.Marks).Kind);
    }

    [Fact]
    public void The_steps_of_an_obligation_read_as_French()
    {
        var (convention, sheet) = Of(Seeds.Druelle, "2024-03-01");
        var proof = new ConventionProof { Id = Guid.Empty, Code = "SMI-03", DoneOn = Day("2026-11-10"), Document = "Procès-verbal", GivenBy = "Test", ContributorName = "Druelle Balsac" };
        var state = ObligationDates.List(convention, sheet, [proof], Day("2026-11-12")).Single(one => one.Row.Code == "SMI-03");
        Assert.Equal("La dernière preuve s’arrête le mardi 10 novembre 2026.", state.Steps[0].French);
    }

    [Fact]
    public void Random_texts_never_break_the_dates()
    {
        var random = new Random(11);
        for (var i = 0; i < 3000; i++)
        {
            var (convention, sheet) = Of(Seeds.All[random.Next(4)], new DateOnly(1990, 1, 1).AddDays(random.Next(14_000)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            sheet.Duration.FirmMonths = random.Next(4) == 0 ? null : random.Next(0, 1201);
            sheet.Duration.TacitRenewal = random.Next(2) == 0;
            sheet.Duration.RenewalMonths = random.Next(4) == 0 ? null : random.Next(0, 1201);
            sheet.Duration.MaxTotalMonths = random.Next(2) == 0 ? null : random.Next(0, 1201);
            foreach (var clause in sheet.Termination.Clauses) clause.NoticeMonths = random.Next(3) == 0 ? null : random.Next(0, 1201);
            var today = new DateOnly(2026, 1, 1).AddDays(random.Next(1000));
            convention = convention with { Status = ConventionStates.Faces[random.Next(11)].Code, Renewals = random.Next(4), EndsOn = random.Next(3) == 0 ? today : null, RestitutedOn = random.Next(2) == 0 ? today : null };
            var dates = ConventionDates.List(convention, sheet, ConventionLife.Nothing, today);
            Assert.All(dates, date => Assert.NotEmpty(date.Steps));
            Assert.Equal(dates.OrderBy(date => date.On).Select(date => date.On), dates.Select(date => date.On));
            LifeLine.Of(convention, sheet, today);
            Assert.True(ConventionDates.LooksAgainOn(convention, sheet, today) is not { } again || again > today);
        }
    }
}
