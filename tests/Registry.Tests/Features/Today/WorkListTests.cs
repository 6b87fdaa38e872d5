using System.Net;
using Dapper;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Ageing;
using Registry.Features.Shared;
using Registry.Features.Today;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Today;

/// <summary>What stands where on the one list, and how long a line may wait.</summary>
public sealed class WorkLineTests
{
    private static readonly DateOnly Today = new(2026, 6, 11);
    private static readonly Guid Me = Guid.NewGuid(), Colleague = Guid.NewGuid();

    private static WorkLine Line => new()
    {
        Kind = WorkKind.Record, OrganisationId = Guid.Empty, Slug = "a", Organisation = "A", ObjectType = "RECORD", ObjectId = Guid.Empty, Title = "État civil", Reference = "Fiche T-0001", Path = "/o/a/traitements/T-0001",
        Disc = 1, State = "Soumise",
    };

    private static WorkMark Mark => new() { OrganisationId = Guid.Empty, ObjectType = "RECORD", ObjectId = Guid.Empty, MarkedBy = "Anne", Version = 1 };

    [Theory]
    [InlineData(-1, "Dépassé")]
    [InlineData(0, "Aujourd’hui")]
    [InlineData(1, "Demain")]
    [InlineData(2, "Sous 7 jours")]
    [InlineData(7, "Sous 7 jours")]
    [InlineData(8, "Sous 30 jours")]
    [InlineData(30, "Sous 30 jours")]
    [InlineData(31, "Plus tard")]
    public void A_line_stands_under_the_days_that_it_has_left(int days, string group) => Assert.Equal(group, (Line with { DueOn = Today.AddDays(days) }).Group(Today));

    [Fact]
    public void What_has_no_day_stands_last_and_what_runs_by_the_hour_first()
    {
        Assert.Equal(WorkLine.Groups[^1], Line.Group(Today));
        Assert.Equal(WorkLine.Groups[0], (Line with { DueAt = DateTimeOffset.UtcNow, DueOn = Today.AddDays(40) }).Group(Today));
    }

    [Fact]
    public void A_line_waits_never_past_its_last_day_a_week_once_it_is_over_and_not_at_all_while_72_hours_run()
    {
        Assert.Equal(Today.AddDays(12), (Line with { DueOn = Today.AddDays(12) }).MayWaitUntil(Today));
        Assert.Equal(Today.AddDays(7), (Line with { DueOn = Today }).MayWaitUntil(Today));
        Assert.Equal(Today.AddDays(7), (Line with { DueOn = Today.AddDays(-40) }).MayWaitUntil(Today));
        Assert.Equal(Today.AddDays(90), Line.MayWaitUntil(Today));
        Assert.Null((Line with { DueAt = DateTimeOffset.UtcNow }).MayWaitUntil(Today));
    }

    [Fact]
    public void What_was_handed_over_is_hers_who_took_it_whoever_has_the_role()
    {
        var handed = Line with { Turn = true, Mark = Mark with { AssignedTo = Colleague, AssignedName = "Luc" } };
        Assert.True((Line with { Turn = true }).IsFor(Me));
        Assert.False(handed.IsFor(Me));
        Assert.True(handed.IsFor(Colleague));
    }

    [Fact]
    public void What_I_put_off_leaves_my_list_until_the_day_and_nobody_elses()
    {
        var waits = Line with { Mark = Mark with { PutOffUntil = Today.AddDays(3), PutOffBy = Me, Reason = "congés" } };
        Assert.True(waits.IsPutOff(Me, Today));
        Assert.False(waits.IsPutOff(Colleague, Today));
        Assert.False(waits.IsPutOff(Me, Today.AddDays(3)));
    }

    [Theory]
    [InlineData(3, "réunion vendredi", null)]
    [InlineData(13, "réunion", "Form.Until")]
    [InlineData(0, "réunion", "Form.Until")]
    [InlineData(3, null, "Form.Reason")]
    [InlineData(null, "réunion", "Form.Until")]
    public void Putting_off_takes_a_day_that_is_left_and_a_reason(int? days, string? reason, string? field)
    {
        var form = new MarkForm { Until = DateParts.From(days is { } ahead ? Today.AddDays(ahead) : null), Reason = reason };
        var errors = new ModelStateDictionary();
        var mark = form.Check(errors, Line with { DueOn = Today.AddDays(12) }, [], Today, Me, "Anne");
        Assert.Equal(field, errors.FirstOrDefault(entry => entry.Value!.Errors.Count > 0).Key);
        Assert.Equal(field is null, mark is not null);
    }
}

