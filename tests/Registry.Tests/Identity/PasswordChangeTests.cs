using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class PasswordChangeTests(SignInFixture fixture)
{
    private const string NextPassword = "lanterne cobalt écureuil";

    [Fact, Trait("S", "36")]
    public async Task A_reset_asks_the_second_factor_ends_all_sessions_and_signs_nobody_in()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var visit = host.Browse();
        var asked = await visit.PressAsync(await visit.GetAsync("/mot-de-passe-oublie"), "Recevoir le lien", ("Form.Email", person.Email.ToUpperInvariant()));
        Assert.Contains("Si un compte existe", (await visit.GetAsync(asked.Location!)).Text);
        var link = await person.LinkInMailAsync("mot-de-passe/");

        Assert.Equal("/connexion/second-facteur", (await visit.PressAsync(await visit.GetAsync(link), "Commencer")).Location);
        Assert.Equal("/connexion", (await visit.GetAsync("/mot-de-passe/nouveau")).Location);  // not before the factor
        var shown = await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", person.NextCode()));
        Assert.Equal("/mot-de-passe/nouveau", shown.Location);
        var weak = await visit.PressAsync(await visit.GetAsync("/mot-de-passe/nouveau"), "Changer le mot de passe", ("Form.Password", "motdepasse2026"));
        Assert.Contains("très courant", weak.Text);
        var changed = await visit.PressAsync(weak, "Changer le mot de passe", ("Form.Password", NextPassword));
        Assert.Equal("/connexion?nouveau=True", changed.Location);

        Assert.Null(visit.Cookie("__Host-s"));
        Assert.Equal(HttpStatusCode.Redirect, (await person.Visit.GetAsync("/qui")).Status);
        Assert.Null((await person.KnockAsync(host.Browse())).Location);
        person.Password = NextPassword;
        Assert.Equal("/qui", (await person.SignInAsync(host.Browse())).Location);
        Assert.Equal(1, await person.MailsAsync("mot de passe de votre accès au registre vient d’être changé"));
    }

    [Fact, Trait("S", "36"), Trait("S", "19")]
    public async Task A_reset_link_serves_once_for_an_hour_and_opening_it_changes_nothing()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var visit = host.Browse();
        await AskAsync();
        var first = await person.LinkInMailAsync("mot-de-passe/");
        await visit.GetAsync(first);
        var page = await visit.GetAsync(first);
        Assert.Equal("/connexion/second-facteur", (await visit.PressAsync(page, "Commencer")).Location);
        Assert.Contains("déjà servi", (await host.Browse().GetAsync(first)).Text);
        Assert.Null((await visit.PressAsync(page, "Commencer")).Location);

        host.Clock.Pass(TimeSpan.FromMinutes(1));
        await AskAsync();
        var second = await person.LinkInMailAsync("mot-de-passe/");
        Assert.NotEqual(first, second);
        host.Clock.Pass(TimeSpan.FromMinutes(61));
        Assert.Contains("plus d’une heure", (await host.Browse().GetAsync(second)).Text);

        async Task AskAsync() => await visit.PressAsync(await visit.GetAsync("/mot-de-passe-oublie"), "Recevoir le lien", ("Form.Email", person.Email));
    }

    [Fact, Trait("S", "33")]
    public async Task Asking_for_an_unknown_address_answers_the_same_and_sends_nothing()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var visit = host.Browse();
        var unknown = new Person { Host = host, Email = $"x{Guid.NewGuid():N}@exemple.fr", PersonId = Guid.NewGuid() };
        var asked = await visit.PressAsync(await visit.GetAsync("/mot-de-passe-oublie"), "Recevoir le lien", ("Form.Email", unknown.Email));
        Assert.Contains("Si un compte existe", (await visit.GetAsync(asked.Location!)).Text);
        Assert.Equal(0, await unknown.MailsAsync(""));
    }

    [Fact, Trait("S", "38")]
    public async Task Changing_the_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var other = host.Browse();
        await person.SignInAsync(other);
        var page = await person.Visit.GetAsync("/mon-compte/mot-de-passe");
        var wrong = await person.Visit.PressAsync(page, "Changer le mot de passe", ("Form.Current", "autre chose"), ("Form.Password", NextPassword));
        Assert.Contains("pas votre mot de passe actuel", wrong.Text);
        var changed = await person.Visit.PressAsync(wrong, "Changer le mot de passe", ("Form.Current", person.Password), ("Form.Password", NextPassword));
        Assert.Equal("/mon-compte", changed.Location);
        Assert.Equal(HttpStatusCode.OK, (await person.Visit.GetAsync("/qui")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "38")]
    public async Task A_person_sees_her_sessions_and_ends_one()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var other = host.Browse();
        await person.SignInAsync(other);
        var page = await person.Visit.GetAsync("/mon-compte");
        Assert.Contains("celle-ci", page.Text);
        var id = page.Html.QuerySelector("button[name=session]")!.GetAttribute("value")!;
        await person.Visit.PressAsync(page, id);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/qui")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Visit.GetAsync("/qui")).Status);

        await person.SignInAsync(other);
        await person.Visit.PressAsync(await person.Visit.GetAsync("/mon-compte"), "Fermer toutes les autres");
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "38")]
    public async Task Disabling_an_account_ends_its_sessions_at_once_and_enabling_lets_it_back()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var accounts = host.Services.GetRequiredService<Accounts>();
        await accounts.DisableAsync(person.PersonId, Guid.NewGuid());
        Assert.Equal(HttpStatusCode.Redirect, (await person.Visit.GetAsync("/qui")).Status);
        await accounts.EnableAsync(person.PersonId, Guid.NewGuid());
        Assert.Equal("/qui", (await person.SignInAsync(person.Visit)).Location);
    }

    [Fact, Trait("S", "35")]
    public async Task A_lost_factor_is_replaced_a_day_after_an_administrator_opened_it()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        Assert.True(await host.Services.GetRequiredService<Reenrolments>().OpenAsync(person.PersonId, Guid.NewGuid(), "Téléphone perdu, vue en mairie"));
        host.Clock.Pass(TimeSpan.FromHours(23));
        Assert.Equal("/connexion/second-facteur", (await person.KnockAsync(host.Browse())).Location);
        host.Clock.Pass(TimeSpan.FromHours(2));
        var visit = host.Browse();
        Assert.Equal("/second-facteur/nouveau", (await person.KnockAsync(visit)).Location);
        var lost = person.Secret;
        Assert.Equal("/mon-compte/codes-de-secours?premiers=true", (await person.EnrolAsync(visit)).Location);
        Assert.NotEqual(lost, person.Secret);
        Assert.Equal("/connexion/second-facteur", (await person.KnockAsync(host.Browse())).Location);
        Assert.Equal("/qui", (await person.SignInAsync(host.Browse())).Location);
    }

    [Fact, Trait("S", "35")]
    public async Task The_person_can_cancel_a_replacement_from_the_mail()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        await host.Services.GetRequiredService<Reenrolments>().OpenAsync(person.PersonId, Guid.NewGuid(), "Téléphone perdu");
        var link = await person.LinkInMailAsync("second-facteur/annuler/");
        var visit = host.Browse();
        var done = await visit.PressAsync(await visit.GetAsync(link), "Annuler le remplacement");
        Assert.Contains("est annulé", (await visit.GetAsync(done.Location!)).Text);
        host.Clock.Pass(TimeSpan.FromHours(25));
        Assert.Equal("/connexion/second-facteur", (await person.KnockAsync(host.Browse())).Location);
    }
}
