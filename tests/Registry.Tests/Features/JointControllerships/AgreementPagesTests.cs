using System.Net;
using AngleSharp.Dom;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.JointControllerships;

/// <summary>Agreements of article 26, and the sheets that rest on them.</summary>
[Trait("Kind", "pages")]
public sealed class AgreementPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task An_agreement_names_two_parties_and_gives_each_task_to_one_of_them()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/responsabilites-conjointes/nouvelle");
        Assert.Equal(town.Name, page.Html.QuerySelector("[name='Form.Parties[0].Name']")!.GetAttribute("value"));
        page = await correspondent.PostAsync(page.Path, [.. Forms.Of(page).Single().With().Where(field => field.Name != "next"), ("rows", "add:Allocation")]);
        var form = Forms.Of(page).Single();
        (string, string)[] right = [("Form.Subject", "Guichet petite enfance"), ("Form.Parties[1].Name", "CAF du Finistère"), ("Form.ContactPoint", "enfance@exemple.fr"), ("Form.EssencePublished", "Chacun informe les siens."),
            ("Form.Allocation[0].Topic", "RIGHTS"), ("Form.Allocation[0].Party", "CAF du Finistère"), ("Form.StartOn.Day", "1"), ("Form.StartOn.Month", "1"), ("Form.StartOn.Year", "2025")];
        Assert.Contains("Nommez au moins deux responsables conjoints.", (await correspondent.PostAsync(form.Action, form.With([("Form.Parties[1].Name", ""), .. right]))).Text);
        Assert.Contains("Écrivez le nom d’un des responsables conjoints", (await correspondent.PostAsync(form.Action, form.With([("Form.Allocation[0].Party", "Personne"), .. right]))).Text);
        var added = await correspondent.PostAsync(form.Action, form.With(right));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        var details = (await correspondent.GetAsync(added.Location!)).Text;
        Assert.Contains("Demandes de droits", details);
        Assert.Contains("Accord de responsabilité conjointe ajouté", details);
        Assert.Contains("Guichet petite enfance", (await correspondent.GetAsync($"{town.Home}/responsabilites-conjointes")).Text);
    }

    [Fact]
    public async Task A_sheet_that_chooses_an_agreement_meets_V_17_and_follows_its_name()
    {
        var town = await Town.FoundAsync(registry);
        var (_, agreement) = await town.AddActivityAsync("CAF");
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Identification.GdprRole = "JOINT_CONTROLLER");
        var free = await town.AddRecordAsync(complete: true, sheet => (sheet.Identification.GdprRole, sheet.Identification.JointArrangement, sheet.Identification.JointControllers) = ("JOINT_CONTROLLER", "Classeur du secrétariat", ["CAF"]));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Contains("V-17", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Text);
        Assert.DoesNotContain("V-17", (await correspondent.GetAsync($"{town.Home}/traitements/{free}")).Text);
        var page = await correspondent.GetAsync($"{town.Home}/traitements/{reference}/modifier/identification");
        Assert.Contains(page.Html.QuerySelectorAll("datalist option"), option => option.GetAttribute("value") == "Guichet avec CAF");
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(page.Path, Forms.Of(page).Single().With(("Form.JointArrangement", "guichet avec caf"), ("next", "back")))).Status);
        var read = await correspondent.GetAsync($"{town.Home}/traitements/{reference}");
        Assert.DoesNotContain("V-17", read.Text);
        Assert.Contains("CAF", read.Html.QuerySelector("#identification")!.TextContent);
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/responsabilites-conjointes/{agreement}/modifier")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(("Form.Subject", "Guichet unique")))).Status);
        Assert.Contains("Guichet unique", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Html.QuerySelector("#identification")!.TextContent);
        Assert.Contains(reference, (await correspondent.GetAsync($"{town.Home}/responsabilites-conjointes/{agreement}")).Html.QuerySelector("#usages")!.TextContent);
        Assert.DoesNotContain(free, (await correspondent.GetAsync($"{town.Home}/responsabilites-conjointes/{agreement}")).Html.QuerySelector("#usages")!.TextContent);
    }

    [Fact]
    [Trait("S", "2")]
    public async Task An_agreement_of_another_town_is_not_found_and_not_linked()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO");
        var theirs = (await TownEvidence.IdsAsync(registry, towns.B))["agreement"];
        var officer = towns.OfA["DPO"];
        foreach (var path in new[] { "", "/modifier" }) Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{towns.A.Home}/responsabilites-conjointes/{theirs}{path}")).Status);
        await towns.A.AddRecordAsync(change: sheet => sheet.Identification.JointAgreementId = theirs.ToString());
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(0, await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, "select count(*) from app.record_joint_controllership where organisation_id = @Id", new { towns.A.Id }));
    }
}
