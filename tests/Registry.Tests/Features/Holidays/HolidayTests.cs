using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Access;
using Registry.Data;
using Registry.Deadlines;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Holidays;

/// <summary>A day that the calendar of a territory has wrong, corrected for everybody there.</summary>
[Trait("Kind", "pages")]
public sealed class HolidayTests(RegistryFixture registry)
{
    private static (string, string)[] Correction(string territory, DateOnly day, string meaning, string name) =>
    [
        ("Form.Territory", territory), ("Form.Day.Day", $"{day.Day}"), ("Form.Day.Month", $"{day.Month}"), ("Form.Day.Year", $"{day.Year}"), ("Form.Is", meaning), ("Form.Name", name), ("Form.Reason", "Usage constant"),
    ];

    [Fact]
    public async Task A_correction_moves_the_deadline_of_a_request_that_runs_until_it_is_withdrawn()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await TownRequest.AddAsync(registry, town);
        await using var connection = await registry.SuperuserAsync();
        // A territory of its own, so that no other test counts with it.
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            journal.Record(new Registry.History.Event(town.Id, "TEST", "ORGANISATION", town.Id, new()));
            return await (await db.OpenAsync()).ExecuteAsync("update organisation set territory = 'SAINT_BARTHELEMY', time_zone = 'America/St_Barthelemy' where id = @Id", new { town.Id });
        });
        var recount = registry.Services.GetRequiredService<RequestRecount>();
        var received = await connection.ExecuteScalarAsync<DateOnly>("select received_on from app.rights_request where organisation_id = @Id", new { town.Id });
        var plain = RequestClock.Compute(received, HolidayCalendar.For("SAINT_BARTHELEMY"), [], null).Due.DueOn;
        using var admin = await town.EnterAsync("PLATFORM_ADMIN");

        var page = await admin.GetAsync("/jours-feries/correction");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var done = await admin.PressAsync(page, "Corriger ce jour", Correction("SAINT_BARTHELEMY", plain, "ferie", "fête du port"));
        Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());

        await recount.WorkAsync(TestContext.Current.CancellationToken);
        var moved = await DueOnAsync();
        Assert.True(moved > plain, $"{moved} after {plain}");
        using var officer = await town.EnterAsync("DPO");
        Assert.Contains("fête du port", (await officer.GetAsync($"{town.Home}/demandes/{reference}")).Text);
        var list = await admin.GetAsync("/jours-feries?territoire=SAINT_BARTHELEMY");
        Assert.Contains("fête du port", list.Text);
        Assert.Contains("Usage constant", list.Text);
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = @Id and action = 'REQUEST_RECOUNTED'", new { town.Id }));

        Assert.Equal(HttpStatusCode.Redirect, (await admin.PressAsync(list, $"Retirer {Registry.Features.Shared.Dates.Full(plain)}")).Status);
        await recount.WorkAsync(TestContext.Current.CancellationToken);
        Assert.Equal(plain, await DueOnAsync());
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("select count(*)::int from history.event where organisation_id = '00000000-0000-0000-0000-000000000000' and action like 'HOLIDAY%' and object_id in (select id from app.holiday_correction where territory = 'SAINT_BARTHELEMY')"));

        Task<DateOnly> DueOnAsync() => connection.ExecuteScalarAsync<DateOnly>("select due_on from app.rights_request where organisation_id = @Id", new { town.Id });
    }

    [Fact]
    public async Task Saint_Martin_keeps_28_May_and_a_day_is_corrected_once()
    {
        var town = await Town.FoundAsync(registry);
        using var admin = await town.EnterAsync("PLATFORM_ADMIN");
        var page = await admin.GetAsync("/jours-feries/correction");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PressAsync(page, "Corriger ce jour", Correction("SAINT_MARTIN", new(2031, 5, 28), "ferie", "abolition de l’esclavage"))).Status);
        page = await admin.GetAsync("/jours-feries/correction");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PressAsync(page, "Corriger ce jour", Correction("SAINT_MARTIN", new(2031, 5, 27), "ouvre", "date du code"))).Status);
        page = await admin.GetAsync("/jours-feries/correction");
        Assert.Contains("déjà une correction", (await admin.PressAsync(page, "Corriger ce jour", Correction("SAINT_MARTIN", new(2031, 5, 28), "ferie", "encore"))).Text);

        await using var connection = await registry.SuperuserAsync();
        var calendar = HolidayCalendar.For("SAINT_MARTIN", corrections: (await connection.ExecuteScalarAsync<string[]>("select app.holidays_of('SAINT_MARTIN')"))!.Select(HolidayCorrection.Parse));
        Assert.True(calendar.IsWorkingDay(new(2031, 5, 27)));
        Assert.False(calendar.IsWorkingDay(new(2031, 5, 28)));
        Assert.Equal("abolition de l’esclavage 28 mai", calendar.On(new(2031, 5, 28))!.French);
        Assert.False(calendar.IsWorkingDay(new(2030, 5, 27)));
    }

    [Theory]
    [InlineData("METRO", 14, 7, 2032, "ferie", "connaît déjà ce jour")]
    [InlineData("METRO", 15, 7, 2032, "ouvre", "il n’y a rien à corriger")]
    [InlineData("MARS", 15, 7, 2032, "ferie", "Choisissez une valeur de la liste")]
    [InlineData("METRO", 15, 7, 1932, "ferie", "entre 2000 et 2099")]
    public async Task What_is_no_correction_is_refused_by_its_field(string territory, int day, int month, int year, string meaning, string message)
    {
        var town = await Town.FoundAsync(registry);
        using var admin = await town.EnterAsync("PLATFORM_ADMIN");
        var page = await admin.GetAsync("/jours-feries/correction");
        var refused = await admin.PressAsync(page, "Corriger ce jour", Correction(territory, new(year, month, day), meaning, "Jour d’essai"));
        Assert.Contains(message, refused.Text);
        Assert.Contains("Jour d’essai", refused.Html.Source.Text);
    }

    [Fact]
    public async Task An_officer_reads_the_calendar_and_corrects_nothing()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/jours-feries")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/jours-feries/correction")).Status);
        // The wall behind the page: the database takes no correction from her.
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(
            "insert into holiday_correction (id, territory, day, is_holiday, name, reason, made_at, made_by) values (gen_random_uuid(), 'METRO', '2031-01-02', true, 'x', 'x', now(), 'x')")));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.Forbidden, (await correspondent.GetAsync("/jours-feries")).Status);
    }
}
