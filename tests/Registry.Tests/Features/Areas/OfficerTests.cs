using System.Net;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Areas;

/// <summary>How one officer of an area follows another, by the hand of the operator.</summary>
[Trait("Kind", "pages")]
public sealed class OfficerTests(RegistryFixture registry)
{
    private static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);

    [Fact]
    [Trait("S", "6")]
    public async Task Handing_over_leaves_no_day_without_an_officer_and_no_day_with_two()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var operatorOfAll = await town.EnterAsync("PLATFORM_ADMIN");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(town.Home)).Status);

        var done = await operatorOfAll.PostAsync($"/espaces/{town.AreaId}/delegue", await FieldsAsync(operatorOfAll, town, Today));
        Assert.True(done.Location == $"/espaces/{town.AreaId}", done.ToString());
        await using var connection = await registry.SuperuserAsync();
        var periods = (await connection.QueryAsync<(DateOnly Start, DateOnly? End, string? Reason)>(
            "select start_on, end_on, end_reason from app.appointment where area_id = @AreaId and kind = 'DPO' order by start_on", new { town.AreaId })).ToList();
        Assert.Equal([(new DateOnly(2024, 1, 1), Today.AddDays(-1), "REPLACEMENT"), (Today, null, null)], periods);

        // The very next request of the one who left finds nothing; the one who came is there.
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(town.Home)).Status);
        var person = await connection.ExecuteScalarAsync<Guid>("select person_id from app.appointment where area_id = @AreaId and end_on is null", new { town.AreaId });
        using var successor = await Town.SignInAsync(registry, person, "Ada Relève");
        Assert.Equal(HttpStatusCode.OK, (await successor.GetAsync(town.Home)).Status);

        var page = await operatorOfAll.GetAsync($"/espaces/{town.AreaId}");
        Assert.Contains("Ada Relève", page.Text);
        Assert.DoesNotContain("Sans délégué", page.Text);
        Assert.Contains("Désignation terminée", page.Html.QuerySelector(".timeline")!.TextContent);
        Assert.Contains("Ada Relève", page.Html.QuerySelector(".timeline")!.TextContent);
        Assert.NotNull(page.Html.QuerySelector(".flash a[href$='/compte']"));  // what comes next: invite her
        var account = await operatorOfAll.GetAsync(page.Html.QuerySelector(".flash a[href$='/compte']")!.GetAttribute("href")!);
        Assert.True(account.Status == HttpStatusCode.OK, account.ToString());
    }

    [Fact]
    public async Task Two_operators_at_once_name_one_officer()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("DPO");
        using var operatorOfAll = await town.EnterAsync("PLATFORM_ADMIN");
        var (one, other) = (await FieldsAsync(operatorOfAll, town, Today), await FieldsAsync(operatorOfAll, town, Today.AddDays(1), "Autre"));
        Assert.Equal(HttpStatusCode.Redirect, (await operatorOfAll.PostAsync($"/espaces/{town.AreaId}/delegue", one)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await operatorOfAll.PostAsync($"/espaces/{town.AreaId}/delegue", other)).Status);
        // Read again, the form names whoever comes after: on the same day there is somebody already.
        var overrun = await operatorOfAll.PostAsync($"/espaces/{town.AreaId}/delegue", await FieldsAsync(operatorOfAll, town, Today, "Autre"));
        Assert.Contains("Quelqu’un est déjà désigné à partir de ce jour", overrun.Text);
    }

    [Fact]
    public async Task An_area_without_officer_says_so()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var operatorOfAll = await town.EnterAsync("PLATFORM_ADMIN");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        await using var connection = await registry.SuperuserAsync();
        var office = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where area_id = @AreaId", new { town.AreaId });

        var form = Forms.Of(await operatorOfAll.GetAsync($"/espaces/{town.AreaId}/delegue/{office}/fin")).Single();
        Assert.Contains("Choisissez le motif.", (await operatorOfAll.PostAsync(form.Action, form.With())).Text);
        Assert.Contains("ne peut pas être avant le premier", (await operatorOfAll.PostAsync(form.Action, form.With([("Form.Reason", "DEPARTURE"), .. Day("EndOn", new(2023, 12, 31))]))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await operatorOfAll.PostAsync(form.Action, form.With([("Form.Reason", "DEPARTURE"), .. Day("EndOn", Today)]))).Status);
        var announced = await officer.GetAsync($"/espaces/{town.AreaId}");
        Assert.Contains("Sans délégué à partir du", announced.Text);
        Assert.Contains("L’administrateur de la plateforme nomme le successeur.", announced.Text);

        form = Forms.Of(await operatorOfAll.GetAsync($"/espaces/{town.AreaId}/delegue/{office}/fin")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await operatorOfAll.PostAsync(form.Action, form.With([("Form.Reason", "DEPARTURE"), .. Day("EndOn", Today.AddDays(-3))]))).Status);
        var vacant = await operatorOfAll.GetAsync($"/espaces/{town.AreaId}");
        Assert.Contains("Sans délégué depuis le", vacant.Text);
        Assert.Contains("Nommer le délégué", vacant.Text);
        Assert.Contains("Sans délégué", (await operatorOfAll.GetAsync("/espaces")).Text);
        Assert.Contains("Aucun délégué n’est en fonction.", (await mayor.GetAsync($"{town.Home}/designations")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(town.Home)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await operatorOfAll.GetAsync($"/espaces/{town.AreaId}/delegue/{office}/fin")).Status);
    }

    [Theory]
    [Trait("S", "9")]
    [InlineData("LEGAL_REPRESENTATIVE")]
    [InlineData("PLATFORM_ADMIN")]
    public async Task Who_answers_for_what_is_checked_or_runs_the_platform_is_not_made_its_officer(string kind)
    {
        var town = await Town.FoundAsync(registry);
        using var operatorOfAll = await town.EnterAsync("PLATFORM_ADMIN");
        var barred = await town.AppointAsync(kind);
        var mail = $"{Guid.NewGuid():n}@test.example";
        await using var connection = await registry.SuperuserAsync();
        await connection.ExecuteAsync("begin; set local session_replication_role = replica; update app.person set email = @mail where id = @barred; commit", new { mail, barred });
        var fields = await FieldsAsync(operatorOfAll, town, Today);
        var refused = await operatorOfAll.PostAsync($"/espaces/{town.AreaId}/delegue", [.. fields.Where(field => !field.Name.StartsWith("Form.FirstName", StringComparison.Ordinal) && field.Name is not ("Form.LastName" or "Form.Email")), ("Form.FirstName", "Personne"), ("Form.LastName", kind), ("Form.Email", mail.ToUpperInvariant())]);
        Assert.Contains("Cette personne ne peut pas être déléguée ici", refused.Text);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from app.appointment where area_id = @AreaId", new { town.AreaId }));
    }

    /// <summary>Addresses of an area name no organisation: the walk over organisations does not meet them.</summary>
    [Fact]
    [Trait("S", "2")]
    public async Task An_area_of_others_does_not_exist()
    {
        var towns = await TwoTowns.FoundAsync(registry);
        foreach (var kind in TwoTowns.Kinds.Where(kind => kind != TwoTowns.Admin))
            foreach (var path in new[] { "", "/delegue", $"/delegue/{towns.Address["office"]}/fin" })
            {
                var (foreign, missing) = (await towns.OfB[kind].GetAsync($"/espaces/{towns.A.AreaId}{path}"), await towns.OfB[kind].GetAsync($"/espaces/{Guid.NewGuid()}{path}"));
                Assert.Equal(kind == "DPO" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, foreign.Status);
                Assert.Equal(missing.Status, foreign.Status);
                if (path.Length > 0) Assert.Equal(HttpStatusCode.Forbidden, (await towns.OfA[kind].GetAsync($"/espaces/{towns.A.AreaId}{path}")).Status);
            }
        var own = await towns.OfA["DPO"].GetAsync($"/espaces/{towns.A.AreaId}");
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.DoesNotContain(towns.B.Slug, own.Html.Source.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(towns.B.AreaId.ToString(), (await towns.OfA["DPO"].GetAsync("/espaces")).Html.Source.Text, StringComparison.Ordinal);
        // An office of another area under the address of one's own.
        await using var connection = await registry.SuperuserAsync();
        var theirs = await connection.ExecuteScalarAsync<Guid>("select id from app.appointment where area_id = @AreaId and kind = 'DPO'", new { towns.B.AreaId });
        Assert.Equal(HttpStatusCode.NotFound, (await towns.OfA[TwoTowns.Admin].GetAsync($"/espaces/{towns.A.AreaId}/delegue/{theirs}/fin")).Status);
    }

    private static async Task<(string Name, string Value)[]> FieldsAsync(Visit visit, Town town, DateOnly from, string last = "Relève")
    {
        var page = await visit.GetAsync($"/espaces/{town.AreaId}/delegue");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        return Forms.Of(page).Single().With([("Form.FirstName", "Ada"), ("Form.LastName", last), ("Form.Email", $"{Guid.NewGuid():n}@test.example"), ("Form.ActType", "DELIBERATION"), .. Day("ActDate", new(2026, 1, 5)), .. Day("From", from)]);
    }

    private static (string, string)[] Day(string field, DateOnly day) => [($"Form.{field}.Day", $"{day.Day}"), ($"Form.{field}.Month", $"{day.Month}"), ($"Form.{field}.Year", $"{day.Year}")];
}
