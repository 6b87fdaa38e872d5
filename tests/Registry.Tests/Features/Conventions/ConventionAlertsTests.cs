using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Data;
using Registry.Features.Controls;
using Registry.Features.Conventions;
using Registry.Features.Engagements;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.History;
using Registry.Jobs;
using Registry.Tests.Features.Records;
using Registry.Tests.Features.Reminders;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Conventions;

/// <summary>Day by day over years: each step of a convention comes on its day, and once (domain §5).</summary>
public sealed class ConventionAlertTimesTests
{
    private static readonly Guid Keeper = Guid.NewGuid();
    private static readonly Guid Provider = Guid.NewGuid();

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static AlertDay On(DateOnly day, Guid organisation) => new(organisation, "commune", day, new DateTimeOffset(day.ToDateTime(new TimeOnly(6, 30)), TimeSpan.Zero), TimeZoneInfo.Utc);

    private static Convention Of(Action<ConventionSheet>? change = null, string effect = "2025-03-01", string status = "IN_FORCE", int renewals = 1)
    {
        var sheet = new ConventionSheet
        {
            Parties = new() { Parties = [new() { Name = "Syndicat", Role = "PROVIDER", OrganisationId = Provider.ToString() }, new() { Name = "Commune", Role = "BENEFICIARY", OrganisationId = Keeper.ToString() }] },
            Duration = new() { EffectiveOn = Day(effect), FirmMonths = 12, TacitRenewal = true, RenewalMonths = 12, MaxTotalMonths = 60 },
            Termination = new() { Clauses = [new() { Initiator = "ANY", Mode = "END_OF_PERIOD", NoticeMonths = 2, Form = "REGISTERED_LETTER_AR", ReckonedFrom = "SENDING" }] },
        };
        change?.Invoke(sheet);
        return new()
        {
            OrganisationId = Keeper, Id = Guid.NewGuid(), Number = 1, Title = "Hébergement", Status = status, KeeperName = "Commune", Territory = "METRO", GoodFridayObserved = false, SignedOn = Day(effect), EffectiveOn = Day(effect),
            Renewals = renewals, TrackedOn = Day(effect), SheetJson = SheetJson.WritePart(sheet), Version = 1,
        };
    }

