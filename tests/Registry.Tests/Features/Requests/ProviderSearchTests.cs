using System.Net;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>The provider of a commune answers its own part of a request at its help desk, sees nothing else of it, and nobody else's help desk sees it at all.</summary>
[Trait("Kind", "pages")]
public sealed class ProviderSearchTests(RegistryFixture registry)
{
    private const string Words = "Chercher le compte de messagerie de Coralie Dumesnil.", Found = "Une boîte, deux listes de diffusion.";

    [Fact]
    [Trait("S", "60")]
    public async Task Asked_by_the_correspondent_answered_at_the_help_desk_told_both_ways_and_written_in_the_chain_of_the_commune()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownProviderRequest.ConventionAsync(registry, town, provider);
        var reference = await TownRequest.AddAsync(registry, town, "Tout sur Eulalie Quintrec.", status: RequestStatus.InProgress, requester: new("Eulalie", "Quintrec", "eulalie@exemple.example", null, null));
        await town.AddSystemAsync("Messagerie");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var helpdesk = await provider.EnterAsync("HELPDESK_AGENT");
        var home = $"{town.Home}/demandes/{reference}";
        var page = await correspondent.GetAsync(home + "/recherches/nouvelle");
        var whom = page.Html.QuerySelectorAll("select[name='Form.Whom'] option").Single(one => one.GetAttribute("value")!.StartsWith("P:", StringComparison.Ordinal)).GetAttribute("value")!;
        var form = Forms.Of(page).Single();
        var asked = await correspondent.PostAsync(form.Action, form.With(("Form.System", "Messagerie"), ("Form.Whom", whom), ("Form.Instruction", Words)));
        Assert.True(asked.Status == HttpStatusCode.Redirect, asked.ToString());
        Assert.Equal(1, await CountAsync("select count(*) from app.notice n join app.alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id where a.organisation_id = @Id and a.code = 'AL_RIGHTS_SEARCH_ASKED'", provider));

        var list = await helpdesk.GetAsync(provider.Home + "/assistance/recherches");
        Assert.Contains("Messagerie", list.Html.QuerySelector("tbody")!.TextContent);
        Assert.Contains(town.Name, list.Html.QuerySelector("tbody")!.TextContent);
        var address = list.Html.QuerySelector("tbody a")!.GetAttribute("href")!;
        var ticket = await helpdesk.GetAsync(address);
        Assert.Contains(Words, ticket.Text);
        Assert.DoesNotContain("Quintrec", ticket.Text + list.Text);
        Assert.DoesNotContain("eulalie", ticket.Text + list.Text);
        var answer = Forms.Of(ticket).Single();
        var withdrawn = await helpdesk.PostAsync(answer.Action, answer.With(("Form.Result", "WITHDRAWN"), ("Form.Text", "Non.")));
        Assert.Equal(HttpStatusCode.BadRequest, withdrawn.Status);
        var done = await helpdesk.PostAsync(answer.Action, answer.With(("Form.Result", "FOUND"), ("Form.By", "Exploitation"), ("Form.Text", Found)));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        // Sent again, it is late: the answer stands.
        Assert.Equal(HttpStatusCode.Conflict, (await helpdesk.PostAsync(answer.Action, answer.With(("Form.Result", "NOTHING"), ("Form.By", "Exploitation")))).Status);

        var file = await correspondent.GetAsync(home);
        Assert.Contains(Found, file.Html.QuerySelector("#recherches")!.TextContent);
        Assert.Contains("Exploitation", file.Html.QuerySelector("#recherches")!.TextContent);
        Assert.Equal(1, await CountAsync("select count(*) from app.notice n join app.alert a on a.organisation_id = n.organisation_id and a.id = n.alert_id where a.organisation_id = @Id and a.code = 'AL_RIGHTS_SEARCH_DONE'", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'REQUEST_SEARCH_ANSWERED' and role = 'PROCESSOR_HELPDESK' and person_id is not null", town));
        Assert.Equal(0, await CountAsync("select count(*) from history.event where organisation_id = @Id and object_type = 'RIGHTS_REQUEST'", provider));
        // Once the person has her answer, the help desk has nothing left of it.
        await Citizen.ActAsync(correspondent, home, "retirer", ("Form.Reason", "Elle l’a écrit."));
        Assert.Equal(HttpStatusCode.NotFound, (await helpdesk.GetAsync(address)).Status);
        Assert.Empty((await helpdesk.GetAsync(provider.Home + "/assistance/recherches")).Html.QuerySelectorAll("tbody a"));
    }

    [Fact]
    [Trait("S", "50")]
    public async Task Every_other_provider_finds_nothing_and_the_commune_s_own_people_have_no_help_desk()
    {
        var (town, provider, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (_, search) = await TownRequest.AskedOfProviderAsync(registry, town, provider, Words);
        await TownProviderRequest.ConventionAsync(registry, town, other);  // another provider of the same commune
        using var stranger = await other.EnterAsync("HELPDESK_AGENT");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{other.Home}/assistance/recherches/{search}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"{provider.Home}/assistance/recherches/{search}")).Status);
        Assert.Empty((await stranger.GetAsync($"{other.Home}/assistance/recherches")).Html.QuerySelectorAll("tbody a"));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync($"{town.Home}/assistance/recherches")).Status);
    }

    [Fact]
    [Trait("S", "50")]
    public async Task The_database_lets_the_help_desk_answer_and_do_nothing_else()
    {
        var (town, provider) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (_, search) = await TownRequest.AskedOfProviderAsync(registry, town, provider, Words);
        var (_, own) = await TownRequest.SearchedAsync(registry, town);
        var agent = await provider.AppointAsync("HELPDESK_AGENT");
        Assert.Equal([search], await registry.WorkAsync(Scope.ForPerson(agent), async (db, _) => (await (await db.OpenAsync()).QueryAsync<Guid>("select id from rights_request_search")).ToList()));
        Assert.Equal(0, await registry.WorkAsync(Scope.ForPerson(agent), async (db, _) => await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from rights_request")));
        Assert.Equal(0, await ChangeAsync("update rights_request_search set state = 'NOTHING', searched_on = current_date where id = @own"));
        // Not without its line in the chain of the commune, not another word of what was asked, not withdrawn, not a line of its own.
        foreach (var change in new[]
                 {
                     "update rights_request_search set state = 'NOTHING', searched_on = current_date where id = @search",
                     "update rights_request_search set state = 'NOTHING', searched_on = current_date, place = 'Ailleurs' where id = @search",
                     "update rights_request_search set state = 'WITHDRAWN' where id = @search",
                     "insert into rights_request_search select organisation_id, gen_random_uuid(), request_id, 99, record_id, system_id, asked_of, unit_id, keeper_id, convention_id, due_on, state, searched_on, content, version, asked_at, asked_by, updated_at, updated_by, provider_id, place, body_name, body_reference from rights_request_search where id = @search",
                 })
            await Assert.ThrowsAsync<PostgresException>(() => ChangeAsync(change));

        Task<int> ChangeAsync(string sql) => registry.WorkAsync(Scope.ForPerson(agent), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(sql, new { search, own }));
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
