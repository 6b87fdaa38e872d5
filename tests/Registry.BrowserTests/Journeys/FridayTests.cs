using System.Net.Mail;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Access;
using Registry.BrowserTests.Support;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.Features.Reminders;
using Registry.Features.Responsibilities;
using Registry.History;
using Registry.Mail;
using Registry.Tests.Support;

namespace Registry.BrowserTests.Journeys;

/// <summary>
/// Friday, 17:40: the help desk of the provider raises the alarm, the mails leave, the correspondent of the commune opens hers and takes note of it, the shared
/// officer finds the file among all of hers. Three people, the clock of the test, a mail server on this machine.
/// </summary>
[Trait("S", "93")]
[Trait("S", "110")]
[Trait("S", "111")]
public sealed class FridayTests(Chromium chromium) : BrowserTest(chromium)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_incident_of_friday_evening_is_in_the_hands_of_the_commune_within_the_hour()
    {
        var clock = new SetClock { Now = NextFriday() };
        var house = await OpenHouseAsync(clock);
        using var mail = new SmtpListener();
        var provider = await ProviderAsync(house);
        await PublishMatrixAsync(house);
        // What the demonstration had to remind of anyway has been said before.
        await RemindAsync(house, clock);
        await SendAsync(house, clock, mail);
        mail.Mails.Clear();

        var desk = await OpenWindowAsync(house);
        await desk.EnterAsync("assistance");
        await desk.OpenAsync(provider);
        await desk.Page.Locator($"main a[href='{provider}/incidents/nouveau']").First.ClickAsync();
        await desk.Page.Locator("main .form-acts button.main").ClickAsync();
        await Expect(desk.Page.Locator("#error-summary")).ToContainTextAsync("Dites en une phrase ce qui s’est passé.");
        await desk.InspectAsync("alarm with errors");
        // The alarm itself with the keyboard alone.
        var keys = new Keyboard(desk.Page);
        await keys.WriteAsync(desk.Page.Locator("[name='Form.Title']"), "Sauvegardes lues par un tiers");
        await keys.WriteAsync(desk.Page.Locator("[name='Form.Description']"), "Un compte d’exploitation a été utilisé depuis l’étranger.");
        await keys.TickAsync(desk.Page.Locator("[name='Picked.Scope'][value=ALL]"));
        await keys.PressAsync(desk.Page.Locator("main .form-acts button.main"));
        await Expect(desk.Page.Locator("main .lead")).ToContainTextAsync("0 sur 1.");
        await desk.InspectAsync("incident told");
        var incident = new Uri(desk.Page.Url).AbsolutePath;

        await RemindAsync(house, clock);
        await SendAsync(house, clock, mail);
        // The matrix has the commune work on a breach that its provider answers for: whoever works on it hears first, once each.
        var told = mail.Mails.Where(one => one.Body.Contains("accusez réception", StringComparison.Ordinal)).ToList();
        Assert.Equal(["correspondante", "elu", "dpo"], (await CodesAsync(house, told.Select(one => one.To))).OfType<string>());
        Assert.Equal(4, told.Count);
        Assert.Equal(4, told.Select(one => one.To).Distinct().Count());
        Assert.DoesNotContain("Sauvegardes", string.Concat(told.Select(one => one.Text + one.Body)), StringComparison.Ordinal);

        clock.Now += TimeSpan.FromMinutes(20);
        var correspondent = await OpenWindowAsync(house);
        await correspondent.EnterAsync("correspondante");
        var link = told[0].Body.Split('\n').Select(line => line.Trim()).First(line => line.Contains("/violations/", StringComparison.Ordinal));
        var file = new Uri(link).AbsolutePath;
        await correspondent.OpenAsync(file);
        await Expect(correspondent.Page.Locator("section[aria-labelledby=prestataire-h]")).ToContainTextAsync("Un compte d’exploitation a été utilisé depuis l’étranger.");
        await Expect(correspondent.Page.Locator(".clock-left")).ToContainTextAsync("reste");
        await correspondent.InspectAsync("file opened by a provider");
        await correspondent.OpenAsync("/o/druelle-balsac-12090");
        await correspondent.Page.Locator("form[action='/rappels'] button", new() { HasText = "accusez réception" }).First.ClickAsync();
        await Expect(correspondent.Page.Locator("form[action='/rappels'] button", new() { HasText = "accusez réception" })).ToHaveCountAsync(0);

        var officer = await OpenWindowAsync(house);
        await officer.EnterAsync("dpo");
        await officer.OpenAsync("/violations");
        await officer.Page.Locator("main table a", new() { HasText = "SMICA" }).First.ClickAsync();
        await Expect(officer.Page.Locator("main table tbody tr")).ToHaveCountAsync(1);
        await Expect(officer.Page.Locator("main table")).ToContainTextAsync("Sauvegardes lues par un tiers");
        await officer.InspectAsync("files of an incident");

        // Saturday: nobody is called again, for somebody knows; and the help desk sees who.
        clock.Now += TimeSpan.FromHours(9);
        await RemindAsync(house, clock);
        await SendAsync(house, clock, mail);
        Assert.Equal(4, mail.Mails.Count(one => one.Body.Contains("accusez réception", StringComparison.Ordinal)));
        await desk.EnterAsync("assistance");
        await desk.OpenAsync(incident);
        await Expect(desk.Page.Locator("main table")).ToContainTextAsync("Sophie Delmas");
        foreach (var page in new[] { "/faits", "/collectivites" })
        {
            await desk.OpenAsync(incident + page);
            await desk.InspectAsync(page);
        }
        Assert.Equal(404, await desk.OpenAsync(file));
    }

    /// <summary>17:40 in Paris, on a Friday to come.</summary>
    private static DateTimeOffset NextFriday()
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Friday) day = day.AddDays(1);
        var local = day.ToDateTime(new TimeOnly(17, 40));
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris").GetUtcOffset(local)).ToUniversalTime();
    }

    private static Task RemindAsync(DemoHouse house, SetClock clock) =>
        new ReminderRunner(house.Services.GetRequiredService<IServiceScopeFactory>(), house.Services.GetRequiredService<WorkerDb>(), clock, NullLogger<ReminderRunner>.Instance).TickAsync(Stop);

    private static async Task SendAsync(DemoHouse house, SetClock clock, SmtpListener server) => Assert.True(await new MailWorker(
        new Outbox(house.Services.GetRequiredService<WorkerDb>(), clock), new SmtpSettings("127.0.0.1", server.Port, new MailAddress("registre@exemple.fr"), false, null, null), clock, NullLogger<MailWorker>.Instance).RoundAsync(Stop));

    /// <summary>The matrix of the commune's convention, as its model has it but for who decides in a breach.</summary>
    private static async Task PublishMatrixAsync(DemoHouse house)
    {
        await using var connection = await house.SuperuserAsync();
        var commune = await connection.QuerySingleAsync<CurrentOrganisation>(
            "select id, slug, name, type, accent, territory, time_zone, good_friday_observed, acts_as_processor from app.organisation where insee_code = '12090'");
        await house.WorkAsync(Scope.ForOrganisation(commune.Id), async (db, journal) =>
        {
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, "Test");
            visitor.StandsIn(commune);
            var convention = (await new ConventionStore(db, visitor, TimeProvider.System).FindAsync("C-001"))!;
            var parties = MatrixParty.Of(convention.Read().Parties);
            var matrix = MatrixModel.For(parties);
            foreach (var cell in matrix.Rows.Single(row => row.Code == "DATA_BREACH").Cells)
                cell.Codes = parties.Single(party => party.Name == cell.Party).Controls ? ["R"] : ["A", "R"];
            var store = new MatrixStore(db, visitor, TimeProvider.System);
            Assert.True(await store.AddAsync(convention, matrix));
            await store.IssueAsync(convention, new([.. parties], matrix), "Première version");
            journal.Record(new Event(commune.Id, "TEST", Convention.ObjectType, convention.Id, new EventDetails()));
            return 0;
        });
    }

    private static async Task<string> ProviderAsync(DemoHouse house)
    {
        await using var connection = await house.SuperuserAsync();
        return "/o/" + await connection.ExecuteScalarAsync<string>("select o.slug from app.appointment a join app.organisation o on o.id = a.organisation_id where a.kind = 'HELPDESK_AGENT'");
    }

    /// <summary>As whom of the demonstration each address enters; null for the mayor, who has no account.</summary>
    private static async Task<IReadOnlyList<string?>> CodesAsync(DemoHouse house, IEnumerable<string> recipients)
    {
        await using var connection = await house.SuperuserAsync();
        var codes = (await connection.QueryAsync<(string Email, string Code)>("select email, demo_code from identity.account where demo_code is not null")).ToDictionary(one => one.Email, one => one.Code);
        return [.. recipients.Select(recipient => codes.GetValueOrDefault(recipient))];
    }
}
