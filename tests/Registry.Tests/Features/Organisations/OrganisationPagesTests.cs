using System.Net;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Organisations;

[Trait("Kind", "pages")]
public sealed class OrganisationPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_commune_is_found_in_the_official_list_and_brought_in_once()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var found = await officer.GetAsync("/organismes/nouveau?q=locmaria plouzane");
        var link = found.Html.QuerySelectorAll("main a.button").First(a => a.TextContent.Contains("Locmaria-Plouzané", StringComparison.Ordinal)).GetAttribute("href")!;
        var chosen = await officer.GetAsync("/organismes/nouveau" + link);
        Assert.Contains("29130", chosen.Text);
        Assert.Contains("Finistère", chosen.Text);
        var form = Forms.Of(chosen).Single();
        var added = await officer.PostAsync("/organismes/nouveau", form.With());
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        Assert.Equal("/o/locmaria-plouzane-29130/designations", added.Location);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(added.Location!)).Status);
        // Sent twice it is the same one; a new form for the same commune is refused.
        Assert.Equal(added.Location, (await officer.PostAsync("/organismes/nouveau", form.With())).Location);
        var again = await officer.PostAsync("/organismes/nouveau", Forms.Of(await officer.GetAsync("/organismes/nouveau" + link)).Single().With());
        Assert.Contains("déjà suivi dans le registre", again.Text);
    }

    [Fact]
    public async Task A_body_that_the_list_does_not_hold_is_described_by_hand()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync("/organismes/nouveau?main=1")).Single();
        var wrong = await officer.PostAsync(form.Action, form.With(("Form.Name", "CCAS d’essai"), ("Form.Siren", "123456789")));
        Assert.Contains("Ce numéro SIREN n’est pas valable", wrong.Text);
        Assert.Contains("Choisissez le type d’organisme", wrong.Text);
        Assert.Contains("Choisissez le territoire", wrong.Text);
        Assert.Equal("123456789", wrong.Html.QuerySelector("[name='Form.Siren']")!.GetAttribute("value"));
        var added = await officer.PostAsync(form.Action, form.With(("Form.Name", "CCAS d’essai"), ("Form.Type", "CCAS"), ("Form.Territory", "REUNION"), ("Form.Siren", "262 901 234")));
        if (added.Status != HttpStatusCode.Redirect) added = await officer.PostAsync(form.Action, form.With(("Form.Name", "CCAS d’essai"), ("Form.Type", "CCAS"), ("Form.Territory", "REUNION")));
        Assert.True(added.Status == HttpStatusCode.Redirect, added.ToString());
        var profile = await officer.GetAsync(added.Location!.Replace("/designations", "/profil"));
        Assert.Contains("Indian/Reunion", profile.Text);
        Assert.Contains("CCAS d’essai", (await officer.GetAsync("/organismes?q=ccas d")).Text);
    }

    [Theory]
    [InlineData("Form.Siren", "123456789", "Ce numéro SIREN n’est pas valable")]
    [InlineData("Form.Siret", "12345678901234", "Ce numéro SIRET n’est pas valable")]
    [InlineData("Form.PostalCode", "2921", "Ce code postal n’est pas valable")]
    [InlineData("Form.Email", "pas une adresse", "Écrivez une adresse électronique complète")]
    [InlineData("Form.Website", "http://exemple.fr", "qui commence par https://")]
    [InlineData("Form.StaffCount", "beaucoup", "")]
    [InlineData("Form.StaffCount", "-3", "Écrivez un nombre de 0")]
    [InlineData("Form.Accent", "rouge", "Choisissez une valeur de la liste.")]
    public async Task A_profile_with_a_wrong_field_is_kept_as_typed_and_not_saved(string field, string typed, string error)
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        var form = Forms.Of(await officer.GetAsync($"{town.Home}/profil")).Single();
        var refused = await officer.PostAsync(form.Action, form.With((field, typed), ("Form.City", "Brest")));
        Assert.NotEqual(HttpStatusCode.Redirect, refused.Status);
        Assert.Contains(error, refused.Text);
        Assert.NotNull(refused.Html.QuerySelector($"main a[href^='#']"));
        if (field != "Form.Accent") Assert.Equal(typed, refused.Html.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
        Assert.Equal("Brest", refused.Html.QuerySelector("[name='Form.City']")!.GetAttribute("value"));
        Assert.DoesNotContain("Brest", (await officer.GetAsync($"{town.Home}/profil")).Html.QuerySelector("main")!.InnerHtml);
    }

    [Fact]
    [Trait("S", "90")]
    public async Task Two_people_who_save_a_profile_lose_nothing()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var (his, hers) = (Forms.Of(await officer.GetAsync($"{town.Home}/profil")).Single(), Forms.Of(await correspondent.GetAsync($"{town.Home}/profil")).Single());
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(his.Action, his.With(("Form.City", "Brest")))).Status);
        var stale = await correspondent.PostAsync(hers.Action, hers.With(("Form.City", "Quimper"), ("Form.Phone", "02 98 00 00 00")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal("Quimper", stale.Html.QuerySelector("[name='Form.City']")!.GetAttribute("value"));
        Assert.Contains("Brest", stale.Text);
        Assert.Equal(HttpStatusCode.Redirect, (await correspondent.PostAsync(hers.Action, Forms.Of(stale).Single().With())).Status);
        var last = await officer.GetAsync($"{town.Home}/profil");
        Assert.Equal("Quimper", last.Html.QuerySelector("[name='Form.City']")!.GetAttribute("value"));
        Assert.Contains("Quimper", (await officer.GetAsync($"{town.Home}/journal")).Text);
    }

    [Fact]
    public async Task A_service_is_added_once_switched_off_and_on()
    {
        var town = await Town.FoundAsync(registry);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/services");
        var added = await correspondent.PressAsync(page, "Ajouter le service", ("Form.Name", "Accueil du public"));
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        page = await correspondent.GetAsync($"{town.Home}/services");
        var twice = await correspondent.PressAsync(page, "Ajouter le service", ("Form.Name", "ACCUEIL DU PUBLIC"));
        Assert.Contains("Un service porte déjà ce nom.", twice.Text);
        Assert.Equal("ACCUEIL DU PUBLIC", twice.Html.QuerySelector("[name='Form.Name']")!.GetAttribute("value"));
        await correspondent.PostAsync($"{town.Home}/services?handler=Switch", Forms.Of(page).First(form => form.Fields.Any(field => field.Name == "active")).With());
        Assert.Contains("non proposé", (await correspondent.GetAsync($"{town.Home}/services")).Text);
        using var delegated = await town.EnterAsync("CORRESPONDENT_DELEGATE");
        Assert.Empty(Forms.Of(await delegated.GetAsync($"{town.Home}/services")));
    }

    [Fact]
    public async Task The_officer_opens_on_what_waits_and_the_correspondent_on_her_commune()
    {
        var town = await Town.FoundAsync(registry);
        using var officer = await town.EnterAsync("DPO");
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var reference = await town.AddRecordAsync(complete: true);
        Assert.Equal(town.Home, (await correspondent.GetAsync("/")).Location);
        var sent = Forms.Of(await correspondent.GetAsync($"{town.Home}/traitements/{reference}/actes/soumettre")).Single();
        await correspondent.PostAsync(sent.Action, sent.With());
        var today = await officer.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, today.Status);
        Assert.Contains(town.Name, today.Text);
        Assert.NotNull(today.Html.QuerySelector($"main a[href*='{town.Slug}/traitements/{reference}']"));
        Assert.NotNull((await officer.GetAsync("/?voir=moi")).Html.QuerySelector($"main a[href*='{town.Slug}/traitements/{reference}']"));
    }
}
