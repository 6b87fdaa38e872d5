using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Registry.Tests.Support;

namespace Registry.Tests.Access;

/// <summary>A list that nobody has changed is given again as it was drawn; whatever makes it another one draws it anew.</summary>
[Trait("Kind", "pages")]
public sealed partial class UnchangedPagesTests(RegistryFixture registry)
{
    [Fact]
    public async Task Going_back_to_a_list_that_nobody_changed_costs_one_question_and_says_the_same()
    {
        var (town, officer) = await EnterAsync("DPO");
        var drawn = await officer.GetAsync(List(town));

        Answer? again = null;
        var asked = await StatementCounter.CountAsync(async () => again = await officer.GetAsync(List(town)));

        Assert.True(asked.Count == 1, string.Join('\n', asked));  // the session, with the state of the chain
        Assert.Equal(Plain(drawn), Plain(again!));
        Assert.Equal(drawn.Raw.Content.Headers.ContentType, again!.Raw.Content.Headers.ContentType);
    }

    [Fact]
    [Trait("S", "16")]
    public async Task Its_nonce_is_new_each_time_and_the_one_its_policy_names()
    {
        var (town, officer) = await EnterAsync("CORRESPONDENT");
        var nonces = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var page = await officer.GetAsync(List(town));
            var nonce = Nonce().Match(page.Raw.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
            Assert.NotEmpty(page.Html.QuerySelectorAll("script[nonce]"));
            Assert.All(page.Html.QuerySelectorAll("script[nonce]"), script => Assert.Equal(nonce, script.GetAttribute("nonce")));
            Assert.True(nonces.Add(nonce));
            Assert.True(page.Raw.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task What_somebody_else_adds_stands_in_the_next_answer()
    {
        var (town, officer) = await EnterAsync("DPO");
        await officer.GetAsync(List(town));
        var reference = await town.AddRecordAsync();
        Assert.Contains(reference, (await officer.GetAsync(List(town))).Text);
    }

    [Fact]
    [Trait("S", "06")]
    public async Task Who_is_no_longer_appointed_finds_nothing_there()
    {
        var (town, officer) = await EnterAsync("CORRESPONDENT");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync(List(town))).Status);
        await using (var connection = await registry.SuperuserAsync())
        {
            // Not through the program: no line in the chain says it.
            await connection.ExecuteAsync("alter table app.appointment disable trigger proved; update app.appointment set end_on = start_on where organisation_id = @Id and kind = 'CORRESPONDENT'; alter table app.appointment enable trigger proved", new { town.Id });
        }
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(List(town))).Status);
    }

    [Fact]
    public async Task A_view_kept_and_a_language_chosen_are_seen_at_once()
    {
        var (town, officer) = await EnterAsync("DPO");
        await officer.GetAsync(List(town));
        await using (var connection = await registry.SuperuserAsync())
        {
            await connection.ExecuteAsync(
                "insert into app.saved_view (organisation_id, person_id, name, query) select @Id, person_id, 'Mes retards', '?attention=revision-depassee' from app.appointment where area_id = @AreaId and kind = 'DPO'", new { town.Id, town.AreaId });
        }
        Assert.Contains("Mes retards", (await officer.GetAsync(List(town))).Text);
        officer.Cookies.Add(new Uri("https://localhost/"), new Cookie("langue", "en"));
        Assert.Contains("lang=\"en\"", await (await officer.GetAsync(List(town))).Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_sessions_of_one_person_do_not_share_a_page()
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync();
        var person = await town.AppointAsync("DPO");
        using var one = await Town.SignInAsync(registry, person, "Personne DPO");
        using var other = await Town.SignInAsync(registry, person, "Personne DPO");
        foreach (var visit in new[] { one, other, one, other })
        {
            var page = await visit.GetAsync(List(town));
            Assert.Equal(HttpStatusCode.OK, page.Status);
        }
        Assert.NotEqual(Token(await one.GetAsync(List(town))), Token(await other.GetAsync(List(town))));
    }

    private async Task<(Town Town, Visit Visit)> EnterAsync(string kind)
    {
        var town = await Town.FoundAsync(registry);
        await town.AddRecordAsync();
        var visit = await town.EnterAsync(kind);
        await visit.GetAsync(town.Home);  // the token of the forms comes with the first page
        return (town, visit);
    }

    private static string List(Town town) => town.Home + "/traitements";

    private static string Token(Answer page) => page.Html.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    /// <summary>The page without what is new each time.</summary>
    private static string Plain(Answer page) => NonceOrToken().Replace(page.Html.DocumentElement.OuterHtml, "");

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("""nonce="[^"]*"|value="CfDJ8[^"]*"|data-left="\d+"|data-ou="[^"]*" """)]
    private static partial Regex NonceOrToken();
}
