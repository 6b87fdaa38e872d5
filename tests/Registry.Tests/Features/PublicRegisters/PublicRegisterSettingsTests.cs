using System.Net;
using Dapper;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.PublicRegisters;

/// <summary>Who decides what citizens read (F33), and that they read it at once.</summary>
[Trait("Kind", "pages")]
public sealed class PublicRegisterSettingsTests(RegistryFixture registry)
{
    [Fact]
    public async Task The_representative_opens_the_register_and_whoever_writes_chooses_the_names()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Processors.Processors = [new() { Name = "Société Xénon" }]);
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var auditor = await town.EnterAsync("AUDITOR");
        using var citizen = registry.Browse();
        var (settings, sheet) = ($"{town.Home}/registre-public", $"/c/{town.Slug}/registre/{reference}");

        // Not asked of the correspondent, and not heard when she posts it all the same.
        var hers = await correspondent.GetAsync(settings);
        Assert.Null(hers.Html.QuerySelector("[name='Form.Enabled']"));
        var names = await correspondent.PostAsync(settings, Forms.Of(hers).Single().With(("Form.Enabled", "true"), ("Form.ShowProcessorNames", "true")));
        Assert.True(names.Status == HttpStatusCode.Redirect, names.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(sheet)).Status);

        var his = Forms.Of(await mayor.GetAsync(settings)).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(settings, his.With(("Form.Enabled", "true"), ("Form.ShowProcessorNames", "true")))).Status);
        Assert.Contains("Société Xénon", (await citizen.GetAsync(sheet)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await mayor.PostAsync(settings, his.With(("Form.Enabled", "false"), ("Form.ShowProcessorNames", "false")))).Status);
        var again = Forms.Of(await mayor.GetAsync(settings)).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await mayor.PostAsync(settings, again.With(("Form.ShowProcessorNames", "false")))).Status);
        Assert.DoesNotContain("Xénon", (await citizen.GetAsync(sheet)).Text);

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync(settings, [.. his.With().Where(field => field.Name != "__RequestVerificationToken"), .. Token(await auditor.GetAsync(settings))])).Status);
        await using var super = await registry.SuperuserAsync();
        Assert.Equal(3, await super.ExecuteScalarAsync<int>("select count(*) from history.event where organisation_id = @Id and action = @Code", new { town.Id, Actions.PublicRegisterChanged.Code }));
    }

    [Fact]
    public async Task A_sheet_is_hidden_with_a_reason_and_shown_again_and_its_history_says_both()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        var reference = await town.AddPublishedRecordAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var citizen = registry.Browse();
        var (page, sheet) = ($"{town.Home}/registre-public/{reference}", $"/c/{town.Slug}/registre/{reference}");
        var form = Forms.Of(await correspondent.GetAsync(page)).Single();
        var refused = await correspondent.PostAsync(page, form.With(("Form.Reason", "  ")));
        Assert.Contains("Indiquez pourquoi", refused.Text);
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync(sheet)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(page, form.With(("Form.Reason", "Enquête en cours")))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(sheet)).Status);
        Assert.DoesNotContain(reference, await (await citizen.GetAsync($"/c/{town.Slug}/registre.json")).Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        // A new version does not lift the decision; the form of before meets it.
        await town.PublishAsync(registry, reference);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync(sheet)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(page, form.With(("Form.Reason", "Encore")))).Status);
        Assert.Contains("Enquête en cours", (await correspondent.GetAsync($"{town.Home}/registre-public")).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(page, Forms.Of(await correspondent.GetAsync(page)).Single().With())).Status);
        Assert.Equal(HttpStatusCode.OK, (await citizen.GetAsync(sheet)).Status);
        var history = (await correspondent.GetAsync($"{town.Home}/traitements/{reference}/historique")).Text;
        Assert.Contains("Fiche masquée du registre public", history);
        Assert.Contains("Fiche remise dans le registre public", history);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}/registre-public/{await town.AddRecordAsync()}")).Status);
    }

    private static IEnumerable<(string, string)> Token(Answer page) =>
        page.Html.QuerySelectorAll("[name=__RequestVerificationToken]").Take(1).Select(field => ("__RequestVerificationToken", field.GetAttribute("value")!));
}
