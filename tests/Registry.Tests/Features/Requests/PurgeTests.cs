using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Registry.Data;
using Registry.Features.Ageing;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>A file goes when its time has come, with every word of it; a line without a name stays, and so does the chain.</summary>
[Trait("Kind", "pages")]
public sealed class PurgeTests(RegistryFixture registry)
{
    private const string Words = "Je veux savoir ce que garde le service Quintessence.";

    [Fact]
    [Trait("S", "103")]
    public async Task A_closed_file_goes_on_its_day_unless_a_dispute_holds_it()
    {
        var town = await Town.FoundAsync(registry);
        var today = town.Organisation.Today(TimeProvider.System);
        var (goes, held, stays) = (await ClosedAsync(town, today.AddDays(-60)), await ClosedAsync(town, today.AddDays(-60)), await ClosedAsync(town, today.AddDays(-60)));
        using var officer = await town.EnterAsync("DPO");
        await ActAsync(officer, $"{town.Home}/demandes/{held}", "retenir", "Le tribunal administratif est saisi.");
        await using var connection = await registry.SuperuserAsync();
        // As five years would have left them; the third has a day to go.
        await SetPurgeAsync(connection, town, today, goes, held);
        await SetPurgeAsync(connection, town, today.AddDays(1), stays);
        Assert.Contains(stays, (await officer.GetAsync($"{town.Home}/demandes?etat=a-effacer")).Html.QuerySelector("main")!.TextContent);

        var runner = registry.Services.GetRequiredService<AgeingRunner>();
        Assert.True(await runner.AgeAsync(town.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{town.Home}/demandes/{goes}")).Status);
        Assert.Contains("il est retenu", (await officer.GetAsync($"{town.Home}/demandes/{held}")).Text);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/demandes/{stays}")).Status);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.rights_request where organisation_id = @Id", new { town.Id }));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.rights_request_entry e where organisation_id = @Id and not exists (select from app.rights_request r where r.organisation_id = e.organisation_id and r.id = e.request_id)", new { town.Id }));
        var tally = await connection.QuerySingleAsync<(DateTime Month, string[] Rights, string Outcome, int Days, bool OnTime)>("select month::timestamp, rights, outcome, days, on_time from app.rights_request_tally where organisation_id = @Id", new { town.Id });
        Assert.Equal((today.AddDays(-60).Month, "ACCESS", "ABANDONED", 60, false), (tally.Month.Month, Assert.Single(tally.Rights), tally.Outcome, tally.Days, tally.OnTime));
        Assert.Equal("1 demande(s) de droits", await connection.ExecuteScalarAsync<string>(
            "select d.details::jsonb ->> 'subject' from history.event e join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence where e.organisation_id = @Id and e.action = 'AGED_AWAY'", new { town.Id }));

        await ActAsync(officer, $"{town.Home}/demandes/{held}", "ne-plus-retenir", "Le jugement est rendu.");
        await connection.ExecuteAsync("set session_replication_role = replica; delete from app.job_run where organisation_id = @Id; set session_replication_role = origin", new { town.Id });
        Assert.True(await runner.AgeAsync(town.Id));
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.rights_request where organisation_id = @Id", new { town.Id }));
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.rights_request_tally where organisation_id = @Id", new { town.Id }));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task No_person_erases_a_request()
    {
        var town = await Town.FoundAsync(registry);
        var officer = await town.AppointAsync("DPO");
        await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForPerson(officer), async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<int>("select app.purge_requests('2099-01-01')")));
        await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await (await db.OpenAsync()).ExecuteAsync("delete from rights_request")));
    }

    private async Task<string> ClosedAsync(Town town, DateOnly receivedOn)
    {
        var reference = await TownRequest.AddAsync(registry, town, Words, receivedOn);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await ActAsync(correspondent, $"{town.Home}/demandes/{reference}", "retirer", "Elle l’a écrit.");
        await ActAsync(correspondent, $"{town.Home}/demandes/{reference}", "clore", null);
        return reference;
    }

    private static Task<int> SetPurgeAsync(NpgsqlConnection connection, Town town, DateOnly day, params string[] references) => connection.ExecuteAsync(
        "set session_replication_role = replica; update app.rights_request set purge_on = @day where organisation_id = @Id and number = any (@numbers); set session_replication_role = origin",
        new { town.Id, day, numbers = references.Select(one => int.Parse(one.Split('-')[2], null)).ToArray() });

    private static async Task ActAsync(Visit visit, string home, string slug, string? reason)
    {
        var form = Forms.Of(await visit.GetAsync($"{home}/actes/{slug}")).Single();
        var done = await visit.PostAsync(form.Action, reason is null ? form.With() : form.With(("Form.Reason", reason)));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
    }
}
