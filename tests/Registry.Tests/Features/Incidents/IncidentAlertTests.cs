using System.Net.Mail;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Reminders;
using Registry.Features.Responsibilities;
using Registry.Mail;
using Registry.Tests.Features.Reminders;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Incidents;

/// <summary>Friday evening at a provider: who in the commune hears of it, in which order, and once. The job and the mail workers run as in production, on a clock of the test.</summary>
[Trait("Kind", "pages")]
[Trait("S", "93")]
[Trait("S", "94")]
public sealed class IncidentAlertTests(ReminderFixture registry) : IClassFixture<ReminderFixture>
{
    private const string Friday = "2030-02-01T16:40Z";  // 17:40 in Paris
    private static readonly string[] Offices = ["LEGAL_REPRESENTATIVE", "CORRESPONDENT", "DPO", "DGS"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "LEGAL_REPRESENTATIVE CORRESPONDENT DPO")]
    [InlineData("A R", "LEGAL_REPRESENTATIVE CORRESPONDENT DPO")]
    // Where the matrix has somebody else decide, whoever works on it hears first.
    [InlineData("R", "CORRESPONDENT LEGAL_REPRESENTATIVE DPO")]
    public async Task The_alarm_leaves_at_once_in_the_order_of_the_matrix_and_repeats_until_somebody_knows(string? codes, string order)
    {
        using var server = new SmtpListener();
        var (provider, town, people) = await FoundAsync(Friday, codes);
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        await ReportAsync(desk, provider);
        await TickAsync(Friday);
        await SendAsync(server);
        Assert.Equal([.. order.Split(' ').Select(kind => Address(people[kind]))], Told(server));
        Assert.Single(server.Mails.Select(mail => mail.Body.Split("accusez réception").Length).Distinct());
        // The hour is not over; then those who were told are told again, and the next ones with them.
        await TickAsync("2030-02-01T17:20Z");
        await SendAsync(server);
        Assert.Equal(3, Told(server).Count);
        await TickAsync("2030-02-01T17:56Z");
        await SendAsync(server);
        Assert.Equal([.. order.Split(' ').Append("DGS").Select(kind => Address(people[kind]))], Told(server).Skip(3));
        // Saturday night: somebody takes note of it, and it is quiet.
        await TickAsync("2030-02-02T01:00Z");
        await SendAsync(server);
        var before = Told(server).Count;
        Assert.Equal(11, before);
        using var visit = await Town.SignInAsync(registry, people["CORRESPONDENT"].Id, "Personne CORRESPONDENT");
        var form = Forms.Of(await visit.GetAsync(town.Home)).First(one => one.Action == "/rappels");
        Assert.Equal(town.Home, (await visit.PostAsync("/rappels", form.With())).Location);
        await TickAsync("2030-02-02T03:00Z");
        await SendAsync(server);
        Assert.Equal(before, Told(server).Count);
        using var night = await provider.EnterAsync("HELPDESK_AGENT");
        var seen = await night.GetAsync((await night.GetAsync(provider.Home + "/incidents")).Html.QuerySelector("main table a")!.GetAttribute("href")!);
        Assert.Contains("par Personne CORRESPONDENT", seen.Text, StringComparison.Ordinal);
        // The hours of article 33 are told in the same order.
        await TickAsync("2030-02-02T16:50Z");
        await SendAsync(server);
        Assert.Equal([.. order.Split(' ').Select(kind => Address(people[kind]))], server.Mails.Where(mail => mail.Body.Contains("24 h écoulées", StringComparison.Ordinal)).Select(mail => mail.To));
    }

    [Fact]
    public async Task Eight_instances_and_six_mail_workers_tell_each_person_once()
    {
        using var server = new SmtpListener();
        var (provider, _, _) = await FoundAsync(Friday, null);
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        await ReportAsync(desk, provider);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Runner().TickAsync(Stop)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Runner().TickAsync(Stop)));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Worker(server).RoundAsync(Stop)));
        Assert.Equal(3, Told(server).Count);
        Assert.Equal(3, Told(server).Distinct().Count());
    }

    [Fact]
    public async Task While_the_mail_server_is_down_pages_answer_nothing_is_lost_and_all_arrives_once_in_order_when_it_is_back()
    {
        using var server = new SmtpListener();
        server.Stop();
        var (provider, town, people) = await FoundAsync(Friday, "A R");
        // As in production: the worker tries on its own all the time.
        using var worker = Worker(server);
        await worker.StartAsync(Stop);
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        await ReportAsync(desk, provider);
        await TickAsync(Friday);
        Assert.False(await Worker(server).RoundAsync(Stop));
        await WorkOnItAsync(provider, desk, town, people);
        foreach (var at in new[] { "2030-02-01T16:45Z", "2030-02-01T17:10Z" })
        {
            await TickAsync(at);
            Assert.False(await Worker(server).RoundAsync(Stop));
        }
        await worker.StopAsync(Stop);
        Assert.Empty(server.Mails);
        server.Start();
        for (var minute = 11; minute < 40; minute++)
        {
            registry.Clock.Now = At($"2030-02-01T17:{minute}Z");
            await Worker(server).RoundAsync(Stop);
        }
        Assert.Equal([.. new[] { "LEGAL_REPRESENTATIVE", "CORRESPONDENT", "DPO" }.Select(kind => Address(people[kind]))], Told(server));
    }

    [Fact]
    public async Task No_page_waits_for_a_mail_server_that_takes_the_line_and_says_nothing()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var (provider, town, people) = await FoundAsync(Friday, "A R");
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        await ReportAsync(desk, provider);
        await TickAsync(Friday);
        // A worker is in the middle of a mail, and stays there until the line is cut.
        var sending = Worker(((System.Net.IPEndPoint)silent.LocalEndpoint).Port).RoundAsync(Stop);
        using var line = await silent.AcceptSocketAsync(Stop);
        registry.Clock.Now = At("2030-02-01T16:41Z");
        await ReportAsync(desk, provider);
        await WorkOnItAsync(provider, desk, town, people);
        Assert.False(sending.IsCompleted);
        line.Dispose();
        Assert.False(await sending);
        using var server = new SmtpListener();
        registry.Clock.Now = At("2030-02-01T16:50Z");
        await SendAsync(server);
        Assert.Equal(Told(server).Count, Told(server).Distinct().Count());
        Assert.Equal([.. new[] { "LEGAL_REPRESENTATIVE", "CORRESPONDENT", "DPO" }.Select(kind => Address(people[kind])).Order()], Told(server).Order());
    }

    /// <summary>The evening of three people without any mail: the commune finds the file, decides who is told, the officer sees it, the help desk that it is in hand.</summary>
    private static async Task WorkOnItAsync(Town provider, Visit desk, Town town, IReadOnlyDictionary<string, (Guid Id, Visit Visit)> people)
    {
        var file = $"{town.Home}/violations/V-2030-001";
        var (correspondent, officer) = (people["CORRESPONDENT"].Visit, people["DPO"].Visit);
        Assert.Contains("accusez réception", (await correspondent.GetAsync(town.Home)).Text, StringComparison.Ordinal);
        Assert.Contains("Portail ouvert à tous", (await correspondent.GetAsync(file)).Text, StringComparison.Ordinal);
        Assert.Contains("Portail ouvert à tous", (await officer.GetAsync("/violations")).Text, StringComparison.Ordinal);
        var act = Forms.Of(await officer.GetAsync(file + "/actes/evaluer")).Single();
        Assert.Equal(file, (await officer.PostAsync(act.Action, act.With())).Location);
        Assert.Contains("Le dossier est pris en charge.", (await desk.GetAsync((await desk.GetAsync(provider.Home + "/incidents")).Html.QuerySelectorAll("main table a")[^1].GetAttribute("href")!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_took_longer_than_its_convention_gives_is_told_to_the_officer_and_to_its_manager()
    {
        using var server = new SmtpListener();
        var (provider, town, people) = await FoundAsync(Friday, null, sheet => sheet.Obligations.Obligations.Add(new() { Code = "OBL-9", Debtor = "PROVIDER", Text = "Alerter", DeadlineRule = "ALERT_TARGET_HOURS:4" }));
        var manager = await PersonAsync(provider, "CONTRACT_MANAGER");
        var other = await Town.FoundAsync(registry);
        await TownIncident.ServesAsync(registry, provider, other);
        using var desk = await provider.EnterAsync("HELPDESK_AGENT");
        // Noticed at noon: late for the town that was promised four hours, in time for the other one.
        await ReportAsync(desk, provider, ("Form.NoticedAt.Time", "12:00"));
        await TickAsync(Friday);
        await SendAsync(server);
        var late = server.Mails.Where(mail => mail.Body.Contains("Alerte tardive du sous-traitant", StringComparison.Ordinal)).Select(mail => mail.To).ToList();
        Assert.Equal([.. new[] { Address(people["DPO"]), Address(manager) }.Order()], late.Order());
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal([provider.Id, town.Id], (await connection.QueryAsync<Guid>("select organisation_id from app.alert where code = 'AL_PROCESSOR_ALERT_LATE' and organisation_id = any(@all)", new { all = new[] { provider.Id, town.Id, other.Id } })).OrderBy(id => id == town.Id));
    }

    [Fact]
    public void The_order_is_that_of_the_matrix_and_of_the_law_where_it_is_silent()
    {
        var (us, them) = (Guid.NewGuid(), Guid.NewGuid());
        Duties Of(string ours, string theirs, string role = "PROCESSOR") => new(Duties.Breach,
        [
            new(new("Syndicat", "Syndicat", "PROVIDER", role, them.ToString()), null, theirs.Split(' ')), new(new("Commune", "Commune", "BENEFICIARY", "CONTROLLER", us.ToString()), null, ours.Split(' ')),
        ], FromLaw: false);
        Assert.Equal(["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "CORRESPONDENT", "DPO"], AlertOrder.Of(null, us));
        Assert.Equal(["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "CORRESPONDENT", "DPO"], AlertOrder.Of(Of("A R", "R S"), us));
        Assert.Equal(["CORRESPONDENT", "LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DPO"], AlertOrder.Of(Of("R", "A"), us));
        Assert.Equal(["DPO", "CORRESPONDENT", "LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"], AlertOrder.Of(Of("C", "A R", "PROCESSOR_AND_DPO_PROVIDER"), us));
    }

    private async Task<(Town Provider, Town Town, IReadOnlyDictionary<string, (Guid Id, Visit Visit)> People)> FoundAsync(string at, string? codes, Action<Registry.Features.Conventions.ConventionSheet>? change = null)
    {
        registry.Clock.Now = At(at);
        await using (var connection = await registry.SuperuserAsync())
            await connection.ExecuteAsync("set session_replication_role = replica; update app.organisation set status = 'CLOSED'; delete from app.job_run; update app.outbox_mail set sent_at = now() where sent_at is null and given_up_at is null");
        var (provider, town) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        // What the daily round reminds of is not the matter here.
        await using (var connection = await registry.SuperuserAsync())
            await connection.ExecuteAsync("insert into app.job_run select id, 'REMINDERS', d::date::text, now() from app.organisation, generate_series('2030-01-31'::date, '2030-02-05', '1 day') d where status = 'ACTIVE'");
        var people = new Dictionary<string, (Guid, Visit)>();
        foreach (var kind in Offices) people[kind] = await PersonAsync(town, kind);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement du portail", provider.Id, change: change);
        if (codes is not null)
            await TownMatrix.AddAsync(registry, town, reference, matrix =>
            {
                var row = matrix.Rows.Single(one => one.Code == Duties.Breach);
                foreach (var cell in row.Cells) cell.Codes = cell.Party == town.Name ? [.. codes.Split(' ')] : codes.Contains('A', StringComparison.Ordinal) ? ["R", "S"] : ["A", "R"];
            });
        return (provider, town, people);
    }

    private static async Task ReportAsync(Visit desk, Town provider, params (string, string)[] more)
    {
        var form = Forms.Of(await desk.GetAsync(provider.Home + "/incidents/nouveau")).Single();
        var sent = await desk.PostAsync(form.Action, form.With([("Form.Title", "Portail ouvert à tous"), ("Picked.Scope", "ALL"), .. more]));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, sent.Status);
    }

    private ReminderRunner Runner() => new(registry.Services.GetRequiredService<IServiceScopeFactory>(), registry.Services.GetRequiredService<WorkerDb>(), registry.Clock, NullLogger<ReminderRunner>.Instance);

    private MailWorker Worker(SmtpListener server) => Worker(server.Port);

    private MailWorker Worker(int port) => new(
        new Outbox(registry.Services.GetRequiredService<WorkerDb>(), registry.Clock), new SmtpSettings("127.0.0.1", port, new MailAddress("registre@exemple.fr"), false, null, null), registry.Clock, NullLogger<MailWorker>.Instance);

    private Task TickAsync(string at)
    {
        registry.Clock.Now = At(at);
        return Runner().TickAsync(Stop);
    }

    private async Task SendAsync(SmtpListener server) => Assert.True(await Worker(server).RoundAsync(Stop));

    /// <summary>Whom the alarm reached, in the order of arrival.</summary>
    private static List<string> Told(SmtpListener server) => [.. server.Mails.Where(mail => mail.Body.Contains("accusez réception", StringComparison.Ordinal)).Select(mail => mail.To)];

    private static string Address((Guid Id, Visit) person) => $"test-{person.Id:n}@test.example";

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<(Guid Id, Visit Visit)> PersonAsync(Town town, string kind)
    {
        var id = await town.AppointAsync(kind);
        return (id, await Town.SignInAsync(registry, id, $"Personne {kind}"));
    }
}
