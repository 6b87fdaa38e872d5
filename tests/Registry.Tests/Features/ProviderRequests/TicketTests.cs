using System.Net;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Features.ProviderRequests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.ProviderRequests;

/// <summary>What is declared to the help desk (domain §2.10): an incident by anybody, a demand by those with a letter, the help of the provider from a breach.</summary>
[Trait("Kind", "pages")]
public sealed class TicketTests(RegistryFixture registry)
{
    private const string Page = "/demandes-au-prestataire/incident";

    private static (string, string)[] Fields(string kind, string system, string priority = "P2") => [("Form.Kind", kind), ("Form.System", system), ("Form.Priority", priority), ("Form.Text", "La messagerie ne répond plus.")];

    [Fact]
    public async Task An_incident_is_declared_by_anybody_and_a_demand_by_the_correspondent_or_her_delegate()
    {
        var (town, provider) = await PairAsync();
        foreach (var (kind, delegations, demands) in new (string, string[], bool)[]
            {
                ("CORRESPONDENT", [], true), ("SERVICE_CONTRIBUTOR", [], false), ("LEGAL_REPRESENTATIVE", [], false), ("DPO", [], false), ("CORRESPONDENT_DELEGATE", ["RESTORATIONS"], true),
            })
        {
            using var visit = await town.EnterAsync(kind, delegations);
            foreach (var what in new[] { ProviderRequest.Incident, ProviderRequest.Demand })
            {
                var system = $"{kind} {what}";
                var form = Forms.Of(await visit.GetAsync(town.Home + Page)).Single();
                var sent = await visit.PostAsync(form.Action, form.With(Fields(what, system)));
                Assert.True(sent.Status == HttpStatusCode.Redirect, sent.ToString());
                Assert.Equal(sent.Location, (await visit.PostAsync(form.Action, form.With(Fields(what, system)))).Location);
                Assert.Equal([what == ProviderRequest.Incident || demands ? "SUBMITTED" : "REJECTED_NOT_AUTHORISED"], await TextsAsync("select status from app.provider_request where organisation_id = @Id and system = @system", town, system));
                var read = await visit.GetAsync(sent.Location!);
                Assert.Equal(HttpStatusCode.OK, read.Status);
                Assert.Contains("La messagerie ne répond plus.", read.Text);
            }
        }
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var queue = (await helpdesk.GetAsync(provider.Home + "/assistance?etat=assistance")).Text;
        Assert.Contains("SERVICE_CONTRIBUTOR INCIDENT", queue);
        Assert.DoesNotContain("SERVICE_CONTRIBUTOR DEMAND", queue);
        foreach (var kind in new[] { "AUDITOR", "HELPDESK_AGENT" })
        {
            using var closed = await town.EnterAsync(kind);
            Assert.Equal(HttpStatusCode.Forbidden, (await closed.GetAsync(town.Home + Page)).Status);
        }
    }

    [Fact]
    public async Task The_provider_is_called_from_a_breach_of_unknown_origin_and_its_answer_stands_in_the_file()
    {
        var (town, provider) = await PairAsync();
        var breach = await TownBreach.AddAsync(registry, town);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var contributor = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var file = $"{town.Home}/violations/{breach}";
        Assert.Null((await correspondent.GetAsync(file)).Html.QuerySelector("#concours"));
        await town.WriteAsync("update breach set sheet = jsonb_set(sheet, '{facts,origin}', '\"UNKNOWN\"') where organisation_id = @id", town.Id);

        var ask = (await correspondent.GetAsync(file)).Html.QuerySelector("#concours a")!.GetAttribute("href")!;
        Assert.Equal($"{town.Home}{Page}?violation={breach}", ask);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.GetAsync(ask)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}{Page}?violation=V-2020-001")).Status);
        var sent = await correspondent.PressAsync(await correspondent.GetAsync(ask), "Demander le concours", ("Form.System", "Portail des familles"));
        Assert.True(sent.Status == HttpStatusCode.Redirect, sent.ToString());
        Assert.Equal(file + "#concours", sent.Location);
        Assert.Equal([$"ASSISTANCE P1 {breach}"], await TextsAsync("select kind || ' ' || priority || ' ' || (content ->> 'breach') from app.provider_request where organisation_id = @Id", town));

        var ticket = (await helpdesk.GetAsync(provider.Home + "/assistance")).Html.QuerySelector("tbody th a")!.GetAttribute("href")!;
        await helpdesk.PressAsync(await helpdesk.GetAsync(ticket), ProviderRequestStates.Take);
        var page = await helpdesk.GetAsync(ticket);
        Assert.Contains(breach, page.Text);
        Assert.DoesNotContain("Courriel égaré", page.Text);
        await helpdesk.PressAsync(page, ProviderRequestStates.Execute, ("Form.Text", "Une règle du pare-feu était ouverte depuis la mise à jour ; elle est fermée."));
        var concours = (await correspondent.GetAsync(file)).Html.QuerySelector("#concours")!.TextContent;
        Assert.Contains("elle est fermée", concours);
        Assert.Contains("Notifiée", concours);
        Assert.Equal(HttpStatusCode.NotFound, (await helpdesk.GetAsync(file)).Status);
    }

    [Fact]
    [Trait("S", "3")]
    public async Task The_database_takes_no_demand_without_a_letter_and_no_call_for_help_without_its_breach()
    {
        var (town, _) = await PairAsync();
        using var visit = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        foreach (var (kind, priority) in new[] { ("ASSISTANCE", "P1"), ("INCIDENT", null), ("GRANT_ACCESS", "P1") })
            await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(
                """
                insert into provider_request (organisation_id, id, nature, year, number, convention_id, provider_id, provider_name, organisation_name, kind, priority, system, content, status, requested_by, created_at, submitted_at, updated_at)
                select @Id, gen_random_uuid(), 'TICKET', 2026, 900, convention_id, provider_id, 'x', 'x', @kind, @priority, 'x', '{}', 'SUBMITTED', 'x', now(), now(), now() from app.providers_of(@Id)
                """, new { town.Id, kind, priority })));
    }

    private async Task<(Town Town, Town Provider)> PairAsync()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownProviderRequest.ConventionAsync(registry, town, provider);
        return (town, provider);
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string sql, Town town, string? system = null)
    {
        await using var connection = await registry.SuperuserAsync();
        return (await connection.QueryAsync<string>(sql, new { town.Id, system })).AsList();
    }
}
