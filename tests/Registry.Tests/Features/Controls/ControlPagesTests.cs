using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Dapper;
using Registry.Facts;
using Registry.Features.Controls;
using Registry.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Controls;

/// <summary>Controls attested of conventions and applications, and corrections applied in time.</summary>
[Trait("Kind", "pages")]
public sealed class ControlPagesTests(RegistryFixture registry)
{
    private static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris")).DateTime);

    private static (string, string)[] On(string field, DateOnly day) =>
        [($"{field}.Day", day.Day.ToString(CultureInfo.InvariantCulture)), ($"{field}.Month", day.Month.ToString(CultureInfo.InvariantCulture)), ($"{field}.Year", day.Year.ToString(CultureInfo.InvariantCulture))];

    private static string Plain(Answer page) => page.Text.Replace('\u00A0', ' ').Replace('\u202F', ' ');

    [Fact]
    [Trait("S", "92")]
    public async Task A_control_is_attested_with_its_parameters_as_plain_fields()
    {
        var town = await Town.FoundAsync(registry);
        var (system, _) = await town.AddSystemAsync("Paie");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/applications/{system}";
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync(at + "/controles/INVENTE")).Status);
        var form = Forms.Of(await correspondent.GetAsync(at + "/controles/PATCH_DELAY")).Single();
        (string, string)[] said = [("Form.Status", "IN_PLACE"), ("Form.AttestedBy", "Service informatique"), .. On("Form.AttestedOn", Today)];
        foreach (var days in new[] { "0", "366", "-3", "soixante", "99999999999999999999" })
        {
            var wrong = await correspondent.PostAsync(form.Action, form.With([.. said, ("Form.P[days]", days)]));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Contains("Écrivez un nombre de 1 à 365.", Plain(wrong));
            Assert.Equal(days, wrong.Html.QuerySelector("[name='Form.P[days]']")!.GetAttribute("value"));
        }
        var none = await correspondent.PostAsync(form.Action, form.With([.. said, .. On("Form.ValidUntil", Today.AddDays(-1))]));
        Assert.Contains("Indiquez cette valeur", none.Text);
        Assert.Contains("L’attestation ne peut pas finir avant d’avoir été donnée.", none.Text);
        Assert.Contains("nommez la preuve", Plain(await correspondent.PostAsync(form.Action, form.With([("Form.Status", "ATTESTED"), ("Form.P[days]", "60"), .. said]))));
        (string, string)[] right = [.. said, ("Form.P[days]", "60"), ("Form.Evidence", "Rapport de novembre"), .. On("Form.ValidUntil", Today.AddDays(20))];
        var added = await correspondent.PostAsync(form.Action, form.With(right));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal(added.Location, (await correspondent.PostAsync(form.Action, form.With(right))).Location);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal("""{"days": 60}""", await connection.ExecuteScalarAsync<string>("select parameters::text from app.control_attestation where organisation_id = @Id", new { town.Id }));
        var page = await correspondent.GetAsync(at);
        Assert.Contains("Rapport de novembre", page.Html.QuerySelector("#controles")!.TextContent);
        Assert.Contains("expire bientôt", page.Html.QuerySelector("#controles")!.TextContent);
        Assert.Contains("Contrôle attesté", page.Text);
        var listed = await correspondent.GetAsync(added.Location!);
        var withdrawal = Forms.Of(listed).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(withdrawal.Action, withdrawal.With())).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.PostAsync(withdrawal.Action, withdrawal.With())).Status);
        Assert.Contains("Aucun contrôle attesté", (await correspondent.GetAsync(at)).Text);
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "4")]
    public async Task The_provider_attests_under_a_convention_that_another_keeps_and_strangers_do_not()
    {
        var (town, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var provider = await Town.FoundAsync(registry);
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "Hébergement", provider.Id, change: sheet => sheet.Security.Controls = [new() { Code = "BACKUP_TIERS", Text = "Sept jours, un mois, six mois", Clause = "art. 3" }]);
        using var officer = await town.EnterAsync("DPO");
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        using var other = await stranger.EnterAsync("DPO");
        Assert.Contains("jamais attesté", (await officer.GetAsync($"{town.Home}/conventions/{reference}/controles")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{stranger.Home}/conventions/{id}/controles")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{stranger.Home}/conventions/{id}/controles/BACKUP_TIERS")).Status);
        var form = Forms.Of(await manager.GetAsync($"{provider.Home}/conventions/{id}/controles/BACKUP_TIERS")).Single();
        var wrong = await manager.PostAsync(form.Action, form.With([("Form.Status", "IN_PLACE"), ("Form.AttestedBy", "Exploitation"), ("Form.P[daily]", "P7D"), ("Form.P[weekly]", "P999Y"), ("Form.P[monthly]", "P6M"), .. On("Form.AttestedOn", Today)]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Choisissez une valeur de la liste.", wrong.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(form.Action, form.With([("Form.Status", "IN_PLACE"), ("Form.AttestedBy", "Exploitation"), ("Form.P[daily]", "P7D"), ("Form.P[weekly]", "P1M"), ("Form.P[monthly]", "P6M"), .. On("Form.AttestedOn", Today)]))).Status);
        var page = await officer.GetAsync($"{town.Home}/conventions/{reference}/controles");
        Assert.Contains("7 jours", Plain(page));
        Assert.Contains(provider.Name, page.Text);
        // The keeper reads it; taking it back is the provider's own.
        Assert.DoesNotContain(Forms.Of(page), one => one.Fields.Any(field => field.Name == "attestation"));
        var withdrawal = Forms.Of(await manager.GetAsync($"{provider.Home}/conventions/{id}/controles")).Single();
        var token = Forms.Of(await officer.GetAsync($"{town.Home}/conventions/{reference}/controles/PSSI")).Single().Fields.Single(field => field.Name == "__RequestVerificationToken").Value;
        Assert.Equal(HttpStatusCode.NotFound, (await officer.PostAsync($"{town.Home}/conventions/{reference}/controles?handler=Withdraw", ("__RequestVerificationToken", token), ("attestation", withdrawal.Fields.Single(field => field.Name == "attestation").Value))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await manager.PostAsync(withdrawal.Action, withdrawal.With())).Status);
    }

    [Fact]
    public async Task A_correction_is_due_sixty_days_after_its_publication_and_is_applied_once()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (system, _) = await town.AddSystemAsync("Paie");
        var (foreign, _) = await other.AddSystemAsync("Ailleurs");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var at = $"{town.Home}/applications/{system}/correctifs";
        Assert.Equal(HttpStatusCode.NotFound, (await correspondent.GetAsync($"{town.Home}/applications/{foreign}/correctifs")).Status);
        var form = Forms.Of(await correspondent.GetAsync(at)).Single();
        var wrong = await correspondent.PostAsync(form.Action, form.With([("Form.Label", "v1"), .. On("Form.PublishedOn", Today.AddDays(-5)), .. On("Form.AppliedOn", Today.AddDays(-6))]));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Un correctif ne s’applique pas avant d’être publié.", wrong.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With([("Form.Label", "v1"), .. On("Form.PublishedOn", Today.AddDays(-61))]))).Status);
        form = Forms.Of(await correspondent.GetAsync(at))[^1];
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(form.Action, form.With([("Form.Label", "v2"), .. On("Form.PublishedOn", Today.AddDays(-60))]))).Status);
        var rows = (await correspondent.GetAsync(at)).Html.QuerySelectorAll("main tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("en retard", rows.Single(row => row.Contains("v1")));
        Assert.DoesNotContain("en retard", rows.Single(row => row.Contains("v2")));
        var apply = Forms.Of(await correspondent.GetAsync(at)).First(one => one.Fields.Any(field => field.Name == "patch"));
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(apply.Action, apply.With())).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await correspondent.PostAsync(apply.Action, apply.With())).Status);
        Assert.Contains("Correctif appliqué", (await correspondent.GetAsync($"{town.Home}/applications/{system}")).Text);
    }

    [Fact]
    public void Every_schema_belongs_to_a_control_and_reads_what_it_wrote()
    {
        var given = new Dictionary<string, Dictionary<string, string?>>
        {
            ["BACKUP_TIERS"] = new() { ["daily"] = "P7D", ["weekly"] = "P1M", ["monthly"] = "P6M" }, ["RESTORE_TEST"] = new() { ["period"] = "P7D" }, ["PATCH_DELAY"] = new() { ["days"] = "60" },
            ["DATACENTRE_TIER"] = new() { ["tier"] = "III", ["country"] = "FR" }, ["WORKSTATION_SYNC"] = new() { ["retention"] = "P90D", ["folders"] = "Bureau, Images" },
            ["TWIN_DATACENTRES"] = new() { ["sites"] = "2", ["networks"] = "2" }, ["CLOUD_REGION"] = new() { ["region"] = "FR" }, ["EU_TERRITORY"] = [],
        };
        foreach (var (code, values) in given)
        {
            Assert.True(ControlChoice.Knows(code), code);
            Assert.Empty(ControlParameters.Faults(code, values, inPlace: true));
            using var document = JsonDocument.Parse(ControlParameters.Write(code, new Dictionary<string, string?>(values) { ["unknown"] = "x" }));
            Assert.Equal(values.Keys.Order(), document.RootElement.EnumerateObject().Select(property => property.Name).Order());
            Assert.Equal(values.Count, ControlParameters.Read(code, document.RootElement.GetRawText(), key => key).Count);
        }
        Assert.All(Vocabulary.Current.Terms("ControlCode").Select(term => term.Code).Except(given.Keys), code => Assert.Empty(ControlParameters.Of(code)));
        Assert.Single(ControlParameters.Faults("TWIN_DATACENTRES", new Dictionary<string, string?> { ["sites"] = "1", ["networks"] = "2" }, true));
        Assert.Single(ControlParameters.Faults("DATACENTRE_TIER", new Dictionary<string, string?> { ["tier"] = "V", ["country"] = "FR" }, true));
        Assert.Single(ControlParameters.Faults("CLOUD_REGION", new Dictionary<string, string?> { ["region"] = "XX" }, true));
        Assert.Equal(FieldKind.Choice, ControlParameters.Describe("RESTORE_TEST", new Dictionary<string, string?>(), key => key).Single().Kind);
    }
}
