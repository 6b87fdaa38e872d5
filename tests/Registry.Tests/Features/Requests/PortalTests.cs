using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Registry.Features.Requests;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Requests;

/// <summary>Somebody without an account asks, is given a number and a code, and follows her request; whoever has only one of the two learns nothing.</summary>
[Trait("Kind", "pages")]
public sealed class PortalTests(RegistryFixture registry)
{
    private const string Words = "Je voudrais savoir ce que la cantine garde sur mon enfant.";

    [Fact]
    [Trait("S", "80")]
    [Trait("S", "92")]
    public async Task A_citizen_asks_in_four_pages_and_the_same_form_sent_twice_makes_one()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var check = await FillAsync(citizen, town);
        Assert.Contains(Words, check.Html.QuerySelector("main dl")!.TextContent);
        var form = Forms.Of(check).Single();
        var sent = await citizen.PostAsync(form.Action, form.With(("go", "send")));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        var (reference, code) = Receipt(sent);
        Assert.Matches("^D-20[0-9]{2}-001$", reference);
        Assert.Matches("^([0-9A-Z]{4} ){3}[0-9A-Z]{4}$", code);
        Assert.Equal((reference, code), Receipt(await citizen.PostAsync(form.Action, form.With(("go", "send")))));
        await using var connection = await registry.SuperuserAsync();
        var kept = await connection.QuerySingleAsync<(int Requests, int Events, int Mails)>(
            """
            select (select count(*)::int from app.rights_request where organisation_id = @Id), (select count(*)::int from history.event where organisation_id = @Id and action = 'REQUEST_RECEIVED'),
                   (select count(*)::int from app.outbox_mail where organisation_id = @Id)
            """, new { town.Id });
        Assert.Equal((1, 1, 1), kept);
        var mail = await connection.QuerySingleAsync<string>("select subject || body from app.outbox_mail where organisation_id = @Id", new { town.Id });
        Assert.DoesNotContain(code, mail);
        Assert.DoesNotContain("cantine", mail);
        // Nothing in the database opens the request: the code is not there, in no form.
        Assert.DoesNotContain(code.Replace(" ", "", StringComparison.Ordinal), await connection.QuerySingleAsync<string>("select to_jsonb(r)::text from app.rights_request r where organisation_id = @Id", new { town.Id }));

