using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Features.Breaches;
using Registry.History;
using Registry.Jobs;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Breaches;

/// <summary>A file goes when its time has come, with every word of it and those that the history kept; a line without a word says so, and the chain stands.</summary>
[Trait("Kind", "pages")]
public sealed class BreachPurgeTests(RegistryFixture registry)
{
    private const string Word = "Quintessence";

    [Fact]
    [Trait("S", "61")]
    [Trait("S", "103")]
    public async Task A_file_goes_after_five_years_an_incident_after_two_unless_a_dispute_holds_it_and_no_word_remains()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await using var connection = await registry.SuperuserAsync();
        using var officer = await town.EnterAsync("DPO");
        var (goes, held, stays) = (await ClosedAsync(connection, town, Word + " perdue", "5 years 1 day"), await ClosedAsync(connection, town, "Gardée", "5 years 1 day"), await ClosedAsync(connection, town, "Jeune", "4 years 363 days"));
        var (dismissed, young) = (await ClosedAsync(connection, town, Word + " retrouvée", "2 years 1 day", "DISMISSED"), await ClosedAsync(connection, town, "Écartée", "1 year 363 days", "DISMISSED"));
        var id = await IdAsync(connection, town, goes);
        await ActAsync(officer, $"{town.Home}/violations/{held}", "retenir", "Le tribunal administratif est saisi.");
        Assert.Contains("il est retenu", (await officer.GetAsync($"{town.Home}/violations/{held}")).Text);
        Assert.Contains("s’efface le", (await officer.GetAsync($"{town.Home}/violations/{stays}")).Text);
        Assert.Contains("déjà retenu", (await officer.GetAsync($"{town.Home}/violations/{held}/actes/retenir")).Text);
        // What else speaks of it: a reason in its history, a mark, a reminder, a document, the help that was asked of the provider.
        await ActAsync(officer, $"{town.Home}/violations/{goes}", "retenir", $"{Word} : un litige");
        await ActAsync(officer, $"{town.Home}/violations/{goes}", "ne-plus-retenir", $"{Word} : jugée");
        var (_, ticket) = await TownProviderRequest.AddAsync(registry, town, provider, Word);
        var document = await TownDocument.IssueAsync(registry, town);
        await TownAlerts.AddAsync(registry, town, Word, town.Id, id);
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            update app.provider_request set nature = 'TICKET', kind = 'ASSISTANCE', priority = 'P1', breach_id = @id where id = @ticket;
            update app.issued_document set about = 'BREACH', object_id = @id, title = @Word where id = @document;
            insert into app.work_mark (organisation_id, object_type, object_id, put_off_until, put_off_by, reason, marked_at, marked_by) values (@town, 'BREACH', @id, '2030-01-01', @id, @Word, now(), 'Test');
            set session_replication_role = origin
            """,
            new { id, ticket, document, Word, town = town.Id });
        Assert.Contains(Word, await Planted.DumpAsync(connection, town.Id));

        Assert.True(await registry.Services.GetRequiredService<AgeingRunner>().AgeAsync(town.Id));
        var kept = await Planted.DumpAsync(connection, town.Id);
        foreach (var form in Planted.FormsOf(Word)) Assert.DoesNotContain(form, kept);
        foreach (var gone in new[] { goes, dismissed }) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/violations/{gone}")).Status);
        foreach (var there in new[] { held, stays, young }) Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/violations/{there}")).Status);
        Assert.Equal("1 dossier(s) de violation · 1 incident(s) sans violation · 1 appel(s) à l’assistance", await connection.ExecuteScalarAsync<string>(
            "select d.details::jsonb ->> 'subject' from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence where e.organisation_id = @Id and e.action = 'AGED_AWAY'", new { town.Id }));
        Assert.Equal(3, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'CONTENT_ERASED'", new { town.Id }));

        // The chain stands without those words; without any other it does not.
        Assert.Empty(await FaultsAsync(town));
        var lost = await connection.ExecuteScalarAsync<long>(
            "set session_replication_role = replica; delete from history.detail d using history.event e where d.organisation_id = @Id and e.organisation_id = @Id and e.sequence = d.sequence and e.object_id = @held; set session_replication_role = origin; select count(*) from history.event where organisation_id = @Id and object_id = @held",
            new { town.Id, held = await IdAsync(connection, town, held) });
        Assert.Equal(lost, (await FaultsAsync(town)).Count(fault => fault == "its details are missing"));
    }

    [Fact]
    [Trait("S", "50")]
    [Trait("S", "62")]
    public async Task No_person_erases_a_file_nor_any_words_of_the_history()
    {
        var town = await Town.FoundAsync(registry);
        var officer = await town.AppointAsync("DPO");
        foreach (var (scope, statement) in new[]
        {
            (Scope.ForPerson(officer), "select * from app.purge_breaches('2099-01-01')"), (Scope.ForOrganisation(town.Id), "delete from breach"), (Scope.ForOrganisation(town.Id), "delete from history.detail"),
        })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(scope, async (db, _) => await (await db.OpenAsync()).ExecuteAsync(statement)))).SqlState);
    }

    [Fact]
    [Trait("S", "94")]
    public async Task Its_end_is_announced_thirty_days_before_with_its_day_and_a_held_file_is_not()
    {
        var town = await Town.FoundAsync(registry);
        await using var connection = await registry.SuperuserAsync();
        var soon = await ClosedAsync(connection, town, "Bientôt", "4 years 11 months 15 days");
        await ClosedAsync(connection, town, "Plus tard", "4 years 10 months");
        var held = await ClosedAsync(connection, town, "Gardée", "4 years 11 months 15 days");
        using var officer = await town.EnterAsync("DPO");
        await ActAsync(officer, $"{town.Home}/violations/{held}", "retenir", "Le tribunal administratif est saisi.");
        var day = AlertDay.At(town.Id, town.Slug, "Europe/Paris", DateTimeOffset.UtcNow);
        var alerts = await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            journal.Record(new Event(town.Id, "TEST", "ORGANISATION", town.Id, new EventDetails()));
            return await new BreachEndingAlerts(db).ListAsync(day);
        });
        var alert = Assert.Single(alerts);
        Assert.Equal(soon, alert.Subject);
        Assert.InRange(alert.DueOn!.Value.DayNumber - day.Today.DayNumber, 10, 20);
    }

    [Fact]
    [Trait("S", "5")]
    public async Task An_address_typed_for_a_step_that_is_over_says_where_the_file_stands_and_leads_back()
    {
        var town = await Town.FoundAsync(registry);
        await using var connection = await registry.SuperuserAsync();
        var closed = await ClosedAsync(connection, town, "Close", "3 days");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var home = $"{town.Home}/violations/{closed}";
        var typed = await mayor.GetAsync(home + "/actes/confirmer");
        Assert.Equal(HttpStatusCode.Conflict, typed.Status);
        Assert.Contains("dans l’état actuel : Close.", typed.Html.QuerySelector("main")!.TextContent.Replace('\u00A0', ' ').Replace('\u202F', ' '));
        Assert.NotNull(typed.Html.QuerySelector($"main a[href='{home}']"));
        // The other pages of the file have no words of their own for it: the page of errors leads back.
        var edit = await correspondent.GetAsync(home + "/modifier/faits");
        Assert.Equal(HttpStatusCode.Conflict, edit.Status);
        Assert.NotNull(edit.Html.QuerySelector($"main a[href='{home}']"));
        var (convention, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        var act = await mayor.GetAsync($"{town.Home}/conventions/{convention}/actes/signer");
        Assert.Equal(HttpStatusCode.Conflict, act.Status);
        Assert.NotNull(act.Html.QuerySelector($"main a[href='{town.Home}/conventions/{convention}']"));
        var request = await TownRequest.AddAsync(registry, town);
        var step = await correspondent.GetAsync($"{town.Home}/demandes/{request}/actes/clore");
        Assert.Equal(HttpStatusCode.Conflict, step.Status);
        Assert.NotNull(step.Html.QuerySelector($"main a[href='{town.Home}/demandes/{request}']"));
    }

    private async Task<string> ClosedAsync(NpgsqlConnection connection, Town town, string title, string age, string status = "CLOSED")
    {
        var reference = await TownBreach.AddAsync(registry, town, title);
        // As years would have left it.
        await connection.ExecuteAsync(
            "set session_replication_role = replica; update app.breach set status = @status, closed_at = now() - @age::interval where organisation_id = @Id and number = @number; set session_replication_role = origin",
            new { town.Id, status, age, number = int.Parse(reference.Split('-')[2], null) });
        return reference;
    }

    private static Task<Guid> IdAsync(NpgsqlConnection connection, Town town, string reference) =>
        connection.ExecuteScalarAsync<Guid>("select id from app.breach where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference.Split('-')[2], null) });

    private Task<List<string>> FaultsAsync(Town town) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        journal.Record(new Event(town.Id, "TEST", "ORGANISATION", town.Id, new EventDetails()));
        var lines = await new Trail(db).LinesAsync(town.Id, 1, long.MaxValue);
        var (chain, faults, last) = (new Chain(registry.Keys), new List<string>(), (Sequence: 0L, Hash: Array.Empty<byte>()));
        foreach (var line in lines)
        {
            if (chain.FaultOf(line, last.Sequence, last.Hash) is { } fault) faults.Add(fault);
            last = (line.Sequence, line.Hash);
        }
        return faults;
    });

    private static async Task ActAsync(Visit visit, string home, string slug, string reason)
    {
        var form = Forms.Of(await visit.GetAsync($"{home}/actes/{slug}")).Single();
        var done = await visit.PostAsync(form.Action, form.With(("Form.Reason", reason)));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }
}
