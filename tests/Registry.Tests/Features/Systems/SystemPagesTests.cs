using System.Net;
using AngleSharp.Dom;
using Dapper;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Systems;

/// <summary>Applications and third parties: their pages, and how sheets find them again.</summary>
[Trait("Kind", "pages")]
public sealed class SystemPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task An_application_is_added_once_with_its_vendor_and_changed()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/applications/nouvelle")).Single();
        var empty = await correspondent.PostAsync(form.Action, form.With());
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Contains("Donnez un nom à l’application.", empty.Text);
        Assert.Contains("Dites où l’application est hébergée.", empty.Text);
        var filled = form.With(("Form.Name", "Berger-État civil"), ("Form.Hosting", "FRANCE"), ("Form.Vendor", "Éditeur du Léon"), ("Form.Criticality", "3"),
            ("Form.EndOfLifeOn.Day", "1"), ("Form.EndOfLifeOn.Month", "2"), ("Form.EndOfLifeOn.Year", "2020"), ("Form.Authentication", "TEC_MFA"));
        var added = await correspondent.PostAsync(form.Action, filled);
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal(added.Location, (await correspondent.PostAsync(form.Action, filled)).Location);
        var list = await correspondent.GetAsync($"{town.Home}/applications");
        Assert.Contains("fin de vie", list.Html.QuerySelector("main .late")!.TextContent);
        Assert.Contains("Éditeur du Léon", (await correspondent.GetAsync($"{town.Home}/prestataires")).Text);
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'THIRD_PARTY_ADDED'", town));
        Assert.Equal(1, await CountAsync("select count(*) from history.event where organisation_id = @Id and action = 'SYSTEM_ADDED'", town));

        var other = Forms.Of(await correspondent.GetAsync($"{town.Home}/applications/nouvelle")).Single();
        Assert.Contains("Une application porte déjà ce nom.", (await correspondent.PostAsync(other.Action, other.With(("Form.Name", "BERGER-ÉTAT CIVIL"), ("Form.Hosting", "FRANCE")))).Text);

        var (first, second) = (Forms.Of(await correspondent.GetAsync(added.Location + "/modifier")).Single(), Forms.Of(await correspondent.GetAsync(added.Location + "/modifier")).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(first.Action, first.With(("Form.DataVolume", "40 Go")))).Status);
        var stale = await correspondent.PostAsync(second.Action, second.With(("Form.DataVolume", "50 Go")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("40 Go", stale.Html.QuerySelector("main table")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(second.Action, Forms.Of(stale).Single().With())).Status);
        var details = await correspondent.GetAsync(added.Location!);
        Assert.Contains("50 Go", details.Text);
        Assert.Contains("Application modifiée", details.Text);
        Assert.Contains("Authentification multifacteur", details.Text);
    }

    [Fact]
    public async Task What_a_sheet_names_for_the_first_time_joins_the_lists_and_is_found_again()
    {
        var town = await Town.FoundAsync(registry);
        var (first, second) = (await town.AddRecordAsync(), await town.AddRecordAsync());
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        await NameAsync(correspondent, town, first, "Logiciel de l’état civil", "Éditions du Ponant");
        await NameAsync(correspondent, town, second, "LOGICIEL DE L’ÉTAT CIVIL", "éditions du ponant");
        Assert.Equal(1, await CountAsync("select count(*) from app.information_system where organisation_id = @Id", town));
        Assert.Equal(1, await CountAsync("select count(*) from app.third_party where organisation_id = @Id", town));
        Assert.Equal(2, await CountAsync("select count(*) from app.record_system where organisation_id = @Id and in_draft", town));

        var page = await correspondent.GetAsync($"{town.Home}/traitements/{first}/modifier/sous-traitants");
        Assert.Contains(page.Html.QuerySelectorAll("datalist option"), option => option.GetAttribute("value") == "Logiciel de l’état civil");
        var list = await correspondent.GetAsync($"{town.Home}/applications");
        var details = await correspondent.GetAsync(list.Html.QuerySelector("main table a")!.GetAttribute("href")!);
        Assert.Contains(first, details.Html.QuerySelector("#usages")!.TextContent);
        Assert.Contains(second, details.Html.QuerySelector("#usages")!.TextContent);

        // Renamed, it bears its new name in every working sheet; each says so in its own history.
        var form = Forms.Of(await correspondent.GetAsync(details.Path + "/modifier")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(("Form.Name", "Nouvel état civil"), ("Form.Hosting", "FRANCE")))).Status);
        Assert.Contains("Nouvel état civil", (await correspondent.GetAsync($"{town.Home}/traitements/{second}")).Text);
        Assert.DoesNotContain("LOGICIEL DE L’ÉTAT CIVIL", (await correspondent.GetAsync($"{town.Home}/traitements/{second}")).Html.QuerySelector("#sous-traitants")!.TextContent);
        Assert.Contains("Nouvel état civil", (await correspondent.GetAsync($"{town.Home}/traitements/{first}/historique")).Text);

        // Taken out of the sheet, the link goes; the thing stays, and is switched off rather than deleted.
        page = await correspondent.GetAsync($"{town.Home}/traitements/{first}/modifier/sous-traitants");
        page = await correspondent.PostAsync(page.Path, [.. Forms.Of(page).Single().With().Where(field => field.Name != "next"), ("rows", "remove:Systems:0")]);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(page.Path, Forms.Of(page).Single().With(("next", "back")))).Status);
        Assert.Equal(1, await CountAsync("select count(*) from app.record_system where organisation_id = @Id and in_draft", town));
        details = await correspondent.GetAsync(details.Path);
        var off = Forms.Of(details).Single(one => one.Fields.Any(field => field.Name == "active"));
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(off.Action, off.With())).Status);
        page = await correspondent.GetAsync($"{town.Home}/traitements/{first}/modifier/sous-traitants");
        Assert.DoesNotContain(page.Html.QuerySelectorAll("datalist option"), option => option.GetAttribute("value") == "Nouvel état civil");
    }

    [Fact]
    public async Task A_published_version_keeps_the_old_name_and_its_use_is_told_apart()
    {
        var towns = await TwoTowns.FoundAsync(registry, "CORRESPONDENT", "DPO", "SERVICE_CONTRIBUTOR");
        var town = towns.A;
        var (system, _) = await town.AddSystemAsync("Ancien nom");
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Processors.Systems.Add(new() { Name = "Ancien nom", SystemId = system.ToString() }));
        await TwoTowns.PublishAsync(registry, town, reference);
        var draft = await town.AddRecordAsync(change: sheet => sheet.Processors.Systems.Add(new() { Name = "Ancien nom", SystemId = system.ToString() }));
        var correspondent = towns.OfA["CORRESPONDENT"];
        var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/applications/{system}/modifier")).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With(("Form.Name", "Nouveau nom")))).Status);
        Assert.Contains("Nouveau nom", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Html.QuerySelector("#sous-traitants")!.TextContent);
        var version = (await correspondent.GetAsync($"{town.Home}/traitements/{reference}/versions/1")).Text;
        Assert.Contains("Ancien nom", version);
        Assert.DoesNotContain("Nouveau nom", version);
        var uses = (await correspondent.GetAsync($"{town.Home}/applications/{system}")).Html.QuerySelectorAll("#usages tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, uses.Count);
        // Who reads published sheets only learns nothing of drafts here either.
        var seen = (await towns.OfA["SERVICE_CONTRIBUTOR"].GetAsync($"{town.Home}/applications/{system}")).Html.QuerySelector("#usages")!.TextContent;
        Assert.Contains(reference, seen);
        Assert.DoesNotContain(draft, seen);
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "4")]
    public async Task A_link_to_another_town_is_no_link()
    {
        var towns = await TwoTowns.FoundAsync(registry, "DPO");
        var (theirs, ours) = (await TownEvidence.IdsAsync(registry, towns.B), towns.A);
        var reference = await ours.AddRecordAsync(change: sheet =>
        {
            sheet.Processors.Systems.Add(new() { Name = "Emprunté", SystemId = theirs["system"].ToString() });
            sheet.Processors.Processors.Add(new() { Name = "Emprunté", ThirdPartyId = theirs["third party"].ToString() });
        });
        Assert.Equal(0, await CountAsync("select (select count(*) from app.record_system where organisation_id = @Id) + (select count(*) from app.record_third_party where organisation_id = @Id)", ours));
        var before = await TownEvidence.OfAsync(registry, towns.B);
        var officer = towns.OfA["DPO"];
        var form = Forms.Of(await officer.GetAsync($"{ours.Home}/traitements/{reference}/modifier/sous-traitants")).Single();
        var saved = await officer.PostAsync(form.Action, form.With(("Form.Systems[0].SystemId", theirs["system"].ToString()), ("Form.Systems[0].Vendor", "Ailleurs"), ("next", "back")));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        await using var connection = await registry.SuperuserAsync();
        var linked = (await connection.QueryAsync<Guid>("select information_system_id from app.record_system where organisation_id = @Id", new { ours.Id })).Single();
        Assert.NotEqual(theirs["system"], linked);
        Assert.DoesNotContain(theirs["system"].ToString(), await connection.ExecuteScalarAsync<string>("select string_agg(sheet::text, ' ') from app.processing_record where organisation_id = @Id", new { ours.Id }));
        Assert.Equal(before, await TownEvidence.OfAsync(registry, towns.B));
        foreach (var path in new[] { $"applications/{theirs["system"]}", $"applications/{theirs["system"]}/modifier", $"prestataires/{theirs["third party"]}", $"prestataires/{theirs["third party"]}/modifier" })
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"{ours.Home}/{path}")).Status);
        var token = form.Fields.Single(field => field.Name == "__RequestVerificationToken").Value;
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{ours.Home}/applications/{theirs["system"]}?handler=Switch", ("__RequestVerificationToken", token), ("active", "false"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{ours.Home}/prestataires/{theirs["third party"]}?handler=Switch", ("__RequestVerificationToken", token), ("active", "false"))).Status);
        Assert.Equal(before, await TownEvidence.OfAsync(registry, towns.B));
    }

    [Fact]
    public async Task A_third_party_is_checked_and_its_certificates_are_kept()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/prestataires/nouveau");
        page = await correspondent.PostAsync(page.Path, [.. Forms.Of(page).Single().With(), ("rows", "add:Certifications")]);
        var form = Forms.Of(page).Single();
        (string, string)[] right = [("Form.Name", "Hébergeur de l’Ouest"), ("Form.Role", "PROCESSOR"), ("Form.Country", "FR"), ("Form.Contact", "contact@exemple.fr"), ("Form.Certifications[0].Name", "HDS"),
            ("Form.Certifications[0].EndsOn.Day", "1"), ("Form.Certifications[0].EndsOn.Month", "3"), ("Form.Certifications[0].EndsOn.Year", "2026"), ("Form.Siren", "212 902 126")];
        Assert.Contains("Ce numéro SIREN n’est pas valable", (await correspondent.PostAsync(form.Action, form.With([("Form.Siren", "212902127"), .. right[..^1]]))).Text);
        Assert.Contains("doit commencer par le numéro SIREN", (await correspondent.PostAsync(form.Action, form.With([.. right, ("Form.Siret", "35600000049837")]))).Text);
        var added = await correspondent.PostAsync(form.Action, form.With([.. right, ("Form.GroupParentCountry", "US")]));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        var details = (await correspondent.GetAsync(added.Location!)).Text;
        Assert.Contains("HDS", details);
        Assert.Contains("212902126", details);
        Assert.Contains("États-Unis", (await correspondent.GetAsync($"{town.Home}/prestataires")).Text);
        Assert.Contains("certification jusqu’au", (await correspondent.GetAsync($"{town.Home}/prestataires")).Text);
        using var reader = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        Assert.Empty(Forms.Of(await reader.GetAsync(added.Location!)));
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(added.Location + "/modifier")).Status);
    }

    [Fact]
    public async Task An_abandoned_revision_does_not_bring_back_an_old_name()
    {
        var town = await Town.FoundAsync(registry);
        var (system, _) = await town.AddSystemAsync("Ancien nom");
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Processors.Systems.Add(new() { Name = "Ancien nom", SystemId = system.ToString() }));
        await TwoTowns.PublishAsync(registry, town, reference);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        foreach (var act in new[] { "ouvrir-une-revision", "abandonner-la-revision" })
        {
            if (act == "abandonner-la-revision")
            {
                var rename = Forms.Of(await correspondent.GetAsync($"{town.Home}/applications/{system}/modifier")).Single();
                await correspondent.PostAsync(rename.Action, rename.With(("Form.Name", "Nouveau nom")));
            }
            var form = Forms.Of(await correspondent.GetAsync($"{town.Home}/traitements/{reference}/actes/{act}")).Single();
            var done = await correspondent.PostAsync(form.Action, form.With(form.Fields.Any(field => field.Name == "Form.Reason") ? [("Form.Reason", "Une raison assez longue pour être comprise")] : []));
            Assert.True(done.Status == HttpStatusCode.Redirect, done.ToString());
        }
        Assert.Contains("Nouveau nom", (await correspondent.GetAsync($"{town.Home}/traitements/{reference}")).Html.QuerySelector("#sous-traitants")!.TextContent);
    }

    private static async Task NameAsync(Visit visit, Town town, string reference, string system, string processor)
    {
        var page = await visit.GetAsync($"{town.Home}/traitements/{reference}/modifier/sous-traitants");
        foreach (var list in new[] { "Systems", "Processors" })
            page = await visit.PostAsync(page.Path, [.. Forms.Of(page).Single().With().Where(field => field.Name != "next"), ("rows", $"add:{list}")]);
        var saved = await visit.PostAsync(page.Path, Forms.Of(page).Single().With(("Form.Systems[0].Name", system), ("Form.Processors[0].Name", processor), ("next", "back")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
    }

    private async Task<int> CountAsync(string sql, Town town)
    {
        await using var connection = await registry.SuperuserAsync();
        return await connection.ExecuteScalarAsync<int>(sql, new { town.Id });
    }
}
