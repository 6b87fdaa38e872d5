using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Demo;
using Registry.Features.Responsibilities;
using Registry.Tests.Features.Conventions;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Responsibilities;

/// <summary>The matrix of a convention: begun, written row by row, issued, read by its parties.</summary>
[Trait("Kind", "pages")]
public sealed class MatrixPagesTests(RegistryFixture registry)
{
    private static string Squeezed(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries)).Replace('’', '\'');

    [Fact]
    public async Task The_page_of_the_signed_matrix_shows_every_cell_of_the_data_file()
    {
        var town = await Town.FoundAsync(registry);
        var parties = SeedConvention.Read(Seeds.Pau).Parties.Parties;
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Convention cadre", change: sheet => sheet.Parties.Parties = parties);
        await TownMatrix.AddAsync(registry, town, reference);
        using var officer = await town.EnterAsync("DPO");
        using var stream = typeof(MatrixSheet).Assembly.GetManifestResourceStream("facts/matrix.json")!;
        var model = JsonDocument.Parse(stream).RootElement;
        foreach (var rest in new[] { "", "/versions/1", "/imprimer", "/imprimer?version=1" })
        {
            var page = await officer.GetAsync($"{town.Home}/conventions/{reference}/matrice{rest}");
            Assert.True(page.Status == HttpStatusCode.OK, page.ToString());
            var rows = page.Html.QuerySelectorAll("table.matrix tbody tr").ToList();
            Assert.Equal(12, rows.Count);
            foreach (var (row, drawn) in model.GetProperty("rows").EnumerateArray().OrderBy(row => row.GetProperty("order").GetInt32()).Zip(rows))
            {
                Assert.Contains(Squeezed(row.GetProperty("domainFr").GetString()!), Squeezed(drawn.QuerySelector("th")!.TextContent));
                Assert.Equal("r-" + row.GetProperty("code").GetString(), drawn.Id);
                foreach (var feature in row.GetProperty("linkedFeatures").EnumerateArray()) Assert.Contains(MatrixWords.Feature(feature.GetString()!), drawn.QuerySelector("th")!.TextContent.Replace('\u00A0', ' '));
                var cells = drawn.QuerySelectorAll("td").ToList();
                Assert.Equal(row.GetProperty("cells").GetArrayLength(), cells.Count);
                foreach (var (cell, shown) in row.GetProperty("cells").EnumerateArray().Zip(cells))
                {
                    Assert.Equal(Squeezed(string.Join(" ", cell.GetProperty("textFr").EnumerateArray().Select(one => one.GetString()))), Squeezed(shown.QuerySelector(".preserve")!.TextContent));
                    Assert.Equal(cell.GetProperty("responsibilityCodes").EnumerateArray().Select(one => one.GetString()!), shown.QuerySelectorAll(".tag").Select(tag => tag.TextContent[..1]));
                    foreach (var duty in cell.GetProperty("obligations").EnumerateArray())
                    {
                        Assert.NotEqual(duty.GetString(), MatrixWords.Obligation(duty.GetString()!));
                        Assert.Contains(MatrixWords.Obligation(duty.GetString()!), shown.TextContent.Replace('\u00A0', ' '));
                    }
                }
            }
            var text = Squeezed(page.Html.QuerySelector("main")!.TextContent);
            foreach (var name in new[] { "titleFr", "code", "sourceDocument", "frameworkClause" }) Assert.Contains(Squeezed(model.GetProperty(name).GetString()!), text);
            foreach (var note in model.GetProperty("notes").GetProperty("fr").EnumerateArray()) Assert.Contains(Squeezed(note.GetString()!), text);
            foreach (var letter in model.GetProperty("responsibilityCodeLegend").EnumerateArray()) Assert.Contains(letter.GetProperty("fr").GetString()!, text);
        }
        // The short English of each cell is for those who read English.
        officer.Cookies.Add(new Uri("https://localhost/"), new Cookie("langue", "en"));
        var english = await officer.GetAsync($"{town.Home}/conventions/{reference}/matrice");
        foreach (var cell in model.GetProperty("rows").EnumerateArray().SelectMany(row => row.GetProperty("cells").EnumerateArray())) Assert.Contains(Squeezed(cell.GetProperty("shortEn").GetString()!), Squeezed(english.Text));
    }

    [Fact]
    [Trait("S", "92")]
    public async Task The_officer_starts_a_matrix_writes_a_row_and_the_representative_issues_it()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, id, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        var at = $"{town.Home}/conventions/{reference}/matrice";
        using var officer = await town.EnterAsync("DPO");
        using var mayor = await town.EnterAsync("LEGAL_REPRESENTATIVE");
        var start = Forms.Of(await officer.GetAsync(at)).Single(form => form.Action.EndsWith("/matrice", StringComparison.Ordinal));
        Assert.Contains("Choisissez d’où partir.", (await officer.PostAsync(start.Action, start.With(("model", "AUTRE")))).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(start.Action, start.With(("model", "EMPTY")))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await officer.PostAsync(start.Action, start.With(("model", MatrixModel.Code)))).Status);
        var empty = await officer.GetAsync(at);
        Assert.Equal(12, empty.Html.QuerySelectorAll("table.matrix tbody tr").Length);
        Assert.Contains("personne n’en répond", empty.Text);
        // Twelve rows that nobody answers for: no version.
        var early = Forms.Of(await mayor.GetAsync(at + "/publier")).Single(form => form.Action.EndsWith("/publier", StringComparison.Ordinal));
        var refused = await mayor.PostAsync(early.Action, early.With());
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("personne n’en répond", refused.Text);

        var row = Forms.Of(await officer.GetAsync(at + "/lignes/DATA_BREACH")).Single(form => form.Action.Contains("/lignes/", StringComparison.Ordinal));
        var tooLong = await officer.PostAsync(row.Action, row.With(("Form.Cells[0].Text", new string('x', 20_000)), ("Form.Label", "Violations")));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Contains("caractères au plus", tooLong.Html.QuerySelector("#Form_Cells_0__Text")!.ParentElement!.TextContent);
        Assert.Equal(20_000, tooLong.Html.QuerySelector("[name='Form.Cells[0].Text']")!.TextContent.Length);
        Assert.Equal("Violations", tooLong.Html.QuerySelector("[name='Form.Label']")!.GetAttribute("value"));
        var foreign = await officer.PostAsync(row.Action, row.With(("Form.Cells[0].Party", "Une autre commune"), ("Form.Cells[1].Text", "Tenir le registre")));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.Status);
        Assert.Contains("Cette partie n’est pas dans la convention.", foreign.Text);
        Assert.Contains("Tenir le registre", foreign.Html.QuerySelector("[name='Form.Cells[1].Text']")!.TextContent);
        var saved = await officer.PostAsync(row.Action, row.With(("Form.Cells[0].Text", "Alerter sans délai"), ("Form.Cells[0].Codes", "R"), ("Form.Cells[1].Text", "Tenir le registre"), ("Form.Cells[1].Codes", "A"), ("Form.Place", "1")));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.ToString());
        var shown = (await officer.GetAsync(at)).Html.QuerySelectorAll("table.matrix tbody tr")[0];
        Assert.Equal("r-DATA_BREACH", shown.Id);
        Assert.Contains("Alerter sans délai", shown.TextContent);
        // Whoever opened the row before that save sees both texts, and keeps what she typed.
        var stale = await officer.PostAsync(row.Action, row.With(("Form.Cells[0].Text", "Prévenir dans l’heure"), ("Form.Cells[0].Codes", "R")));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("Alerter sans délai", stale.Text);
        Assert.Contains("Prévenir dans l’heure", stale.Html.QuerySelector("[name='Form.Cells[0].Text']")!.TextContent);
        // Another row does not wait for this one.
        var other = Forms.Of(await officer.GetAsync(at + "/lignes/nouvelle")).Single(form => form.Action.Contains("/lignes/", StringComparison.Ordinal));
        (string, string)[] custom = [("Form.Code", "CUSTOM"), ("Form.Label", "Archives papier"), ("Form.Cells[1].Codes", "A")];
        Assert.Equal((await officer.PostAsync(other.Action, other.With(custom))).Location, (await officer.PostAsync(other.Action, other.With(custom))).Location);
        Assert.Equal(13, (await officer.GetAsync(at)).Html.QuerySelectorAll("table.matrix tbody tr").Length);

        // Only what is answered for can be issued: the other rows go.
        foreach (var key in (await officer.GetAsync(at)).Html.QuerySelectorAll("table.matrix tbody tr").Where(line => line.TextContent.Contains("À revoir", StringComparison.Ordinal)).Select(line => line.Id![2..]).ToList())
        {
            var one = Forms.Of(await officer.GetAsync($"{at}/lignes/{key}")).Single(form => form.Action.Contains("/lignes/", StringComparison.Ordinal));
            var gone = await officer.PostAsync(one.Action, one.With(("next", "remove")));
            Assert.True(gone.Status == HttpStatusCode.Redirect, gone.ToString());
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(at + "/publier")).Status);
        var publish = Forms.Of(await mayor.GetAsync(at + "/publier")).Single(form => form.Action.EndsWith("/publier", StringComparison.Ordinal));
        var issued = await mayor.PostAsync(publish.Action, publish.With(("Form.Note", "Première version")));
        Assert.EndsWith("/matrice/versions/1", issued.Location, StringComparison.Ordinal);
        Assert.Equal(issued.Location, (await mayor.PostAsync(publish.Action, publish.With())).Location);
        Assert.Contains("vérifiée", (await mayor.GetAsync(issued.Location!)).Text);
        await using var connection = await registry.SuperuserAsync();
        Assert.Equal(1, await connection.ExecuteScalarAsync<int>("select count(*) from app.responsibility_matrix_version where convention_id = @id", new { id }));
        var journal = (await officer.GetAsync($"{town.Home}/journal")).Text;
        foreach (var word in new[] { "Matrice de responsabilités commencée", "Ligne de la matrice enregistrée", "Ligne de la matrice retirée", "Version de la matrice publiée" }) Assert.Contains(word, journal);
        var duties = await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await new Registry.Features.Responsibilities.Responsibilities(db).OfAsync(id, Duties.Breach));
        Assert.False(duties.FromLaw);
        Assert.Equal(town.Name, duties.First!.Party.Name);
        Assert.Equal("Tenir le registre", duties.First.Text);
    }

    [Fact]
    [Trait("S", "2")]
    [Trait("S", "51")]
    public async Task The_parties_read_it_and_nobody_else_and_none_of_them_writes_it()
    {
        var (keeper, provider, stranger) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (reference, id, _) = await TownConvention.AddAsync(registry, keeper, "Hébergement partagé", provider: provider.Id);
        await TownMatrix.AddAsync(registry, keeper, reference);
        var at = $"{provider.Home}/conventions/{id}/matrice";
        using var manager = await provider.EnterAsync("CONTRACT_MANAGER");
        using var reader = await keeper.EnterAsync("CORRESPONDENT");
        using var contributor = await keeper.EnterAsync("SERVICE_CONTRIBUTOR");
        using var officer = await provider.EnterAsync("DPO");
        using var outside = await stranger.EnterAsync("DPO");
        foreach (var page in new[] { "", "/versions/1", "/imprimer" })
        {
            Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync(at + page)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync(at.Replace(provider.Home, stranger.Home) + page)).Status);
        }
        var own = $"{keeper.Home}/conventions/{reference}/matrice";
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(own)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(own + "/lignes/DATA_BREACH")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync(at + "/lignes/DATA_BREACH")).Status);
        // The officer of a party writes her own body's conventions, not this one.
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync(at + "/lignes/DATA_BREACH")).Status);
        // A contributor reads what her own body must do.
        var narrow = await contributor.GetAsync(own);
        Assert.Contains("registre des incidents", narrow.Text);
        Assert.DoesNotContain("Syndicat de test", narrow.Html.QuerySelector("main")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await contributor.GetAsync(own + "?partie=1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await contributor.GetAsync(own + "/versions/1")).Status);
        // "What must I do?" of one party.
        var mine = await manager.GetAsync(at + "?partie=1");
        Assert.Equal(12, mine.Html.QuerySelectorAll("table.matrix tbody td").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(at + "?partie=9")).Status);
    }

    [Fact]
    [Trait("S", "61")]
    public async Task An_issued_version_cannot_be_changed()
    {
        var town = await Town.FoundAsync(registry);
        var (reference, _, _) = await TownConvention.AddAsync(registry, town, "Hébergement");
        await TownMatrix.AddAsync(registry, town, reference);
        foreach (var sql in new[] { "update app.responsibility_matrix_version set note = 'autre'", "delete from app.responsibility_matrix_version" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, _) => await (await db.OpenAsync()).ExecuteAsync(sql)));
            Assert.Equal("42501", refused.SqlState);
        }
    }
}
