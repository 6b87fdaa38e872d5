using System.Net;
using AngleSharp.Dom;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Features.ProcessorActivities;

/// <summary>The register of the processor: kept by its own people, read by the controllers it works for, apart from its own records.</summary>
[Trait("Kind", "pages")]
public sealed class ProcessorActivityPagesTests(RegistryFixture registry)
{
    private static readonly (string, string)[] Right =
    [
        ("Form.ControllerName", "Commune voisine"), ("Form.ControllerContact", "mairie@exemple.fr"), ("Form.Convention", "C-001"), ("Form.Categories[0]", "hébergement des données"),
        ("Form.StartOn.Day", "1"), ("Form.StartOn.Month", "3"), ("Form.StartOn.Year", "2025"),
    ];

    [Fact]
    public async Task The_processor_s_own_manager_keeps_the_register_and_sees_nothing_else()
    {
        var town = await Town.FoundAsync(registry);
        using var manager = await town.EnterAsync("CONTRACT_MANAGER");
        var form = Forms.Of(await manager.GetAsync($"{town.Home}/sous-traitance/nouvelle")).Single();
        var empty = await manager.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        foreach (var error in new[] { "Indiquez comment joindre le responsable de traitement.", "Indiquez la convention ou le contrat.", "Indiquez le premier jour." }) Assert.Contains(error, empty.Text);
        Assert.Contains("Dites pour qui vous travaillez.", (await manager.PostAsync(form.Action, form.With([("Form.ControllerName", ""), .. Right[1..]]))).Text);
        Assert.Contains("Ajoutez au moins une catégorie", (await manager.PostAsync(form.Action, form.With([.. Right.Where(field => field.Item1 != "Form.Categories[0]"), ("Form.Categories[0]", " ")]))).Text);
        var added = await manager.PostAsync(form.Action, form.With(Right));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal($"{town.Home}/sous-traitance/ST-0001", added.Location);
        Assert.Equal(added.Location, (await manager.PostAsync(form.Action, form.With(Right))).Location);

        var edit = Forms.Of(await manager.GetAsync(added.Location + "/modifier")).Single();
        var grown = await manager.PostAsync(edit.Action, [.. edit.With().Where(field => field.Name != "next"), ("rows", "add:Instructions")]);
        var saved = await manager.PostAsync(edit.Action, Forms.Of(grown).Single().With(("Form.Instructions[0].Text", "Chiffrer les sauvegardes"), ("Form.Instructions[0].Author", "Directeur général")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        var details = await manager.GetAsync(added.Location!);
        Assert.Contains("Chiffrer les sauvegardes", details.Text);
        Assert.Contains("Décrivez les mesures de sécurité.", details.Text);
        Assert.Contains("hébergement des données", (await manager.GetAsync(added.Location + "/imprimer")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync($"{town.Home}/traitements")).Status);
        Assert.NotNull(details.Html.QuerySelector($"#commune-nav a[href='{town.Home}/sous-traitance']"));

        var end = Forms.Of(await manager.GetAsync(added.Location + "/fin")).Single();
        Assert.Contains("ne peut pas précéder", (await manager.PostAsync(end.Action, end.With(("Form.EndOn.Day", "1"), ("Form.EndOn.Month", "1"), ("Form.EndOn.Year", "2025"), ("Form.Reason", "Rendues")))).Text);
        Assert.Contains("pas encore passé", (await manager.PostAsync(end.Action, end.With(("Form.EndOn.Day", "1"), ("Form.EndOn.Month", "1"), ("Form.EndOn.Year", "2099"), ("Form.Reason", "Rendues")))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(end.Action, end.With(("Form.EndOn.Day", "1"), ("Form.EndOn.Month", "4"), ("Form.EndOn.Year", "2025"), ("Form.Reason", "Rendues puis détruites")))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await manager.GetAsync(added.Location + "/modifier")).Status);
        using var officer = await town.EnterAsync("DPO");
        var history = (await officer.GetAsync(added.Location!)).Text;
        Assert.Contains("Rendues puis détruites", history);
        Assert.Contains("Chiffrer les sauvegardes", history);
    }

    [Fact]
    [Trait("S", "51")]
    public async Task A_controller_reads_the_lines_about_it_and_no_others()
    {
        var (processor, client, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        await processor.AddActivityAsync("Autre commune");
        using var officer = await processor.EnterAsync("DPO");
        await registry.WorkAsync(Registry.Data.Scope.ForOrganisation(processor.Id), async (db, journal) =>
        {
            var visitor = new Registry.Access.Visitor();
            visitor.Is(Guid.Empty, "Test");
            visitor.StandsIn(processor.Organisation);
            journal.Record(new Registry.History.Event(processor.Id, "TEST", "ACTIVITY", null, new Registry.History.EventDetails()));
            return await new Registry.Features.ProcessorActivities.ProcessorActivityStore(db, visitor, TimeProvider.System).AddAsync(Guid.CreateVersion7(), new()
            {
                ControllerOrganisation = client.Id.ToString(), ControllerName = client.Name, ControllerContact = "x", Convention = "C-007", Categories = ["astreinte de nuit"], StartOn = new DateOnly(2025, 1, 1),
            });
        });
        using var correspondent = await client.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{client.Home}/sous-traitance");
        var told = page.Html.QuerySelector("#pour-nous")!.TextContent;
        Assert.Contains("astreinte de nuit", told);
        Assert.Contains(processor.Name, told);
        Assert.DoesNotContain("Autre commune", page.Text);
        // It is the processor's line: not to be opened, let alone changed, from here.
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{client.Home}/sous-traitance/ST-0002")).Status);
        using var elsewhere = await stranger.EnterAsync("DPO");
        Assert.DoesNotContain("astreinte de nuit", (await elsewhere.GetAsync($"{stranger.Home}/sous-traitance")).Text);
        // The processor's own list shows its lines, and no record of its controllers.
        Assert.Null((await officer.GetAsync($"{processor.Home}/sous-traitance")).Html.QuerySelector("#pour-nous"));
    }

    [Fact]
    [Trait("S", "2")]
    public async Task A_controller_out_of_reach_cannot_be_named_by_its_id()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO");
        var officer = towns.OfA["DPO"];
        var form = Forms.Of(await officer.GetAsync($"{towns.A.Home}/sous-traitance/nouvelle")).Single();
        var refused = await officer.PostAsync(form.Action, form.With([.. Right, ("Form.ControllerOrganisation", towns.B.Id.ToString())]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Choisissez une valeur de la liste.", refused.Text);
        var within = await officer.PostAsync(form.Action, form.With([.. Right, ("Form.ControllerOrganisation", towns.A.LeadId.ToString())]));
        Assert.True(within.Status == HttpStatusCode.Redirect, within.ToString());
        Assert.Contains("Communauté de test", (await officer.GetAsync(within.Location!)).Html.QuerySelector("h1")!.TextContent);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("select count(*) from app.processor_activity where controller_id = @Id", new { towns.B.Id }));
        Assert.True(await connection.ExecuteScalarAsync<bool>("select acts_as_processor from app.organisation where id = @Id", new { towns.A.Id }));
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Two_people_who_save_the_same_line_lose_nothing()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _) = await town.AddActivityAsync("Commune voisine");
        using var officer = await town.EnterAsync("DPO");
        using var manager = await town.EnterAsync("CONTRACT_MANAGER");
        var path = $"{town.Home}/sous-traitance/{reference}/modifier";
        var (his, hers) = (Forms.Of(await officer.GetAsync(path)).Single(), Forms.Of(await manager.GetAsync(path)).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(path, his.With(("Form.Convention", "C-002")))).Status);
        var stale = await manager.PostAsync(path, hers.With(("Form.Convention", "C-003")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("C-002", stale.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(path, Forms.Of(stale).Single().With())).Status);
        Assert.Contains("C-003", (await officer.GetAsync($"{town.Home}/sous-traitance/{reference}")).Text);
    }
}
