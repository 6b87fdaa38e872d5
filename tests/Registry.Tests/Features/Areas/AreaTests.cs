using System.Net;
using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Areas;

/// <summary>How a new territory begins: the operator opens an area, its officer is invited and brings her communes in.</summary>
[Trait("Kind", "pages")]
public sealed class AreaTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_operator_opens_an_area_and_its_officer_is_invited()
    {
        var town = await Town.FoundAsync(registry);
        var admin = await town.EnterAsync("PLATFORM_ADMIN");
        var lead = Guid.CreateVersion7();
        await registry.WorkAsync(Scope.Platform, async (db, journal) =>
        {
            var connection = await db.OpenAsync();
            journal.Record(new Event(lead, "TEST", "ORGANISATION", lead, new EventDetails()));
            return await connection.ExecuteAsync(
                "insert into organisation (id, slug, name, type, territory, time_zone) values (@lead, @slug, 'Communauté neuve', 'COMMUNAUTE_COMMUNES', 'METRO', 'Europe/Paris')",
                new { lead, slug = "neuve-" + lead.ToString("n") });
        });

        var page = await admin.GetAsync("/espaces/nouveau");
        Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        var refused = await admin.PressAsync(page, "Ouvrir l’espace et inviter le délégué", ("Form.Name", ""));
        Assert.Contains("Donnez un nom à l’espace.", refused.Text);
        var opened = await admin.PressAsync(page, "Ouvrir l’espace et inviter le délégué",
            ("Form.Lead", lead.ToString()), ("Form.Name", "Espace neuf " + town.Id), ("Form.FirstName", "Ada"), ("Form.LastName", "Neuve"),
            ("Form.Email", $"ada-{town.Id:n}@test.example"), ("Form.From.Day", "1"), ("Form.From.Month", "6"), ("Form.From.Year", "2026"));
        Assert.True(opened.Status == HttpStatusCode.Redirect, opened.ToString());

        var list = await admin.GetAsync("/espaces");
        Assert.Contains("Espace neuf " + town.Id, list.Text);
        Assert.Contains("Ada Neuve", list.Text);
    }

    [Fact]
    [Trait("S", "9")]
    public async Task A_body_where_somebody_is_in_office_cannot_be_given_an_officer_by_the_operator()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("CORRESPONDENT");
        var admin = await town.EnterAsync("PLATFORM_ADMIN");

        var page = await admin.GetAsync("/espaces/nouveau");
        Assert.DoesNotContain(town.Id.ToString(), page.Html.Source.Text);
    }

    [Theory]
    [InlineData("DPO")]
    [InlineData("CORRESPONDENT")]
    public async Task Nobody_else_opens_an_area(string kind)
    {
        var town = await Town.FoundAsync(registry);
        var visitor = await town.EnterAsync(kind);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/espaces/nouveau")).Status);
    }

    [Fact]
    [Trait("S", "9")]
    public async Task The_operator_reads_no_register()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        var admin = await town.EnterAsync("PLATFORM_ADMIN");

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(town.Home)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"{town.Home}/traitements")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"{town.Home}/traitements/{reference}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync($"{town.Home}/journal")).Status);
    }
}
