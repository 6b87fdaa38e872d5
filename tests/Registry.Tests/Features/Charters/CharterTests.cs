using System.Net;
using Dapper;
using Npgsql;
using Registry.Features.Charters;
using Registry.Jobs;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Charters;

/// <summary>The charter: everybody in office signs the version in force, newcomers too, and a new version is to be signed by all (domain §2.11).</summary>
[Trait("Kind", "pages")]
public sealed class CharterTests(RegistryFixture registry)
{
    [Fact]
    public async Task Everybody_in_office_signs_once_a_newcomer_is_expected_and_a_new_version_starts_again()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var helpdesk = await town.EnterAsync("HELPDESK_AGENT");
        using var auditor = await town.EnterAsync("AUDITOR");
        var page = await correspondent.GetAsync(town.Home + "/charte/version");
        var missing = await correspondent.PressAsync(page, "Publier la version", ("Form.Title", "Charte informatique"), ("Form.Body", " "));
        Assert.Contains("Écrivez le texte de la charte.", missing.Text);
        await IssueAsync(correspondent, town, "Chacun garde son mot de passe pour soi.");
        Assert.Equal(1, await CountAsync("select count(*)::int from app.charter_version where organisation_id = @Id", town));
        Assert.Contains("0 signature sur 2", (await correspondent.GetAsync(town.Home + "/charte")).Text);

        foreach (var visit in new[] { correspondent, helpdesk })
        {
            Assert.Contains("À signer", (await visit.GetAsync(town.Home)).Text);
            var sign = await visit.GetAsync(town.Home + "/charte/signer");
            Assert.Contains("Chacun garde son mot de passe pour soi.", sign.Text);
            Assert.Equal(HttpStatusCode.Redirect, (await visit.PressAsync(sign, "SIGNED")).Status);
            await visit.PressAsync(sign, "SIGNED");
            Assert.DoesNotContain("À signer", (await visit.GetAsync(town.Home)).Text);
        }
        Assert.Equal(2, await CountAsync("select count(*)::int from app.charter_signature where organisation_id = @Id", town));
        Assert.Equal(2, await CountAsync("select count(*)::int from history.event where organisation_id = @Id and action = 'CHARTER_SIGNED'", town));
        Assert.DoesNotContain("À signer", (await auditor.GetAsync(town.Home)).Text);
        Assert.Null((await auditor.GetAsync(town.Home + "/charte/signer")).Html.QuerySelector("main form"));

        using var newcomer = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        Assert.Contains("À signer", (await newcomer.GetAsync(town.Home)).Text);
        var signers = (await correspondent.GetAsync(town.Home + "/charte")).Html.QuerySelectorAll("table tbody tr");
        Assert.Equal(3, signers.Length);
        Assert.Contains("Attendue", signers[0].TextContent);
        // A contributor reads how many, not who.
        var counted = await newcomer.GetAsync(town.Home + "/charte");
        Assert.Contains("2 signatures sur 3", counted.Text);
        Assert.Null(counted.Html.QuerySelector("table"));

        var stale = await newcomer.GetAsync(town.Home + "/charte/signer");
        await IssueAsync(correspondent, town, "Chacun garde son mot de passe pour soi et verrouille son écran.");
        var refused = await newcomer.PressAsync(stale, "SIGNED");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("verrouille son écran", refused.Text);
        Assert.Contains("0 signature sur 3", (await correspondent.GetAsync(town.Home + "/charte")).Text);
        Assert.Contains("À signer", (await helpdesk.GetAsync(town.Home)).Text);
    }

    [Fact]
    public async Task A_refusal_needs_its_reason_and_can_still_become_a_signature()
    {
        var town = await Town.FoundAsync(registry);
        await TownCharter.AddAsync(registry, town);
        using var agent = await town.EnterAsync("SERVICE_CONTRIBUTOR");
        using var officer = await town.EnterAsync("DPO");
        var sign = await agent.GetAsync(town.Home + "/charte/signer");
        Assert.Contains("Écrivez pourquoi", (await agent.PressAsync(sign, "REFUSED")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.PressAsync(sign, "REFUSED", ("Form.Reason", "Le point sur les téléphones n’est pas clair."))).Status);
        var list = (await officer.GetAsync(town.Home + "/charte")).Text;
        Assert.Contains("Refusée", list);
        Assert.Contains("n’est pas clair", list);
        Assert.Equal(HttpStatusCode.Redirect, (await agent.PressAsync(await agent.GetAsync(town.Home + "/charte/signer"), "SIGNED")).Status);
        Assert.Contains("Signée", (await officer.GetAsync(town.Home + "/charte")).Text);
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Nobody_signs_for_somebody_else_whatever_statement_tries()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await TownCharter.AddAsync(registry, town);
        var (somebody, me) = (await town.AppointAsync("SERVICE_CONTRIBUTOR"), await town.AppointAsync("CORRESPONDENT"));
        var stranger = await other.AppointAsync("CORRESPONDENT");
        foreach (var (writer, signer) in new[] { (me, somebody), (stranger, stranger) })
            await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Registry.Data.Scope.ForPerson(writer), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(
                "insert into charter_signature (organisation_id, id, version_id, person_id, person_name, decision, signed_at) select @Id, gen_random_uuid(), v, @signer, 'x', 'SIGNED', now() from unnest(@versions) v",
                new { town.Id, signer, versions = new[] { await VersionAsync(town) } })));
    }

    [Fact]
    public async Task A_month_later_the_correspondent_hears_how_many_have_not_signed()
    {
        var town = await Town.FoundAsync(registry);
        await TownCharter.AddAsync(registry, town);
        await town.AppointAsync("CORRESPONDENT");
        Task<IReadOnlyList<DueAlert>> ListAsync(int days) => registry.WorkAsync(Registry.Data.Scope.ForOrganisation(town.Id), (db, _) =>
            new CharterAlerts(db).ListAsync(AlertDay.At(town.Id, town.Slug, "Europe/Paris", DateTimeOffset.UtcNow.AddDays(days))));
        Assert.Empty(await ListAsync(20));
        var due = Assert.Single(await ListAsync(31));
        Assert.Equal("Version 1 · 1", due.Subject);
    }

    private static async Task IssueAsync(Visit visit, Town town, string text)
    {
        var page = await visit.GetAsync(town.Home + "/charte/version");
        var form = Forms.Of(page).Single();
        var filled = form.With(("Form.Title", "Charte informatique"), ("Form.Body", text));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.PostAsync(form.Action, filled)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await visit.PostAsync(form.Action, filled)).Status);
    }

    private async Task<Guid> VersionAsync(Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<Guid>("select id from app.charter_version where organisation_id = @Id", new { town.Id });
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