[Trait("Kind", "pages")]
public sealed class WorkListPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_officers_day_is_one_list_of_breaches_requests_and_records_with_their_next_act()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync(complete: true);
        var breach = await TownBreach.AddAsync(registry, town);
        var request = await TownRequest.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        var page = await officer.GetAsync("/");
        var table = Assert.Single(page.Html.QuerySelectorAll("table.work"));
        foreach (var path in new[] { $"/violations/{breach}", $"/demandes/{request}", "/traitements/T-0001" }) Assert.NotNull(table.QuerySelector($".title a[href='{town.Home}{path}']"));
        Assert.Equal("Délai de 72 heures en cours", table.QuerySelector("h2")!.FirstChild!.TextContent.Trim().Replace('\u00a0', ' '));
        var only = await officer.GetAsync("/?quoi=demandes");
        Assert.Null(only.Html.QuerySelector($"table.work .title a[href*='/violations/']"));
        Assert.NotNull(only.Html.QuerySelector($"table.work .title a[href='{town.Home}/demandes/{request}']"));
        // A filter is kept until everything is asked for.
        Assert.Null((await officer.GetAsync("/")).Html.QuerySelector($"table.work .title a[href*='/violations/']"));
        await officer.GetAsync("/?voir=tout");
        Assert.NotNull((await officer.GetAsync("/")).Html.QuerySelector($"table.work .title a[href*='/violations/']"));
        // The correspondent's own list is the same one, of her town.
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.NotNull((await correspondent.GetAsync(town.Home)).Html.QuerySelector($"table.work .title a[href='{town.Home}/demandes/{request}']"));
    }

    [Fact]
    public async Task A_line_is_handed_over_and_put_off_with_a_reason_and_the_history_says_so()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync(complete: true);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await officer.GetAsync(await LinkAsync(town, reference));
        var colleague = page.Html.QuerySelectorAll("select option").Select(one => one.GetAttribute("value")).Last(value => !string.IsNullOrEmpty(value))!;
        var inAWeek = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(5);
        (string, string)[] typed = [("Form.Until.Day", $"{inAWeek.Day}"), ("Form.Until.Month", $"{inAWeek.Month}"), ("Form.Until.Year", $"{inAWeek.Year}")];
        var refused = await officer.PostAsync(page.Path, Forms.Of(page).Single().With(typed));
        Assert.Contains("Dites pourquoi la ligne peut attendre.", refused.Text);
        Assert.Equal($"{inAWeek.Year}", refused.Html.QuerySelector("[name='Form.Until.Year']")!.GetAttribute("value"));
        var saved = await officer.PostAsync(page.Path, Forms.Of(page).Single().With([("Form.To", colleague), ("Form.Reason", "le service répond vendredi"), .. typed]));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Null((await officer.GetAsync("/")).Html.QuerySelector($"table.work a[href='{town.Home}/traitements/{reference}']"));
        Assert.NotNull((await officer.GetAsync("/?voir=reporte")).Html.QuerySelector($"table.work a[href='{town.Home}/traitements/{reference}']"));
        await officer.GetAsync("/?voir=tout");
        Assert.Contains("le service répond vendredi", (await correspondent.GetAsync(town.Home)).Text);
        Assert.Contains("Ligne de la liste confiée ou reportée", (await officer.GetAsync($"{town.Home}/traitements/{reference}/historique")).Text);

        // Two people at once: the second sees what the first decided.
        var late = await officer.PostAsync(page.Path, Forms.Of(page).Single().With([("Form.To", colleague)]));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
    }

    [Fact]
    public async Task A_reason_goes_with_the_request_that_it_is_about()
    {
        var town = await Town.FoundAsync(registry);
        var request = await TownRequest.AddAsync(registry, town);
        using var officer = await town.EnterAsync("DPO");
        await using var connection = await registry.SuperuserAsync();
        var id = await connection.ExecuteScalarAsync<Guid>("select id from app.rights_request where organisation_id = @Id", new { town.Id });
        var page = await officer.GetAsync($"{town.Home}/a-suivre/{id}");
        Assert.Contains(request, page.Text);
        var soon = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);
        var saved = await officer.PostAsync(page.Path, Forms.Of(page).Single().With(("Form.Reason", "Madame Quetzal a promis sa carte"), ("Form.Until.Day", $"{soon.Day}"), ("Form.Until.Month", $"{soon.Month}"), ("Form.Until.Year", $"{soon.Year}")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.detail where details like '%Quetzal%'"));
        await connection.ExecuteAsync(
            """
            set session_replication_role = replica;
            update app.rights_request set status = 'CLOSED', outcome = 'FULL', ended_on = current_date - 1, closed_on = current_date - 1, purge_on = current_date - 1 where organisation_id = @Id;
            set session_replication_role = origin
            """, new { town.Id });
        Assert.True(await registry.Services.GetRequiredService<AgeingRunner>().AgeAsync(town.Id));
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*)::int from app.work_mark where object_id = @id", new { id }));
    }

    [Fact]
    public async Task Another_towns_line_is_not_there()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var link = await LinkAsync(other, await other.AddRecordAsync());
        using var officer = await town.EnterAsync("DPO");
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(link.Replace(other.Home, town.Home, StringComparison.Ordinal))).Status);
    }

    private async Task<string> LinkAsync(Town town, string reference)
    {
        await using var connection = await registry.SuperuserAsync();
        var id = await connection.ExecuteScalarAsync<Guid>("select id from app.processing_record where organisation_id = @Id and number = @number", new { town.Id, number = int.Parse(reference[2..], null) });
        return $"{town.Home}/a-suivre/{id}";
    }
}
