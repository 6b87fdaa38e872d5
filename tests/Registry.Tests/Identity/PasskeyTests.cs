using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class PasskeyTests(SignInFixture fixture)
{
    private const string Password = "7kV-mwq9-Txe2-pL";

    [Fact, Trait("S", "34")]
    public async Task A_platform_administrator_opens_her_account_with_a_passkey_and_nothing_else()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var key = new SoftAuthenticator();
        var (visit, email) = await InvitedAsync(host);
        var page = await visit.GetAsync("/second-facteur/nouveau");
        Assert.Null(page.Html.QuerySelector("code.secret"));
        Assert.Equal("/mon-compte/codes-de-secours?premiers=true", (await EnrolAsync(visit, key)).Location);

        var again = host.Browse();
        await KnockAsync(again, email);
        Assert.Null((await again.GetAsync("/connexion/second-facteur")).Html.QuerySelector("input[name='Form.Code']"));
        Assert.Equal("/qui", (await ShowAsync(again, key)).Location);
        Assert.Contains("Administratrice", (await again.GetAsync("/qui")).Text);
    }

    [Fact, Trait("S", "37")]
    public async Task An_administrator_is_out_after_a_quarter_of_an_hour()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var key = new SoftAuthenticator();
        var (visit, _) = await InvitedAsync(host);
        await EnrolAsync(visit, key);
        host.Clock.Pass(TimeSpan.FromMinutes(14));
        Assert.Contains("Administratrice", (await visit.GetAsync("/qui")).Text);
        host.Clock.Pass(TimeSpan.FromMinutes(16));
        Assert.NotNull((await visit.GetAsync("/qui")).Location);
    }

    [Fact, Trait("S", "34")]
    public async Task A_passkey_made_for_another_site_or_without_its_owner_is_not_kept()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var (visit, _) = await InvitedAsync(host);
        using var elsewhere = new SoftAuthenticator { Origin = "https://registre.example" };
        Assert.Contains("pas pu être enregistrée", (await EnrolAsync(visit, elsewhere)).Text);
        using var unattended = new SoftAuthenticator { VerifiesUser = false };
        Assert.Contains("pas pu être enregistrée", (await EnrolAsync(visit, unattended)).Text);
    }

    [Fact, Trait("S", "34")]
    public async Task Another_key_a_copied_key_and_an_answer_that_has_served_are_refused()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        using var key = new SoftAuthenticator { Counter = 10 };
        var (visit, email) = await InvitedAsync(host);
        await EnrolAsync(visit, key);

        var thief = host.Browse();
        await KnockAsync(thief, email);
        using var other = new SoftAuthenticator();
        Assert.Contains("reconnue", (await ShowAsync(thief, other)).Text);
        key.Origin = "https://registre.example";
        Assert.Contains("reconnue", (await ShowAsync(thief, key)).Text);
        (key.Origin, key.VerifiesUser) = ("https://localhost", false);
        Assert.Contains("reconnue", (await ShowAsync(thief, key)).Text);
        (key.VerifiesUser, key.Counter) = (true, 3);
        Assert.Contains("reconnue", (await ShowAsync(thief, key)).Text);

        key.Counter = 100;
        var page = await thief.GetAsync("/connexion/second-facteur");
        var answer = key.Get((await AskAsync(thief, page)).Options);
        await AskAsync(thief, page);  // a new challenge takes the place of the one that was answered
        Assert.Contains("reconnue", (await thief.PressAsync(page, "Utiliser ma clé d’accès", ("credential", answer))).Text);
    }

    [Fact, Trait("S", "34")]
    public async Task The_last_factor_cannot_be_removed_and_one_of_two_can()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        using var key = new SoftAuthenticator();
        Assert.Equal("/mon-compte", (await EnrolAsync(person.Visit, key)).Location);
        Assert.Equal(1, await person.MailsAsync("second facteur de votre accès"));
        var page = await person.Visit.GetAsync("/mon-compte");
        var id = page.Html.QuerySelector("button[name=credential]")!.GetAttribute("value")!;
        await person.Visit.PressAsync(page, id);
        Assert.Null((await person.Visit.GetAsync("/mon-compte")).Html.QuerySelector("button[name=credential]"));

        var (visit, _) = await InvitedAsync(host);
        using var only = new SoftAuthenticator();
        await EnrolAsync(visit, only);
        var own = await visit.GetAsync("/mon-compte");
        await visit.PressAsync(own, own.Html.QuerySelector("button[name=credential]")!.GetAttribute("value")!);
        Assert.NotNull((await visit.GetAsync("/mon-compte")).Html.QuerySelector("button[name=credential]"));
    }

    private static async Task<(Visit Visit, string Email)> InvitedAsync(SignInHost host)
    {
        var id = Guid.NewGuid();
        var email = $"a{id:N}@exemple.fr";
        var address = await host.Services.GetRequiredService<Accounts>().InviteAdministratorAsync(id, "Administratrice", email);
        var visit = host.Browse();
        await visit.PressAsync(await visit.GetAsync(new Uri(address!).PathAndQuery), "Commencer");
        await visit.PressAsync(await visit.GetAsync("/invitation/mot-de-passe"), "Continuer", ("Form.Password", Password));
        return (visit, email);
    }

    private static async Task KnockAsync(Visit visit, string email) => await visit.PressAsync(
        await visit.GetAsync("/connexion?retour=%2Fqui"), "Se connecter", ("Form.Email", email), ("Form.Password", Password));

    private static async Task<Answer> EnrolAsync(Visit visit, SoftAuthenticator key)
    {
        var page = await visit.GetAsync("/second-facteur/nouveau");
        var (options, ticket) = await AskAsync(visit, page);
        return await visit.PressAsync(page, "Créer une clé d’accès", ("credential", key.Create(options)), ("Form.Ticket", ticket!));
    }

    private static async Task<Answer> ShowAsync(Visit visit, SoftAuthenticator key)
    {
        var page = await visit.GetAsync("/connexion/second-facteur");
        var (options, _) = await AskAsync(visit, page);
        return await visit.PressAsync(page, "Utiliser ma clé d’accès", ("credential", key.Get(options)));
    }

    /// <summary>What passkey.js does when its button is pressed.</summary>
    internal static async Task<(string Options, string? Ticket)> AskAsync(Visit visit, Answer page)
    {
        var form = page.Html.QuerySelector<IHtmlFormElement>("form[data-passkey]")!;
        var token = form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        var answer = await visit.PostAsync(form.GetAttribute("data-options")!, ("__RequestVerificationToken", token));
        var options = await answer.Raw.Content.ReadAsStringAsync();
        return (options, answer.Raw.Headers.TryGetValues("X-Passkey-Ticket", out var ticket) ? ticket.Single() : null);
    }
}
