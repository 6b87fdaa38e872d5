using System.Net;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Areas;

/// <summary>A body leaves an area and joins another; who reaches its register follows, on the day.</summary>
[Trait("Kind", "pages")]
public sealed class MembershipTests(RegistryFixture registry)
{
    private static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);

    [Fact]
    [Trait("S", "6")]
    public async Task After_its_last_day_neither_the_officer_nor_her_assistants_reach_the_body()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var officer = await town.EnterAsync("DPO");
        using var assistant = await town.EnterAsync("DPO_ASSISTANT");
        using var executive = await town.EnterAsync("AREA_EXECUTIVE");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");

        var form = Forms.Of(await officer.GetAsync($"{town.Home}/espace/sortie")).Single();
        Assert.Contains("Dites pourquoi", (await officer.PostAsync(form.Action, form.With())).Text);
        Assert.Contains("ne peut pas être passé", (await officer.PostAsync(form.Action, form.With([("Form.Reason", "Fin"), .. Day("Last", Today.AddDays(-1))]))).Text);
        var done = await officer.PostAsync(form.Action, form.With([("Form.Reason", "Fin de la convention"), .. Day("Last", Today)]));
        Assert.True(done.Location == $"/espaces/{town.AreaId}", done.ToString());

        // The last day is served whole, and both histories have it.
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"{town.Home}/traitements/{reference}")).Status);
        var area = await officer.GetAsync($"/espaces/{town.AreaId}");
        Assert.Contains("sortie annoncée", area.Text);
        Assert.Contains(town.Name, area.Html.QuerySelector(".timeline")!.TextContent);
        Assert.Contains("Fin de la convention", area.Html.QuerySelector(".timeline")!.TextContent);
        Assert.Contains("Sortie de l’espace mutualisé", (await mayor.GetAsync($"{town.Home}/journal")).Text);

        await TomorrowAsync(town);
        foreach (var gone in new[] { officer, assistant, executive })
            foreach (var path in new[] { "", "/traitements", $"/traitements/{reference}", "/journal", "/designations" })
                Assert.Equal(HttpStatusCode.NotFound, (await gone.GetAsync(town.Home + path)).Status);
        Assert.DoesNotContain(town.Slug, (await officer.GetAsync("/organismes")).Html.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(town.Slug, (await officer.GetAsync($"/espaces/{town.AreaId}")).Html.Source.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await mayor.GetAsync($"{town.Home}/traitements/{reference}")).Status);
        var offices = await mayor.GetAsync($"{town.Home}/designations");
        Assert.Contains("Aucun délégué n’est en fonction.", offices.Text);
        Assert.Contains("Rejoindre un espace mutualisé", offices.Text);
        // Who comes to the old area later is no business of the body.
        await town.AppointAsync("AREA_EXECUTIVE");
        await using var connection = await registry.SuperuserAsync();
        await SilentlyAsync(connection, "update app.appointment set end_on = current_date - 400 where area_id = @AreaId and kind = 'DPO'; update app.appointment set start_on = current_date where kind = 'AREA_EXECUTIVE' and area_id = @AreaId", town);
        Assert.Contains("Personne DPO", (await mayor.GetAsync($"{town.Home}/designations")).Text);
        await SilentlyAsync(connection, "update app.appointment set start_on = current_date, end_on = null where area_id = @AreaId and kind = 'DPO'", town);
        Assert.DoesNotContain("Personne DPO,", (await mayor.GetAsync($"{town.Home}/designations")).Text);
    }

    [Fact]
    public async Task An_assistant_announced_for_after_the_exit_never_begins()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        await town.AppointAsync("DPO_ASSISTANT");
        await using var connection = await registry.SuperuserAsync();
        await SilentlyAsync(connection, "update app.appointment set start_on = current_date + 30 where organisation_id = @Id and kind = 'DPO_ASSISTANT'", town);
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/espace/sortie")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(form.Action, form.With([("Form.Reason", "Fin"), .. Day("Last", Today)]))).Status);
        Assert.True(await connection.ExecuteScalarAsync<bool>(
            "select start_on = current_date + 30 and end_on = start_on - 1 from app.appointment where organisation_id = @Id and kind = 'DPO_ASSISTANT'", new { town.Id }));
    }

    [Fact]
    public async Task A_body_that_left_joins_another_area_by_the_hand_of_its_own_representative()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        using var officer = await town.EnterAsync("DPO");
        using var next = await other.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        Assert.Empty(Forms.Of(await mayor.GetAsync($"{town.Home}/espace/entree")));  // served for good: nothing to join
        Assert.Equal(HttpStatusCode.NotFound, (await next.GetAsync(town.Home)).Status);

        var leaving = Forms.Of(await officer.GetAsync($"{town.Home}/espace/sortie")).Single();
        await officer.PostAsync(leaving.Action, leaving.With([("Form.Reason", "Fin"), .. Day("Last", Today)]));
        var form = Forms.Of(await mayor.GetAsync($"{town.Home}/espace/entree")).Single();
        Assert.Contains("Confirmez que l’organisme", (await mayor.PostAsync(form.Action, form.With(("Form.Area", $"{other.AreaId}")))).Text);
        Assert.Contains("Un espace sert encore l’organisme", (await mayor.PostAsync(form.Action, form.With([("Form.Area", $"{other.AreaId}"), ("Form.Agreed", "true"), .. Day("Since", Today)]))).Text);
        var done = await mayor.PostAsync(form.Action, form.With(("Form.Area", $"{other.AreaId}"), ("Form.Agreed", "true")));
        Assert.True(done.Location == $"{town.Home}/designations", done.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await next.GetAsync(town.Home)).Status);  // tomorrow

        // An announced exit cannot be put off into the time of the next area.
        leaving = Forms.Of(await officer.GetAsync($"{town.Home}/espace/sortie")).Single();
        Assert.Equal(HttpStatusCode.Conflict, (await officer.PostAsync(leaving.Action, leaving.With(Day("Last", Today.AddDays(5))))).Status);

        await TomorrowAsync(town);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync(town.Home)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(town.Home)).Status);
        Assert.Contains("Entrée dans l’espace mutualisé", (await mayor.GetAsync($"{town.Home}/journal")).Text);
    }

    [Fact]
    public async Task An_officer_serves_from_the_day_the_body_joined()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        await using var connection = await registry.SuperuserAsync();
        await SilentlyAsync(connection, "update app.mutualisation set from_on = '2025-03-10' where organisation_id = @Id", town);
        Assert.Contains("depuis le 10 mars 2025", Plain(await officer.GetAsync(town.Home)));
        Assert.Contains("10 mars 2025", Plain(await officer.GetAsync($"{town.Home}/designations")));
        // Her own start, when that came later.
        await SilentlyAsync(connection, "update app.appointment set start_on = '2025-06-02' where area_id = @AreaId", town);
        Assert.Contains("depuis le 2 juin 2025", Plain(await officer.GetAsync(town.Home)));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task Only_the_area_s_officer_lets_a_body_go_and_only_its_representative_entrusts_it()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        foreach (var kind in TwoTowns.Kinds)
        {
            Assert.Equal(kind == "DPO" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await towns.OfA[kind].GetAsync($"{towns.A.Home}/espace/sortie")).Status);
            Assert.Equal(kind is "LEGAL_REPRESENTATIVE" or "ELECTED_DELEGATE" or "DGS" ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await towns.OfA[kind].GetAsync($"{towns.A.Home}/espace/entree")).Status);
        }
        // The body that leads the area is no member of it.
        Assert.Equal(HttpStatusCode.NotFound, (await towns.OfA["DPO"].GetAsync($"/o/communaute-{towns.A.LeadId:n}/espace/sortie")).Status);
    }

    /// <summary>As if a night had passed: every membership and assistant's day of the town is moved back by one.</summary>
    private async Task TomorrowAsync(Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        await SilentlyAsync(connection, "update app.mutualisation set from_on = from_on - 1, to_on = to_on - 1 where organisation_id = @Id", town);
        await SilentlyAsync(connection, "update app.appointment set end_on = end_on - 1 where organisation_id = @Id and kind = 'DPO_ASSISTANT'", town);
    }

    /// <summary>The superuser turns time, not the application: it leaves no event.</summary>
    private static Task<int> SilentlyAsync(Npgsql.NpgsqlConnection connection, string sql, Town town) => connection.ExecuteAsync(
        $"begin; set local session_replication_role = replica; {sql}; commit", new { town.Id, town.AreaId });

    private static string Plain(Answer answer) => answer.Text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static (string, string)[] Day(string field, DateOnly day) => [($"Form.{field}.Day", $"{day.Day}"), ($"Form.{field}.Month", $"{day.Month}"), ($"Form.{field}.Year", $"{day.Year}")];
}
