using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Shared;

/// <summary>Nobody opens on an empty page without being told what it is for, what will arrive and whom to ask.</summary>
[Trait("Kind", "pages")]
public sealed class OpeningTests(RegistryFixture registry)
{
    [Theory]
    [InlineData("HELPDESK_AGENT", "Ce compte est celui de l’assistance d’un prestataire", "La file d’assistance porte les demandes d’accès et de restauration")]
    [InlineData("CONTRACT_MANAGER", "Ce compte sert à suivre les conventions", "les incidents à la rubrique")]
    [InlineData("CORRESPONDENT_DELEGATE", "Ce compte porte une délégation du correspondant", "Vos demandes et leur suite sont à la rubrique")]
    [InlineData("AUDITOR", "Ce compte sert à contrôler ou à conseiller", "Aucune tâche n’arrive ici")]
    public async Task Whoever_has_no_record_to_act_on_is_told_what_the_account_is_for(string kind, string purpose, string arrives)
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("DPO");
        using var visit = await town.EnterAsync(kind);
        var page = await visit.GetAsync(town.Home);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var opening = page.Html.QuerySelector("main .empty")!.TextContent;
        Assert.Contains(purpose, opening, StringComparison.Ordinal);
        Assert.Contains(arrives, opening, StringComparison.Ordinal);
        Assert.Contains("Demandez à Personne DPO", opening, StringComparison.Ordinal);
        Assert.DoesNotContain("Rien ne vous attend", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AREA_EXECUTIVE", "Ce compte donne à l’exécutif la vue d’ensemble")]
    [InlineData("PLATFORM_ADMIN", "Ce compte sert à exploiter le registre")]
    public async Task Over_an_area_without_its_records_the_first_page_says_so_and_counts_none(string kind, string purpose)
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync(complete: false);
        using var visit = await town.EnterAsync(kind);
        var today = await visit.GetAsync("/");
        Assert.Contains(purpose, today.Html.QuerySelector("main .empty")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(today.Html.QuerySelectorAll("main .figures"));
        Assert.DoesNotContain("0 fiches", today.Text, StringComparison.Ordinal);
        var bodies = await visit.GetAsync("/organismes");
        Assert.DoesNotContain(bodies.Html.QuerySelectorAll("th"), head => head.TextContent == "Fiches");
    }

    [Theory]
    [InlineData("CORRESPONDENT")]
    [InlineData("SERVICE_CONTRIBUTOR")]
    [InlineData("LEGAL_REPRESENTATIVE")]
    public async Task Whoever_acts_on_records_sees_what_waits(string kind)
    {
        var town = await Town.FoundAsync(registry);
        using var visit = await town.EnterAsync(kind);
        var page = await visit.GetAsync(town.Home);
        Assert.Contains("Ce qui vous attend", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Votre accès", page.Text, StringComparison.Ordinal);
    }
}
