using System.Net;
using Dapper;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Records;

/// <summary>What the service and the officer say to each other beside a section, and what only the officer reads.</summary>
[Trait("Kind", "pages")]
public sealed class CommentTests(RegistryFixture registry)
{
    [Fact]
    [Trait("S", "92")]
    public async Task A_comment_stands_beside_its_section_until_it_is_settled_and_is_written_once()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var officer = await town.EnterAsync("DPO");
        var record = $"{town.Home}/traitements/{reference}";
        var page = await officer.GetAsync(record + "/commentaires?partie=finalites");
        var written = await officer.PressAsync(page, "Écrire ce commentaire", ("Form.Text", "Quelle délibération ?"));
        Assert.Equal(record + "#finalites", written.Location);
        await officer.PressAsync(page, "Écrire ce commentaire", ("Form.Text", "Quelle délibération ?"));  // sent twice

        var sheet = await correspondent.GetAsync(record);
        Assert.Single(sheet.Html.QuerySelectorAll("#finalites .comments li"));
        Assert.Contains("Quelle délibération ?", sheet.Html.QuerySelector("#finalites .comments")!.TextContent);
        Assert.Contains("1", sheet.Html.QuerySelector(".contents .count")!.TextContent);
        Assert.Contains("Quelle délibération ?", (await correspondent.GetAsync(record + "/modifier/finalites")).Html.QuerySelector("aside")!.TextContent);
        Assert.DoesNotContain("Quelle délibération ?", (await correspondent.GetAsync(record + "/modifier/publication")).Text);

        var open = await correspondent.GetAsync(record + "/commentaires");
        var settled = await correspondent.PressAsync(open, "C’est réglé Quelle délibération ?");
        Assert.True(settled.Status == HttpStatusCode.Redirect, settled.ToString());
        await correspondent.PressAsync(open, "C’est réglé Quelle délibération ?");
        Assert.DoesNotContain("Quelle délibération ?", (await correspondent.GetAsync(record)).Text);
        Assert.Contains("Réglé par", (await correspondent.GetAsync(record + "/commentaires")).Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(["COMMENT_WRITTEN", "COMMENT_SETTLED"], await connection.QueryAsync<string>(
            "select action from history.event where organisation_id = @Id and action like 'COMMENT%' order by sequence", new { town.Id }));
    }

    [Fact]
    [Trait("S", "51")]
    public async Task A_reserved_remark_is_read_by_the_officer_and_her_assistant_and_by_nobody_else_in_page_or_sql()
    {
        const string Remark = "Ceci reste entre nous";
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        var record = $"{town.Home}/traitements/{reference}";
        var people = new Dictionary<string, Guid>();
        foreach (var kind in new[] { "DPO", "DPO_ASSISTANT", "CORRESPONDENT", "LEGAL_REPRESENTATIVE", "AUDITOR" }) people[kind] = await town.AppointAsync(kind);
        using var officer = await Town.SignInAsync(registry, people["DPO"], "Déléguée");
        await officer.PressAsync(await officer.GetAsync(record + "/commentaires?partie=aipd"), "Écrire ce commentaire", ("Form.Text", Remark), ("Form.Reserved", "true"));

        foreach (var (kind, person) in people)
        {
            var reads = kind is "DPO" or "DPO_ASSISTANT";
            using var visit = await Town.SignInAsync(registry, person, kind);
            foreach (var path in new[] { record, record + "/commentaires", record + "/modifier/aipd", record + "/historique", town.Home + "/journal", record + "/imprimer" })
            {
                var source = (await visit.GetAsync(path)).Html.Source.Text;
                if (!reads) Assert.False(source.Contains(Remark, StringComparison.Ordinal), $"{kind} {path}");
                else if (path.EndsWith("/commentaires", StringComparison.Ordinal)) Assert.Contains(Remark, source);
            }
            var seen = await registry.WorkAsync(Scope.ForPerson(person), async (db, _) =>
                await (await db.OpenAsync()).ExecuteScalarAsync<int>("select count(*)::int from record_comment where organisation_id = @Id", new { town.Id }));
            Assert.Equal(reads ? 1 : 0, seen);
        }
        // Who is not the officer writes no reserved remark either, whatever her statement says, and settles none that she cannot read.
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => registry.WorkAsync(Scope.ForPerson(people["CORRESPONDENT"]), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(
            "insert into record_comment (organisation_id, id, record_id, section, text, reserved, author_id, written_by, written_at) select organisation_id, gen_random_uuid(), id, 'aipd', 'x', true, @person, 'x', now() from processing_record where organisation_id = @Id",
            new { town.Id, person = people["CORRESPONDENT"] })));
        Assert.Equal(0, await registry.WorkAsync(Scope.ForPerson(people["CORRESPONDENT"]), async (db, _) =>
            await (await db.OpenAsync()).ExecuteAsync("update record_comment set settled_at = now(), settled_by = 'x' where organisation_id = @Id", new { town.Id })));
    }

    [Fact]
    public async Task A_correspondent_who_asks_for_a_reserved_remark_writes_an_ordinary_one()
    {
        var town = await Town.FoundAsync(registry);
        var reference = await town.AddRecordAsync();
        using var correspondent = await town.EnterAsync("CORRESPONDENT");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var path = $"{town.Home}/traitements/{reference}/commentaires";
        var page = await correspondent.GetAsync(path + "?partie=finalites");
        Assert.Empty(page.Html.GetElementsByName("Form.Reserved"));
        await correspondent.PostAsync(path, Forms.Of(page).Single().With(("Form.Text", "Pour tous"), ("Form.Reserved", "true")));
        Assert.Contains("Pour tous", (await mayor.GetAsync(path)).Text);  // she reads, and does not write
        Assert.Empty(Forms.Of(await mayor.GetAsync(path)));
        Assert.Equal(HttpStatusCode.Forbidden, (await mayor.PostAsync(path, ("__RequestVerificationToken", await mayor.TokenAsync()), ("Form.Text", "x"), ("Form.Section", "finalites"))).Status);
    }
}
