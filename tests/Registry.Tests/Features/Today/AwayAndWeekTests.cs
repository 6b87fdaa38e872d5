using System.Globalization;
using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Reminders;
using Registry.Features.Today;
using Registry.Tests.Features.Reminders;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Today;

/// <summary>What leaves by itself: the week on Mondays, and the reminders of somebody who is away.</summary>
[Trait("Kind", "pages")]
[Trait("S", "94")]
public sealed class AwayAndWeekTests(ReminderFixture registry) : IClassFixture<ReminderFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_week_is_told_once_on_monday_morning_whatever_runs_and_not_to_whoever_said_no()
    {
        var town = await StartAsync("2029-12-02T10:00Z");
        var (correspondent, visit) = await PersonAsync(town, "CORRESPONDENT");
        var (quiet, silent) = await PersonAsync(town, "DPO_ASSISTANT");
        await TownRequest.AddAsync(registry, town);
        var breach = await TownBreach.AddAsync(registry, town, "Quintessence égarée");
        var settings = await silent.GetAsync("/mon-compte/agenda");
        Assert.Equal(HttpStatusCode.Redirect, (await silent.PressAsync(settings, "Ne plus le recevoir")).Status);
        foreach (var (at, mails) in new[] { ("2029-12-02T10:00Z", 0), ("2029-12-03T06:29Z", 0), ("2029-12-03T06:31Z", 1), ("2029-12-05T09:00Z", 1), ("2029-12-08T09:00Z", 1), ("2029-12-11T09:00Z", 2) })
        {
            registry.Clock.Now = At(at);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => registry.Services.GetRequiredService<WeeklyRunner>().TickAsync(Stop)));
            Assert.Equal((at, mails), (at, (await MailsAsync(correspondent)).Count(mail => mail.Subject.StartsWith("Registre : votre semaine", StringComparison.Ordinal))));
        }
        Assert.DoesNotContain(await MailsAsync(quiet), mail => mail.Subject.StartsWith("Registre : votre semaine", StringComparison.Ordinal));
        Assert.Contains($"{town.Home}/demandes/", (await MailsAsync(correspondent))[0].Body, StringComparison.Ordinal);
        // Of a breach the mail says the reference, not what happened.
        Assert.Contains(breach, (await MailsAsync(correspondent))[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(await MailsAsync(correspondent), mail => (mail.Subject + mail.Body).Contains("Quintessence", StringComparison.Ordinal));
        // Somebody else's list is not in it, and nothing of what the citizen wrote.
        Assert.DoesNotContain("@", (await MailsAsync(correspondent))[0].Subject, StringComparison.Ordinal);
        visit.Dispose();
    }

    [Fact]
    public async Task Whoever_reads_for_somebody_who_is_away_is_told_in_her_place_until_she_is_back()
    {
        var town = await StartAsync("2029-11-30T06:00Z");
        var (correspondent, visit) = await PersonAsync(town, "CORRESPONDENT");
        var (colleague, reader) = await PersonAsync(town, "DPO_ASSISTANT");
        var reference = await town.AddRecordAsync(complete: true);
        await TwoTowns.PublishAsync(registry, town, reference);
        var page = await visit.GetAsync("/mon-compte/absence");
        var form = Forms.Of(page).Single();
        Assert.Contains("Choisissez une personne de la liste.", (await visit.PostAsync(page.Path, form.With(("Form.Cover", $"{Guid.NewGuid()}")))).Text);
        var saved = await visit.PostAsync(page.Path, form.With(
            ("Form.Cover", $"{colleague}"), ("Form.From.Day", "30"), ("Form.From.Month", "11"), ("Form.From.Year", "2029"), ("Form.To.Day", "10"), ("Form.To.Month", "12"), ("Form.To.Year", "2029")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        Assert.Contains("Vous lisez pour", (await reader.GetAsync(town.Home)).Text);
        await TickAsync("2029-12-03T06:31Z");  // D-30 of the sheet
        foreach (var person in new[] { correspondent, colleague }) Assert.Contains(await MailsAsync(person), mail => mail.Body.Contains("Fiche à réviser", StringComparison.Ordinal));
        registry.Clock.Now = At("2029-12-20T06:31Z");
        Assert.DoesNotContain("Vous lisez pour", (await reader.GetAsync(town.Home)).Text);
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
        return ActivatorUtilities.CreateInstance<ReminderRunner>(registry.Services).TickAsync(Stop);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private async Task<(Guid Id, Visit Visit)> PersonAsync(Town town, string kind)
    {
        var id = await town.AppointAsync(kind);
        return (id, await Town.SignInAsync(registry, id, $"Personne {kind}"));
    }

    private async Task<IReadOnlyList<(string Subject, string Body)>> MailsAsync(Guid person)
    {
        await using var connection = await registry.SuperuserAsync();
        return [.. await connection.QueryAsync<(string, string)>("select subject, body from app.outbox_mail where recipient = @to order by id", new { to = $"test-{person:n}@test.example" })];
    }
}