    /// <summary>The first day of each step, as a job that runs every day would raise them.</summary>
    private static IReadOnlyList<(string Code, string Step, string FirstDay)> Raised(Convention convention, ConventionLife life, string from, string to, Guid organisation, int every = 1)
    {
        var seen = new Dictionary<(string, Guid, string), (string, string, string)>();
        for (var day = Day(from); day <= Day(to); day = day.AddDays(every))
            foreach (var alert in ConventionAlerts.Due(convention, life, On(day, organisation)))
                seen.TryAdd((alert.Code, alert.ObjectId, alert.Step), (alert.Code, alert.Step, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        return [.. seen.Values];
    }

    [Fact]
    public void The_notice_is_announced_on_its_five_days_and_sent_in_time()
    {
        var notice = Raised(Of(), ConventionLife.Nothing, "2026-05-01", "2027-02-27", Keeper).Where(one => one.Code.StartsWith("AL_CONVENTION_NOTICE", StringComparison.Ordinal) || one.Code == "AL_CONVENTION_SEND");
        Assert.Equal(
        [
            ("AL_CONVENTION_NOTICE_180", "2026-12-31 D-180", "2026-07-04"), ("AL_CONVENTION_NOTICE_90", "2026-12-31 D-90", "2026-10-02"), ("AL_CONVENTION_NOTICE_30", "2026-12-31 D-30", "2026-12-01"),
            ("AL_CONVENTION_SEND", "2026-12-21 D", "2026-12-21"), ("AL_CONVENTION_NOTICE_7", "2026-12-31 D-7", "2026-12-24"), ("AL_CONVENTION_NOTICE_0", "2026-12-31 D", "2026-12-31"),
        ], notice);
    }

    [Fact]
    public void What_was_missed_while_nothing_ran_is_told_once_as_it_stands()
    {
        var late = Raised(Of(), ConventionLife.Nothing, "2026-12-22", "2026-12-23", Keeper).Select(one => one.Code).ToList();
        Assert.Contains("AL_CONVENTION_NOTICE_30", late);
        Assert.Contains("AL_CONVENTION_SEND", late);
        Assert.DoesNotContain("AL_CONVENTION_NOTICE_180", late);
        // The day after the last day of notice nothing is left to decide.
        Assert.DoesNotContain(Raised(Of(), ConventionLife.Nothing, "2027-01-01", "2027-02-28", Keeper), one => one.Code.Contains("NOTICE", StringComparison.Ordinal));
    }

    [Fact]
    public void The_longest_duration_is_told_twelve_six_and_three_months_before()
    {
        var maximum = Raised(Of(renewals: 4), ConventionLife.Nothing, "2029-01-01", "2030-02-28", Keeper).Where(one => one.Code == "AL_CONVENTION_MAX");
        Assert.Equal([("AL_CONVENTION_MAX", "2030-02-28 M-12", "2029-02-28"), ("AL_CONVENTION_MAX", "2030-02-28 M-6", "2029-08-28"), ("AL_CONVENTION_MAX", "2030-02-28 M-3", "2029-11-28")], maximum);
    }

    [Fact]
    public void A_renewal_is_told_for_a_month_and_not_of_periods_before_it_was_written_down()
    {
        Assert.Equal([("AL_CONVENTION_RENEWED", "2026-03-01 D", "2026-03-01")], Raised(Of(), ConventionLife.Nothing, "2026-03-01", "2026-12-31", Keeper).Where(one => one.Code == "AL_CONVENTION_RENEWED"));
        Assert.DoesNotContain(Raised(Of() with { TrackedOn = Day("2026-03-10") }, ConventionLife.Nothing, "2026-03-01", "2026-04-30", Keeper), one => one.Code == "AL_CONVENTION_RENEWED");
    }

    [Fact]
    public void Data_that_were_not_given_back_are_asked_for_every_week_on_the_side_that_holds_them()
    {
        var ended = Of(sheet => sheet.Reversibility.ReturnOfData = true, status: "REVERSIBILITY") with { EndsOn = Day("2026-05-31") };
        var raised = Raised(ended, ConventionLife.Nothing, "2026-05-31", "2026-06-16", Provider).Where(one => one.Code == ConventionAlerts.Obligation);
        Assert.Equal(["2026-05-31", "2026-06-01", "2026-06-08", "2026-06-15"], raised.Select(one => one.FirstDay));
    }

    [Fact]
    public void What_is_owed_is_told_before_on_and_after_its_day_then_weekly_to_who_owes_it()
    {
        var convention = Of(sheet => (sheet.Governance.EvaluationMonths, sheet.Obligations.Obligations) = (6, [new() { Code = "OBL-1", Debtor = "PROVIDER", Text = "Assurance", Periodicity = "P1Y" }, new() { Code = "OBL-2", Debtor = "BENEFICIARY", Text = "Rapport", Periodicity = "P1M" }]));
        var raised = Raised(convention, ConventionLife.Nothing, "2025-03-01", "2026-04-01", Keeper);
        Assert.Equal(["2025-08-02", "2025-08-25", "2025-09-01", "2025-09-02", "2025-09-09"], raised.Where(one => one.Code == "AL_EVALUATION").Take(5).Select(one => one.FirstDay));
        Assert.Equal(["2026-01-30", "2026-02-22", "2026-03-01", "2026-03-02", "2026-03-09"], raised.Where(one => one.Step.StartsWith("OBL-1 ", StringComparison.Ordinal)).Take(5).Select(one => one.FirstDay));
        // A duty of every month is not announced a month before.
        Assert.Equal(["2025-03-25", "2025-04-01", "2025-04-02", "2025-04-09"], raised.Where(one => one.Step.StartsWith("OBL-2 ", StringComparison.Ordinal)).Take(4).Select(one => one.FirstDay));
        var due = ConventionAlerts.Due(convention, ConventionLife.Nothing, On(Day("2026-03-01"), Keeper)).ToList();
        Assert.Equal("DPO DPO_ASSISTANT", Rung.Write(due.Single(alert => alert.Step.StartsWith("OBL-1 ", StringComparison.Ordinal)).Ladder));
        Assert.Contains("CORRESPONDENT", Rung.Write(due.Single(alert => alert.Step.StartsWith("OBL-2 ", StringComparison.Ordinal)).Ladder));
        var theirs = ConventionAlerts.Due(convention, ConventionLife.Nothing, On(Day("2026-03-01"), Provider)).ToList();
        Assert.Contains("CONTRACT_MANAGER", Rung.Write(theirs.Single(alert => alert.Step.StartsWith("OBL-1 ", StringComparison.Ordinal)).Ladder));
        Assert.DoesNotContain(theirs, alert => alert.Step.StartsWith("OBL-2 ", StringComparison.Ordinal));
        Assert.All(theirs, alert => Assert.StartsWith($"/o/commune/conventions/{convention.Id}", alert.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void The_destruction_meetings_prices_and_evidence_have_their_days()
    {
        var returned = Of(sheet => sheet.Reversibility.ProofMonths = 1, status: "RESTITUTED") with { EndsOn = Day("2026-05-31"), RestitutedOn = Day("2026-06-15") };
        Assert.Equal(["2026-06-15", "2026-07-08", "2026-07-15", "2026-07-16", "2026-07-23"], Raised(returned, ConventionLife.Nothing, "2026-06-15", "2026-07-25", Keeper).Where(one => one.Code == "AL_DESTRUCTION_PROOF").Select(one => one.FirstDay));
        var meeting = new ConventionMeeting { Id = Guid.NewGuid(), Kind = "ANNUAL_MEETING", PlannedOn = Day("2026-02-10"), Status = "PLANNED", Version = 1 };
        var proof = new ConventionProof { Id = Guid.NewGuid(), Code = "OBL-1", DoneOn = Day("2025-06-01"), CoversTo = Day("2026-05-31"), Document = "Attestation", GivenBy = "x", ContributorName = "x" };
        var convention = Of(sheet =>
        {
            sheet.Governance.Bodies = [new() { Kind = "ANNUAL_MEETING", Name = "Réunion annuelle", MinPerYear = 1 }];
            (sheet.Revision.P0, sheet.Revision.FixedPart, sheet.Revision.IndexedPart, sheet.Revision.Mode, sheet.Revision.RevisionMonth) = ("1050.00", "0.125", "0.875", "RATIO_ONLY", "6");
            sheet.Obligations.Obligations = [new() { Code = "OBL-1", Debtor = "PROVIDER", Text = "Assurance" }];
        });
        var raised = Raised(convention, new([], [proof], [meeting], []), "2026-01-01", "2026-06-30", Keeper);
        Assert.Equal([("2026-03-01 D-30", "2026-01-30"), ("2026-02-10 D-7", "2026-02-03")], raised.Where(one => one.Code == "AL_MEETING_DUE").Select(one => (one.Step[^(one.Step.Length - one.Step.IndexOf("2026", StringComparison.Ordinal))..], one.FirstDay)));
        Assert.Equal(["2026-05-02", "2026-06-01"], raised.Where(one => one.Code == "AL_PRICE_REVISION").Select(one => one.FirstDay));
        Assert.Equal(("AL_EVIDENCE_EXPIRES", "2026-05-01"), raised.Where(one => one.Code == "AL_EVIDENCE_EXPIRES").Select(one => (one.Code, one.FirstDay)).Single());
        Assert.Equal(("AL_EVIDENCE_EXPIRED", "2026-05-31"), raised.Where(one => one.Code == "AL_EVIDENCE_EXPIRED").Select(one => (one.Code, one.FirstDay)).Single());
    }

    [Fact]
    public void Every_alert_fits_its_table_for_the_four_texts_of_the_file()
    {
        var codes = new ConventionAlerts(null!).Codes;
        foreach (var seed in Seeds.All)
        {
            var (convention, sheet) = ConventionDatesTests.Of(seed, "2025-01-01");
            convention = convention with { OrganisationId = Keeper, SheetJson = SheetJson.WritePart(sheet) };
            for (var day = Day("2025-01-01"); day < Day("2028-01-01"); day = day.AddDays(3))
            {
                var due = ConventionAlerts.Due(convention, ConventionLife.Nothing, On(day, Keeper)).ToList();
                Assert.Equal(due.Count, due.Select(alert => (alert.Code, alert.ObjectId, alert.Step)).Distinct().Count());
                Assert.All(due, alert => Assert.True(alert.Step.Length <= 60 && alert.Subject.Length <= 300 && alert.Path.Length <= 300 && codes.Contains(alert.Code) && Registry.Facts.Vocabulary.Current.Contains("AlertCode", alert.Code), alert.ToString()));
            }
        }
    }
}

/// <summary>The same through the daily round, in a database of its own.</summary>
[Trait("Kind", "pages")]
[Trait("S", "94")]
public sealed class ConventionAlertRoundTests(ReminderFixture registry) : IClassFixture<ReminderFixture>
{
    [Fact]
    public async Task The_round_raises_each_step_once_whatever_restarts_and_asks_one_question()
    {
        var today = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(1).AddHours(12), TimeSpan.Zero);
        registry.Clock.Now = today;
        await using (var wipe = await registry.SuperuserAsync()) await wipe.ExecuteAsync("set session_replication_role = replica; update app.organisation set status = 'CLOSED'; delete from app.job_run");
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("CORRESPONDENT");
        await town.AppointAsync("DPO");
        await TownConvention.AddAsync(registry, town, "Hébergement");
        var (engagement, declaration) = await TownEngagement.AddAsync(registry, town, "Hébergeur", DateOnly.FromDateTime(today.Date).AddDays(-25), change: sheet => sheet.Terms.Guarantees = [new() { Name = "HDS", EndsOn = DateOnly.FromDateTime(today.Date).AddDays(10) }]);
        var (system, _) = await town.AddSystemAsync("Paie");
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var store = new ControlStore(db, PublishedRecords.Visitor(town), TimeProvider.System);
            var day = DateOnly.FromDateTime(today.Date);
            await store.AddAsync(Guid.CreateVersion7(), null, system, "PSSI", "{}", new() { Status = "IN_PLACE", AttestedBy = "Service", AttestedOn = day.AddDays(-400), ValidUntil = day.AddDays(-2) });
            await store.AddPatchAsync(Guid.CreateVersion7(), system, new() { Label = "v1", PublishedOn = day.AddDays(-90) });
            journal.Record(new Event(town.Id, "TEST", "SYSTEM", system, new EventDetails()));
            return 0;
        });
        await using (var past = await registry.SuperuserAsync())
            await past.ExecuteAsync("set session_replication_role = replica; update app.information_system set access_reviewed_on = @on where id = @system; update app.processor_engagement set expires_on = @ends where id = @engagement", new { on = DateOnly.FromDateTime(today.Date).AddMonths(-6), system, engagement, ends = DateOnly.FromDateTime(today.Date).AddDays(3) });
        for (var restart = 0; restart < 3; restart++)
        {
            await using (var wipe = await registry.SuperuserAsync()) await wipe.ExecuteAsync("delete from app.job_run");
            await new ReminderRunner(registry.Services.GetRequiredService<IServiceScopeFactory>(), registry.Services.GetRequiredService<WorkerDb>(), registry.Clock, registry.Services.GetRequiredService<ILogger<ReminderRunner>>()).TickAsync(TestContext.Current.CancellationToken);
        }
        await using var connection = await registry.SuperuserAsync();
        var raised = (await connection.QueryAsync<(string Code, Guid Object, string Path, int Count)>("select code, object_id, min(path), count(*)::int from app.alert where organisation_id = @Id group by code, object_id, step", new { town.Id })).ToList();
        Assert.All(raised, one => Assert.Equal(1, one.Count));
        foreach (var code in new[] { EngagementAlerts.Objection, ConventionAlerts.Expires, ConventionAlerts.Expired, ControlAlerts.PatchLate, ConventionAlerts.Obligation, "AL_EVALUATION", ControlAlerts.AccessReview }) Assert.Contains(raised, one => one.Code == code);
        Assert.Equal(declaration, raised.Single(one => one.Code == EngagementAlerts.Objection).Object);
        Assert.Equal(2, raised.Count(one => one.Object == engagement && one.Code == ConventionAlerts.Expires));
        // Each source costs one question whatever an organisation holds.
        for (var i = 0; i < 10; i++) await TownConvention.AddAsync(registry, town, $"Hébergement {i}");
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            await db.OpenAsync();
            foreach (var source in new IAlertSource[] { new ConventionAlerts(db), new EngagementAlerts(db), new ControlAlerts(db) })
            {
                var statements = await StatementCounter.CountAsync(async () => await source.ListAsync(AlertDay.At(town.Id, town.Slug, "Europe/Paris", today)));
                Assert.Single(statements);
            }
            journal.Record(new Event(town.Id, "TEST", "ALERT", null, new EventDetails()));
            return 0;
        });
    }
}