        var followed = await FollowAsync(citizen, town, reference.ToLowerInvariant(), code.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant());
        Assert.Contains("Elle est arrivée", followed.Text);
        Assert.Contains("La commune a reçu votre demande", followed.Html.QuerySelector(".why")!.TextContent);
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        Assert.Contains(Words, (await correspondent.GetAsync($"{town.Home}/demandes/{reference}")).Text);
    }

    [Fact]
    public async Task What_is_missing_is_said_by_its_field_and_what_was_written_stays()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var form = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/demande")).Single();
        var nothing = await citizen.PostAsync(form.Action, form.With(("go", "next")));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.Status);
        Assert.Contains("Cochez ce que vous souhaitez", nothing.Html.QuerySelector(".error-summary")!.TextContent);
        var check = await FillAsync(citizen, town);
        var checking = Forms.Of(check).Single();
        var back = await citizen.PostAsync(checking.Action, checking.With(("go", "2")));
        Assert.Contains(Words, back.Html.QuerySelector("textarea[name='Form.Text']")!.TextContent);
        // What somebody changes behind the back of the pages is checked again at the end.
        var forged = await citizen.PostAsync(checking.Action, checking.With(("go", "send"), ("Form.LastName", "")));
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Contains("Écrivez votre nom", forged.Text);
    }

    [Fact]
    [Trait("S", "83")]
    public async Task Whoever_fills_in_the_hidden_field_or_hurries_is_kept_and_looked_at()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var form = Forms.Of(await FillAsync(citizen, town)).Single();
        var (reference, _) = Receipt(await citizen.PostAsync(form.Action, form.With(("go", "send"), ("Form.Website", "https://exemple.example"))));
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        var page = await correspondent.GetAsync($"{town.Home}/demandes/{reference}");
        Assert.Contains("à confirmer", page.Html.QuerySelector(".head")!.TextContent);
        Assert.Contains("Réponse due au plus tard le", page.Text);
        var portal = registry.Services.GetRequiredService<Portal>();
        Assert.True(portal.Read(portal.NewToken())!.Value.Hasty);
        Assert.Null(portal.Read(portal.NewToken() + "0"));
    }

    [Fact]
    [Trait("S", "81")]
    public async Task A_wrong_number_and_a_wrong_code_are_the_same_to_a_byte()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var form = Forms.Of(await FillAsync(citizen, town)).Single();
        var (reference, code) = Receipt(await citizen.PostAsync(form.Action, form.With(("go", "send"))));
        var wrongCode = await FollowAsync(citizen, town, reference, "0000 0000 0000 0000");
        var wrongNumber = await FollowAsync(citizen, town, reference[..^3] + "999", code);
        Assert.Equal(HttpStatusCode.BadRequest, wrongCode.Status);
        Assert.Equal(wrongCode.Status, wrongNumber.Status);
        Assert.Equal(Bare(wrongCode, reference, "0000 0000 0000 0000"), Bare(wrongNumber, reference[..^3] + "999", code));
        // The tenth try on one number is the last for a quarter of an hour, with the right code too.
        for (var i = 0; i < 9; i++) await FollowAsync(citizen, town, reference, $"0000 0000 0000 000{i}");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await FollowAsync(citizen, town, reference, code)).Status);
    }

    /// <summary>A page that held one connection while it waited for a second would wait for the others that do the same.</summary>
    [Fact]
    public async Task Two_dozen_at_once_do_not_wait_for_each_other()
    {
        var town = await Town.FoundAsync(registry);
        using var citizen = registry.Browse();
        var form = Forms.Of(await FillAsync(citizen, town)).Single();
        var (reference, code) = Receipt(await citizen.PostAsync(form.Action, form.With(("go", "send"))));
        await FollowAsync(citizen, town, reference, code);
        var pages = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => citizen.GetAsync($"/c/{town.Slug}/suivi")));
        Assert.All(pages, page => Assert.Contains(reference, page.Text));
    }

    [Fact]
    public async Task Another_commune_s_number_opens_nothing_here()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        using var citizen = registry.Browse();
        var form = Forms.Of(await FillAsync(citizen, town)).Single();
        var (reference, code) = Receipt(await citizen.PostAsync(form.Action, form.With(("go", "send"))));
        Assert.Equal(HttpStatusCode.BadRequest, (await FollowAsync(citizen, other, reference, code)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/c/nulle-part/demande")).Status);
    }

    private static (string Reference, string Code) Receipt(Answer answer)
    {
        var strong = answer.Html.QuerySelectorAll("main .box strong").Select(one => one.TextContent.Trim()).ToList();
        Assert.True(strong.Count == 2, answer.ToString());
        return (strong[0], strong[1]);
    }

    private static async Task<Answer> FillAsync(Visit citizen, Town town)
    {
        var page = await citizen.GetAsync($"/c/{town.Slug}/demande");
        foreach (var fields in new (string, string)[][]
                 {
                     [("Form.Wishes", "ACCESS")], [("Form.Text", Words)], [("Form.Capacity", "PARENT_OF_MINOR"), ("Form.Subject", "Un enfant")],
                     [("Form.LastName", "Personne"), ("Form.Email", "personne@exemple.example")],
                 })
        {
            var form = Forms.Of(page).Single();
            page = await citizen.PostAsync(form.Action, form.With([.. fields, ("go", "next")]));
            Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
        }
        return page;
    }

    private static async Task<Answer> FollowAsync(Visit citizen, Town town, string number, string code)
    {
        var form = Forms.Of(await citizen.GetAsync($"/c/{town.Slug}/suivi")).Single();
        var answer = await citizen.PostAsync(form.Action, form.With(("Number", number), ("Code", code)));
        return answer.Status == HttpStatusCode.Redirect ? await citizen.GetAsync(answer.Location!) : answer;
    }

    private static string Bare(Answer answer, string number, string code)
    {
        foreach (var hidden in answer.Html.QuerySelectorAll("input[type=hidden], script")) hidden.Remove();
        return answer.Html.QuerySelector("main")!.InnerHtml.Replace(number, "", StringComparison.Ordinal).Replace(code, "", StringComparison.Ordinal);
    }
}
