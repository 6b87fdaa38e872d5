using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Data;
using Registry.Identity;
using Registry.Tests.Support;

namespace Registry.Tests.Identity;

[Trait("Kind", "pages")]
public sealed class SignInTests(SignInFixture fixture)
{
    [Fact, Trait("S", "34")]
    public async Task An_invited_person_chooses_a_password_and_a_factor_and_is_in()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        Assert.Contains("Personne Essai", (await person.Visit.GetAsync("/qui")).Text);
        var codes = await person.Visit.PressAsync(await person.Visit.GetAsync("/mon-compte/codes-de-secours?premiers=true"), "Créer et montrer dix codes");
        Assert.Equal(10, codes.Html.QuerySelectorAll("ul.codes code").Length);
    }

    [Fact, Trait("S", "36")]
    public async Task An_invitation_serves_once_and_for_48_hours()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var (late, link) = await Person.InvitedAsync(host);
        host.Clock.Pass(TimeSpan.FromHours(47));
        Assert.Contains("Commencer", (await late.Visit.GetAsync(link)).Text);
        host.Clock.Pass(TimeSpan.FromHours(2));
        Assert.Contains("plus de 48", (await late.Visit.GetAsync(link)).Text);

        var person = await Person.ActiveAsync(host);
        Assert.Contains("déjà servi", (await host.Browse().GetAsync(await person.LinkInMailAsync("invitation/"))).Text);
    }

    [Fact, Trait("S", "41")]
    public async Task Inviting_again_replaces_the_link_until_the_account_is_open()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var accounts = host.Services.GetRequiredService<Accounts>();
        var (id, email) = (Guid.NewGuid(), $"i{Guid.NewGuid():N}@exemple.fr");
        Assert.Null(await accounts.FindInvitedAdministratorAsync(email));
        var first = await accounts.InviteAdministratorAsync(id, "Administratrice", email);
        Assert.Equal(id, await accounts.FindInvitedAdministratorAsync(email.ToUpperInvariant()));
        Assert.Null(await accounts.InviteAdministratorAsync(Guid.NewGuid(), "Une autre", email));
        var second = await accounts.InviteAdministratorAsync(id, "Administratrice", email);
        Assert.Contains("déjà servi", (await host.Browse().GetAsync(new Uri(first!).PathAndQuery)).Text);
        Assert.Contains("Commencer", (await host.Browse().GetAsync(new Uri(second!).PathAndQuery)).Text);

        var person = await Person.ActiveAsync(host);
        Assert.Null(await accounts.InviteAsync(person.PersonId, "Personne Essai", person.Email, null));
    }

    [Fact, Trait("S", "34")]
    public async Task The_password_alone_opens_nothing()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var visit = host.Browse();
        Assert.Equal("/connexion/second-facteur", (await person.KnockAsync(visit)).Location);
        Assert.Null(visit.Cookie("__Host-s"));
        Assert.Equal(HttpStatusCode.Redirect, (await visit.GetAsync("/qui")).Status);
        var entered = await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", person.NextCode()));
        Assert.Equal("/qui", entered.Location);
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "34")]
    public async Task A_code_that_has_served_is_refused()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var code = person.NextCode();
        var (first, second) = (host.Browse(), host.Browse());
        await person.KnockAsync(first);
        Assert.Equal("/qui", (await first.PressAsync(await first.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", code))).Location);
        await person.KnockAsync(second);
        var replayed = await second.PressAsync(await second.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", code));
        Assert.Contains("déjà servi", replayed.Text);
        Assert.Null(second.Cookie("__Host-s"));
    }

    [Fact, Trait("S", "34")]
    public async Task Five_wrong_codes_close_the_second_factor_for_a_quarter_of_an_hour()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var visit = host.Browse();
        await person.KnockAsync(visit);
        for (var i = 0; i < 5; i++) await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", "000000"));
        Assert.Null((await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", person.NextCode()))).Location);
        host.Clock.Pass(TimeSpan.FromMinutes(15));
        await person.KnockAsync(visit);
        Assert.Equal("/qui", (await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", person.NextCode()))).Location);
    }

    [Fact, Trait("S", "33")]
    public async Task Every_refusal_reads_the_same()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var (invited, _) = await Person.InvitedAsync(host);
        var disabled = await Person.ActiveAsync(host);
        await host.Services.GetRequiredService<Accounts>().DisableAsync(disabled.PersonId, Guid.NewGuid());
        var answers = new List<Answer>
        {
            await person.KnockAsync(host.Browse(), "mauvais mot de passe"),
            await new Person { Host = host, Email = "inconnue@exemple.fr", PersonId = Guid.NewGuid() }.KnockAsync(host.Browse()),
            await invited.KnockAsync(host.Browse()),
            await disabled.KnockAsync(host.Browse()),
        };
        for (var i = 0; i < 6; i++) await person.KnockAsync(host.Browse(), "mauvais mot de passe");
        answers.Add(await person.KnockAsync(host.Browse()));  // right, but too many tries came before
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.All(answers, a => Assert.NotNull(a.Html.QuerySelector("#error-summary")));
        Assert.Single(answers.Select(a => a.Html.QuerySelector("main .error-summary")!.TextContent).Distinct());
    }

    [Fact, Trait("S", "32")]
    public async Task A_browser_known_to_the_account_is_not_locked_out_by_others()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        for (var i = 0; i < 6; i++) await person.KnockAsync(host.Browse(), "mauvais mot de passe");
        Assert.Null((await person.KnockAsync(host.Browse())).Location);
        Assert.Equal("/connexion/second-facteur", (await KnockAgainAsync(person)).Location);

        static async Task<Answer> KnockAgainAsync(Person person)
        {
            var known = person.Host.Browse();
            known.Cookies.Add(new Cookie("__Host-d", person.Visit.Cookie("__Host-d"), "/", "localhost"));
            return await person.KnockAsync(known);
        }
    }

    [Fact, Trait("S", "31")]
    public async Task An_old_hash_is_replaced_when_its_owner_signs_in()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var db = host.Services.GetRequiredService<SignInDb>();
        var old = host.Services.GetRequiredService<PasswordHasher>().Hash(person.Password, 1000);
        await db.RunAsync(c => c.ExecuteAsync("update identity.account set password_hash = @old where person_id = @PersonId", new { old, person.PersonId }));
        Assert.Equal("/qui", (await person.SignInAsync(host.Browse())).Location);
        var now = await db.RunAsync(c => c.ExecuteScalarAsync<string>("select password_hash from identity.account where person_id = @PersonId", new { person.PersonId }));
        Assert.NotEqual(old, now);
        Assert.Equal("/qui", (await person.SignInAsync(host.Browse())).Location);
    }

    [Fact, Trait("S", "34")]
    public async Task A_recovery_code_opens_once_and_is_told_by_mail()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var shown = await person.Visit.PressAsync(await person.Visit.GetAsync("/mon-compte/codes-de-secours"), "Créer et montrer dix codes");
        var code = shown.Html.QuerySelector("ul.codes code")!.TextContent;
        Assert.Equal("/qui", (await UseAsync(code.ToLowerInvariant().Replace("-", " "))).Location);
        Assert.Equal(1, await person.MailsAsync("code de secours vient de servir"));
        Assert.Null((await UseAsync(code)).Location);

        async Task<Answer> UseAsync(string text)
        {
            var visit = host.Browse();
            await person.KnockAsync(visit);
            return await visit.PressAsync(await visit.GetAsync("/connexion/code-de-secours"), "Continuer", ("Form.Code", text));
        }
    }

    [Fact, Trait("S", "37"), Trait("S", "7")]
    public async Task Stepping_up_gives_the_session_a_new_id_and_kills_the_old_one()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var visit = person.Visit;
        host.Clock.Pass(TimeSpan.FromMinutes(6));
        Assert.Equal("/connexion/confirmer?retour=%2Fmon-compte%2Fmot-de-passe", (await visit.GetAsync("/mon-compte/mot-de-passe")).Location);
        var old = visit.Cookie("__Host-s")!;
        await visit.PressAsync(await visit.GetAsync("/connexion/confirmer?retour=%2Fmon-compte%2Fmot-de-passe"), "Donner mon second facteur");
        var back = await visit.PressAsync(await visit.GetAsync("/connexion/second-facteur"), "Continuer", ("Form.Code", person.NextCode()));
        Assert.Equal("/mon-compte/mot-de-passe", back.Location);
        Assert.Equal(HttpStatusCode.OK, (await visit.GetAsync("/mon-compte/mot-de-passe")).Status);

        var thief = host.Browse();
        thief.Cookies.Add(new Cookie("__Host-s", old, "/", "localhost"));
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/qui")).Status);
    }

    [Fact, Trait("S", "65")]
    public async Task Security_events_join_the_chain_with_ids_only()
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        await person.KnockAsync(host.Browse(), "mauvais mot de passe");
        await using var connection = new Npgsql.NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var events = (await connection.QueryAsync<(string Action, string Outcome, string Details)>(
            """
            select e.action, e.outcome, d.details
              from history.event e
              join history.detail d using (organisation_id, sequence)
              join identity.account a on a.id = e.object_id
             where a.person_id = @PersonId
             order by e.sequence
            """,
            new { person.PersonId })).ToList();
        Assert.Equal(
            ["account.invited", "account.authenticator-enrolled", "account.activated", "account.signed-in", "account.sign-in-refused"],
            events.Select(e => e.Action));
        Assert.Equal("REFUSED", events[^1].Outcome);
        Assert.All(events, e => Assert.DoesNotContain("@", e.Details, StringComparison.Ordinal));
    }

    [Theory, Trait("S", "10")]
    [InlineData("a\0b@exemple.fr", "mot\0de\0passe\0avec")]
    [InlineData("\uffff\u202e@exemple.fr", "\u0001\u0002")]
    [InlineData("'; select 1 --", "\ud83d\udc0e")]
    public async Task Strange_characters_are_refused_like_any_wrong_password(string email, string password)
    {
        await using var host = await SignInHost.StartAsync(fixture, demo: true);
        var visit = host.Browse();
        var page = await visit.GetAsync("/connexion");
        var answer = await visit.PressAsync(page, "Se connecter", ("Form.Email", email), ("Form.Password", password));
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest);  // the framework itself refuses a zero character
        Assert.True(answer.Status == HttpStatusCode.BadRequest || answer.Html.QuerySelector("#error-summary") is not null);
        Assert.Null(visit.Cookie("__Host-p"));
        var token = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var entered = await visit.PostAsync("/demo/entrer", ("personne", email), ("__RequestVerificationToken", token));
        Assert.True(entered.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest);
    }

    [Theory, Trait("S", "10")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"id\":\"AA\",\"type\":\"public-key\",\"response\":{}}")]
    public async Task A_passkey_answer_that_is_none_is_refused(string credential)
    {
        await using var host = await SignInHost.StartAsync(fixture);
        var person = await Person.ActiveAsync(host);
        var page = await person.Visit.GetAsync("/second-facteur/nouveau");
        var refused = await person.Visit.PressAsync(page, "Créer une clé d’accès", ("credential", credential), ("Form.Ticket", "no ticket"));
        Assert.Contains("pas pu être enregistrée", refused.Text);
        using var key = new SoftAuthenticator();
        var (options, ticket) = await PasskeyTests.AskAsync(person.Visit, page);
        var garbled = await person.Visit.PressAsync(page, "Créer une clé d’accès", ("credential", credential), ("Form.Ticket", ticket!));
        Assert.Contains("pas pu être enregistrée", garbled.Text);
        Assert.Equal("/mon-compte", (await person.Visit.PressAsync(page, "Créer une clé d’accès", ("credential", key.Create(options)), ("Form.Ticket", ticket!))).Location);

        var visit = host.Browse();
        await person.KnockAsync(visit);
        var second = await visit.GetAsync("/connexion/second-facteur");
        await PasskeyTests.AskAsync(visit, second);
        Assert.Contains("reconnue", (await visit.PressAsync(second, "Utiliser ma clé d’accès", ("credential", credential))).Text);
    }
}
