using System.Net;
using Dapper;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Jobs;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Reminders;

/// <summary>A database of its own, since the job works on every organisation there is.</summary>
public sealed class ReminderFixture : RegistryFixture
{
    public SetClock Clock { get; } = new();

    public HourlySource Hours { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock).AddSingleton<IAlertSource>(Hours));
    }
}

/// <summary>Something whose steps are hours and that knows no weekend, under a code that no source of ours lists: one would settle what the other raised.</summary>
public sealed class HourlySource : IAlertSource
{
    public DueAlert? Due { get; set; }
    public IReadOnlyList<string> Codes { get; } = ["AL_PATCH_LATE"];
    public bool ByTheHour => true;

    public Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day) => Task.FromResult<IReadOnlyList<DueAlert>>(Due is { } due && due.ObjectId == day.Organisation ? [due] : []);
}

[Trait("Kind", "pages")]
[Trait("S", "94")]
public sealed class ReminderTests(ReminderFixture registry) : IClassFixture<ReminderFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // The published sheets of the tests are to be reviewed on Tuesday, 1 January 2030; thirty days before is a Sunday.
    [Fact]
    public async Task A_sheet_is_reminded_of_at_each_step_once_and_mailed_on_a_working_morning()
    {
        var town = await StartAsync("2029-11-30T06:00Z");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        var officer = await PersonAsync(town, "DPO");
        await PublishAsync(town);
        foreach (var (at, alerts, mails) in new[]
        {
            ("2029-11-30T06:31Z", 0, 0),
            ("2029-12-02T05:00Z", 0, 0),   // Sunday, before half past seven
            ("2029-12-02T08:00Z", 1, 0),   // D-30 in the registry, no mail on a Sunday
            ("2029-12-03T06:29Z", 1, 0),
            ("2029-12-03T06:31Z", 1, 1),   // Monday morning
            ("2029-12-15T07:00Z", 1, 1),
            ("2030-01-01T06:31Z", 2, 2),   // D
            ("2030-02-01T06:31Z", 3, 3),   // D+30 was Thursday, missed
        })
        {
            await TickAsync(at);
            Assert.Equal((at, alerts), (at, await CountAsync("app.alert where code = 'AL_RECORD_REVIEW' and organisation_id = @Id", town)));
            Assert.Equal((at, mails), (at, (await MailsAsync(correspondent)).Count(mail => mail.Body.Contains("Fiche à réviser", StringComparison.Ordinal))));
        }
        Assert.StartsWith("Registre : échéances pressantes", (await MailsAsync(correspondent))[^1].Subject, StringComparison.Ordinal);
        // What a step replaces is no longer shown; the officer heard of D only because nobody answered for a week, and of D+30 the next day.
        Assert.Equal(1, await CountAsync("app.alert where code = 'AL_RECORD_REVIEW' and settled_at is null and organisation_id = @Id", town));
        Assert.DoesNotContain(await MailsAsync(officer), mail => mail.Body.Contains("T-0001", StringComparison.Ordinal));
        await TickAsync("2030-02-04T06:31Z");
        Assert.Contains(await MailsAsync(officer), mail => mail.Body.Contains("T-0001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Eight_instances_at_once_remind_once()
    {
        var town = await StartAsync("2030-01-02T06:31Z");
        await town.AppointAsync("DPO");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        await PublishAsync(town);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Runner().TickAsync(Stop)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Runner().TickAsync(Stop)));
        Assert.Equal(1, await CountAsync("app.alert where code = 'AL_RECORD_REVIEW' and organisation_id = @Id", town));
        Assert.Single(await MailsAsync(correspondent));
        Assert.Equal(1, await CountAsync("app.job_run where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("history.event where action = 'ALERTS_RAISED' and organisation_id = @Id", town));
    }

    [Fact]
    public async Task Months_of_standstill_are_made_up_for_by_the_last_step_alone()
    {
        var town = await StartAsync("2029-11-30T06:31Z");
        await town.AppointAsync("DPO");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        await PublishAsync(town);
        await TickAsync("2029-11-30T06:31Z");
        await TickAsync("2030-05-06T09:00Z");
        Assert.Equal(["2030-01-01 D+30"], await StepsAsync(town, "AL_RECORD_REVIEW"));
        Assert.Single(await MailsAsync(correspondent));
    }

    [Fact]
    public async Task Whoever_says_that_she_knows_is_not_passed_over()
    {
        var town = await StartAsync("2030-01-02T06:31Z");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        var officer = await PersonAsync(town, "DPO");
        await PublishAsync(town);
        await TickAsync("2030-01-02T06:31Z");
        var home = await correspondent.Visit.GetAsync(town.Home);
        Assert.Contains("Fiche à réviser", home.Html.QuerySelector("table.work")!.TextContent, StringComparison.Ordinal);
        var form = Forms.Of(home).Single(one => one.Action == "/rappels");
        // The officer was not told yet, and an id proves nothing.
        using var stranger = await (await Town.FoundAsync(registry)).EnterAsync("DPO");
        foreach (var other in new[] { stranger, officer.Visit })
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync("/rappels", form.With(("__RequestVerificationToken", await TokenAsync(other))))).Status);
        Assert.Equal(town.Home, (await correspondent.Visit.PostAsync("/rappels", form.With())).Location);
        Assert.DoesNotContain(Forms.Of(await correspondent.Visit.GetAsync(town.Home)), one => one.Action == "/rappels");
        // Where it leads back to is a page of ours.
        Assert.Equal("/rappels", (await correspondent.Visit.PostAsync("/rappels", form.With(("back", "https://exemple.org/")))).Location);
        Assert.Equal(1, await CountAsync("history.event where action = 'ALERT_ACKNOWLEDGED' and organisation_id = @Id", town));
        await TickAsync("2030-01-22T07:00Z");
        Assert.DoesNotContain(await MailsAsync(officer), mail => mail.Body.Contains("T-0001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_waits_in_two_bodies_is_one_line_and_one_answer()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var convention = Guid.CreateVersion7();
        foreach (var body in new[] { town.Id, town.LeadId }) await TownAlerts.AddAsync(registry, town, "C-001 · Partagée", body, convention);
        var page = await officer.GetAsync("/rappels");
        Assert.Contains("et un autre organisme", Assert.Single(page.Html.QuerySelectorAll("main tbody tr"), row => row.TextContent.Contains("Partagée", StringComparison.Ordinal)).TextContent);
        var form = Forms.Of(page).Single(one => one.Action == "/rappels");
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync("/rappels", form.With())).Status);
        Assert.DoesNotContain("Partagée", (await officer.GetAsync("/rappels")).Text);
        Assert.Equal(1, await CountAsync("history.event where action = 'ALERT_ACKNOWLEDGED' and organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("history.event where action = 'ALERT_ACKNOWLEDGED' and organisation_id = @Id", town.LeadId));
    }

    [Fact]
    public async Task What_counts_in_hours_is_told_on_a_saturday_night_in_the_order_of_the_ladder()
    {
        var town = await StartAsync("2029-12-01T22:00Z");  // a Saturday
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        var officer = await PersonAsync(town, "DPO");
        var mayor = await PersonAsync(town, "LEGAL_REPRESENTATIVE");
        // A body is looked into each quarter of an hour when something in it is counted in hours: a file, here one whose own clock does not run.
        await TownBreach.AddAsync(registry, town);
        await AlterAsync(town, "update breach set aware_at = null, notify_by = null where organisation_id = @id");
        registry.Hours.Due = new DueAlert
        {
            Code = "AL_PATCH_LATE", ObjectType = "BREACH", ObjectId = town.Id, Step = "+24 h", Level = AlertLevel.Urgent, Subject = "V-0001", Path = $"{town.Home}/violations/V-0001", Weekends = true,
            Ladder = [Rung.Of("DPO", "CORRESPONDENT"), Rung.Of("SECURITY_OFFICER"), Rung.Of("LEGAL_REPRESENTATIVE")], Patience = TimeSpan.FromHours(2),
        };
        var runner = Runner();
        foreach (var (at, told) in new[] { ("2029-12-01T22:00Z", 2), ("2029-12-01T22:16Z", 2), ("2029-12-01T23:45Z", 2), ("2029-12-02T00:01Z", 3), ("2029-12-02T04:30Z", 3) })
        {
            registry.Clock.Now = At(at);
            await runner.TickAsync(Stop);
            Assert.Equal((at, told), (at, await CountAsync("app.outbox_mail where body like '%V-0001%' and organisation_id = @Id", town)));
        }
        registry.Hours.Due = null;
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal([.. new[] { officer, correspondent, mayor }.Select(one => $"test-{one.Id:n}@test.example")],
            await connection.QueryAsync<string>("select recipient from app.outbox_mail where organisation_id = @Id and body like '%V-0001%' order by due_at, id", new { town.Id }));
    }

    [Fact]
    public async Task Each_quarter_of_an_hour_only_bodies_with_a_clock_are_looked_into()
    {
        var town = await StartAsync("2030-05-01T07:00Z");
        var quiet = await Town.FoundAsync(registry);
        await TownBreach.AddAsync(registry, town);
        await using var connection = await registry.SuperuserAsync();
        var asked = (await connection.QueryAsync<Guid>("select app.bodies_with_clocks(@now)", new { now = At("2030-05-01T07:00Z") })).ToList();
        Assert.Contains(town.Id, asked);
        Assert.DoesNotContain(quiet.Id, asked);
        await AlterAsync(town, "update breach set status = 'CLOSED' where organisation_id = @id");
        Assert.DoesNotContain(town.Id, await connection.QueryAsync<Guid>("select app.bodies_with_clocks(@now)", new { now = At("2030-05-01T07:00Z") }));
        // What a closed file left open is settled by one more look.
        await AlterAsync(town,
            """
            insert into alert (organisation_id, id, code, object_type, object_id, step, level, subject, path, weekends, ladder, raised_at)
            values (@id, gen_random_uuid(), 'AL_BREACH_T24', 'BREACH', gen_random_uuid(), '+24 h', 'URGENT', 'V-0009', '/o/x', true, 'DPO', '2030-04-30T07:00Z')
            """);
        await TickAsync("2030-05-01T07:00Z");
        Assert.Equal(1, await CountAsync("app.alert where subject = 'V-0009' and settled_at is not null and organisation_id = @Id", town));
    }

    [Fact]
    public async Task A_breach_without_its_notification_is_told_at_its_hours_on_a_saturday_too_until_it_is_sent()
    {
        var town = await StartAsync("2030-02-01T17:00Z");  // a Friday evening
        await PersonAsync(town, "CORRESPONDENT");
        var reference = await TownBreach.AddAsync(registry, town);
        await AlterAsync(town, "update breach set aware_at = '2030-02-01T16:40Z', notify_by = '2030-02-04T16:40Z' where organisation_id = @id");
        var runner = Runner();
        foreach (var (at, told) in new[] { ("2030-02-02T16:30Z", 0), ("2030-02-02T16:50Z", 1), ("2030-02-02T17:10Z", 1), ("2030-02-03T16:50Z", 2), ("2030-02-04T16:50Z", 3), ("2030-02-05T05:10Z", 4) })
        {
            registry.Clock.Now = At(at);
            await runner.TickAsync(Stop);
            Assert.Equal((at, told), (at, await CountAsync($"app.alert where subject = '{reference}' and organisation_id = @Id", town)));
        }
        await AlterAsync(town, "update breach set status = 'CONFIRMED', authority_status = 'INITIAL_SENT', notified_at = '2030-02-05T06:00Z' where organisation_id = @id");
        foreach (var (at, told) in new[] { ("2030-02-06T06:10Z", 4), ("2030-02-07T06:10Z", 5), ("2030-02-08T06:10Z", 6), ("2030-02-10T06:10Z", 6), ("2030-02-15T06:10Z", 7) })
        {
            registry.Clock.Now = At(at);
            await runner.TickAsync(Stop);
            Assert.Equal((at, told), (at, await CountAsync($"app.alert where subject = '{reference}' and organisation_id = @Id", town)));
        }
    }

    [Fact]
    public async Task Each_kind_of_object_reminds_at_its_steps()
    {
        var town = await StartAsync("2030-03-01T07:00Z");
        await PersonAsync(town, "LEGAL_REPRESENTATIVE");
        var draft = await town.AddRecordAsync();
        await town.AddRecordAsync(complete: true, sheet => (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères"));
        await AlterAsync(town,
            """
            update processing_record set updated_at = '2029-12-20T12:00Z' where organisation_id = @id and number = 1;
            update processing_record set updated_at = '2030-02-20T12:00Z' where organisation_id = @id and number = 2;
            insert into record_opinion (organisation_id, record_id, number, subject, conclusion, opinion, on_legitimate_interests, given_on, given_by, recorded_at)
            select @id, r.id, 1, 'PROCESSING', 'FAVOURABLE', 'Avis', false, '2030-01-30', 'Test', now() from processing_record r where r.organisation_id = @id and r.number = 2;
            update appointment set end_on = '2030-04-20' where organisation_id = @id and kind = 'LEGAL_REPRESENTATIVE'
            """);
        Assert.Equal("T-0001", draft);
        await TickAsync("2030-03-01T07:00Z");
        Assert.Equal(["2029-12-20 D+60"], await StepsAsync(town, "AL_RECORD_STALE_DRAFT"));
        Assert.Equal(["M0"], await StepsAsync(town, "AL_DPIA_REQUIRED"));
        Assert.Equal(["1 2030-01-30 D+30"], await StepsAsync(town, "AL_OPINION_PENDING"));
        Assert.Equal(["2030-04-20 D-60"], await StepsAsync(town, "AL_APPOINTMENT_END"));
        Assert.Equal(["2030-03-01"], await StepsAsync(town, "AL_DPO_MISSING"));
        Assert.Equal(["2030-03-01"], await StepsAsync(town, "AL_CORRESPONDENT_MISSING"));
        await PersonAsync(town, "DPO");
        foreach (var day in new[] { "03-02", "03-31", "04-01", "04-05", "04-20", "04-30" }) await TickAsync($"2030-{day}T07:00Z");
        Assert.Equal(["M0", "M1"], await StepsAsync(town, "AL_DPIA_REQUIRED"));
        Assert.Equal(["1 2030-01-30 D+30", "1 2030-01-30 D+60", "1 2030-01-30 D+90"], await StepsAsync(town, "AL_OPINION_PENDING"));
        Assert.Equal(["2030-04-20 D", "2030-04-20 D-15", "2030-04-20 D-60"], await StepsAsync(town, "AL_APPOINTMENT_END"));
        Assert.Equal(["2030-03-01"], await StepsAsync(town, "AL_DPO_MISSING"));
        Assert.Equal(7, (await StepsAsync(town, "AL_CORRESPONDENT_MISSING")).Count);
        // Ten days after its end an office is no reminder any more.
        Assert.Equal(0, await CountAsync("app.alert where code = 'AL_APPOINTMENT_END' and settled_at is null and organisation_id = @Id", town));
    }

    [Fact]
    public async Task Mails_name_nobody_but_the_object_and_speak_the_readers_language()
    {
        var town = await StartAsync("2030-01-02T06:31Z");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        await town.AppointAsync("DPO");
        var page = await correspondent.Visit.GetAsync("/mon-compte/agenda");
        Assert.Equal("/mon-compte/agenda", (await correspondent.Visit.PostAsync("/mon-compte/agenda?handler=Language", ("__RequestVerificationToken", await TokenAsync(correspondent.Visit)), ("language", "en"))).Location);
        Assert.Contains("Langue de mes messages", page.Text, StringComparison.Ordinal);
        await PublishAsync(town);
        await TickAsync("2030-01-02T06:31Z");
        var mail = Assert.Single(await MailsAsync(correspondent));
        Assert.Equal("Registry: your reminders of the day (1)", mail.Subject);
        Assert.Contains("Record review due: T-0001", mail.Body, StringComparison.Ordinal);
        Assert.Contains($"https://localhost{town.Home}/traitements/T-0001", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Personne", mail.Subject + mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("S", "6")]
    public async Task Who_has_left_before_the_morning_is_not_mailed_and_holds_nobody_up()
    {
        var town = await StartAsync("2029-12-02T08:00Z");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        await PublishAsync(town);
        await TickAsync("2029-12-02T08:00Z");
        await AlterAsync(town, "update appointment set end_on = current_date - 2 where organisation_id = @id and kind = 'CORRESPONDENT'");
        await TickAsync("2029-12-03T07:00Z");
        Assert.Empty(await MailsAsync(correspondent));
        Assert.Equal(0, await CountAsync("app.notice where mailed_at is null and mail_due_at is not null and organisation_id = @Id", town));
    }

    [Fact]
    public async Task An_officer_of_several_bodies_gets_one_mail_and_one_list()
    {
        var town = await StartAsync("2030-01-02T06:31Z");
        var officer = await PersonAsync(town, "DPO");
        // Neither body has a correspondent: two reminders, of two organisations.
        await TickAsync("2030-01-02T06:31Z");
        var mail = Assert.Single(await MailsAsync(officer));
        Assert.Contains(town.Name, mail.Body, StringComparison.Ordinal);
        Assert.Contains("Communauté de test", mail.Body, StringComparison.Ordinal);
        var today = await officer.Visit.GetAsync("/");
        Assert.Contains("Aucun correspondant en fonction", today.Html.QuerySelector("table.work")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, Forms.Of(await officer.Visit.GetAsync("/rappels")).Count);
    }

    [Fact]
    public async Task The_calendar_of_a_person_opens_by_its_secret_address_until_she_revokes_it()
    {
        var town = await StartAsync("2029-12-03T07:00Z");
        var correspondent = await PersonAsync(town, "CORRESPONDENT");
        var other = await Town.FoundAsync(registry);
        await other.AddRecordAsync(complete: true);
        await TwoTowns.PublishAsync(registry, other, "T-0001");
        await PublishAsync(town);
        var token = await TokenAsync(correspondent.Visit);
        var made = await correspondent.Visit.PostAsync("/mon-compte/agenda?handler=Make", ("__RequestVerificationToken", token));
        var address = new Uri(made.Html.QuerySelector("code.secret")!.TextContent).AbsolutePath;
        Assert.DoesNotContain(address, (await correspondent.Visit.GetAsync("/mon-compte/agenda")).Html.Source.Text, StringComparison.Ordinal);
        using var program = registry.Browse();
        var feed = await program.GetAsync(address);
        Assert.Equal("text/calendar", feed.Raw.Content.Headers.ContentType!.MediaType);
        var text = (await feed.Raw.Content.ReadAsStringAsync(Stop)).Replace("\r\n ", "", StringComparison.Ordinal);
        Assert.Single(text.Split("BEGIN:VEVENT").Skip(1));
        Assert.Contains("DTSTART;VALUE=DATE:20300101", text, StringComparison.Ordinal);
        Assert.Contains($"URL:https://localhost{town.Home}/traitements/T-0001", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(address[..^1] + (address[^1] == 'A' ? 'B' : 'A'))).Status);
        await correspondent.Visit.PostAsync("/mon-compte/agenda?handler=Make", ("__RequestVerificationToken", token));
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync(address)).Status);
        await correspondent.Visit.PostAsync("/mon-compte/agenda?handler=Revoke", ("__RequestVerificationToken", token));
        Assert.Equal(0, await CountAsync("identity.calendar where person_id = @Id", correspondent.Id));
    }

    [Fact]
    [Trait("S", "13")]
    public async Task The_officer_reads_every_message_beforehand()
    {
        var town = await StartAsync("2029-12-03T07:00Z");
        var officer = await PersonAsync(town, "DPO");
        var page = await officer.Visit.GetAsync("/messages");
        Assert.Equal(10, page.Html.QuerySelectorAll("main section.part").Length);
        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync("/messages")).Status);
        var templates = new MessageTemplates();
        Assert.Throws<InvalidOperationException>(() => templates.Write(MessageTemplates.Digest, "fr", new Dictionary<string, string> { ["count"] = "1" }));
        var values = new Dictionary<string, string> { ["count"] = "1\r\nBcc: x", ["lines"] = "{{address}}", ["more"] = "", ["address"] = "ici" };
        var message = templates.Write(MessageTemplates.Digest, "fr", values);
        Assert.DoesNotContain('\n', message.Subject);
        Assert.Contains("{{address}}", message.Body, StringComparison.Ordinal);
    }

    private ReminderRunner Runner() => new(registry.Services.GetRequiredService<IServiceScopeFactory>(), registry.Services.GetRequiredService<WorkerDb>(), registry.Clock, new Loud());

    /// <summary>What the job only logs is a fault of the test.</summary>
    private sealed class Loud : ILogger<ReminderRunner>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException(formatter(state, exception), exception);
    }

    private async Task<Town> StartAsync(string at)
    {
        registry.Clock.Now = At(at);
        await using (var connection = await registry.SuperuserAsync()) await connection.ExecuteAsync("set session_replication_role = replica; update app.organisation set status = 'CLOSED'; delete from app.job_run");
        return await Town.FoundAsync(registry);
    }

    private Task TickAsync(string at)
    {
        registry.Clock.Now = At(at);
        return Runner().TickAsync(Stop);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(Guid Id, Visit Visit)> PersonAsync(Town town, string kind)
    {
        var id = await town.AppointAsync(kind);
        // Signed in by the machine's clock: the session of a reader of 2030 has not begun for the database.
        return (id, await Town.SignInAsync(registry, id, $"Personne {kind}"));
    }

    private async Task PublishAsync(Town town)
    {
        var reference = await town.AddRecordAsync(complete: true);
        await TwoTowns.PublishAsync(registry, town, reference);
    }

    private Task<int> AlterAsync(Town town, string sql) => registry.WorkAsync(Scope.Platform, async (_, _) =>
    {
        // As the superuser: what only time or other pages would bring about.
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteAsync("set session_replication_role = replica; set search_path = app; " + sql, new { id = town.Id });
    });

    private static async Task<string> TokenAsync(Visit visit) => (await visit.GetAsync("/mon-compte")).Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private Task<int> CountAsync(string what, Town town) => CountAsync(what, town.Id);

    private async Task<int> CountAsync(string what, Guid id)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>($"select count(*)::int from {what}", new { Id = id });
    }

    private async Task<IReadOnlyList<string>> StepsAsync(Town town, string code)
    {
        await using var connection = await registry.SuperuserAsync();
        return [.. await connection.QueryAsync<string>("select step from app.alert where organisation_id = @Id and code = @code order by step collate \"C\"", new { town.Id, code })];
    }

    private async Task<IReadOnlyList<(string Subject, string Body)>> MailsAsync((Guid Id, Visit) person)
    {
        await using var connection = await registry.SuperuserAsync();
        return [.. await connection.QueryAsync<(string, string)>("select subject, body from app.outbox_mail where recipient = @to order by id", new { to = $"test-{person.Id:n}@test.example" })];
    }
}
