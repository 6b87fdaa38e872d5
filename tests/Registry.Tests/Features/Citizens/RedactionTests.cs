using System.Collections;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Citizens;

/// <summary>What citizens read of a sheet that says something in every field (domain §4, "Redaction of the public register").</summary>
[Trait("Kind", "pages")]
public sealed class RedactionTests(RegistryFixture registry)
{
    /// <summary>The free texts that are shown, by section and field; every other one is hidden, those of tomorrow included.</summary>
    private static readonly string[] Shown =
    [
        "IdentificationSection.Title", "PurposesSection.Purpose", "PurposesSection.SubPurposes", "PurposesSection.WithdrawalMeans", "LegalBasisRow.Reference", "LegalBasisRow.AppliesTo",
        "DataSubjectRow.Detail", "DataCategoryRow.Detail", "RetentionRule.Scope", "RetentionRule.ActiveCriterion", "RetentionRule.IntermediateNote", "RetentionRule.Source",
        "InformationSection.RightsNotes", "InformationSection.RightsContact", "PublicationSection.PublicNote",
    ];

    /// <summary>Every address in the document that app_public reads.</summary>
    private static readonly string[] Paths =
    [
        "identification.domain", "identification.title", "information.rightsContact", "information.rightsNotes", "people.dataCategories.category", "people.dataCategories.detail",
        "people.dataSubjects.category", "people.dataSubjects.detail", "people.dataSubjects.minors", "people.dataSubjects.vulnerable", "processorCategories.category", "processorCategories.count",
        "publication.publicNote", "purposes.legalBases.appliesTo", "purposes.legalBases.basis", "purposes.legalBases.reference", "purposes.purpose", "purposes.subPurposes", "purposes.withdrawalMeans",
        "recipients.recipients.kind", "retention.rules.activeCriterion", "retention.rules.activeDuration", "retention.rules.activeTrigger", "retention.rules.final",
        "retention.rules.intermediateDuration", "retention.rules.intermediateNote", "retention.rules.scope", "retention.rules.source", "sensitive.nirUsed", "sensitive.offencesPresent",
        "sensitive.specialPresent", "transfers.transfers.country", "transfers.transfers.mechanism",
    ];

    [Fact]
    public async Task Nothing_hidden_of_a_full_sheet_is_found_in_page_JSON_CSV_or_database()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("DPO");
        await TownPublicRegister.SetAsync(registry, town);
        var marks = new List<string>();
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => marks.AddRange(FillAll(sheet)));
        var shown = Shown.Select(Mark).ToList();
        Assert.Superset(shown.ToHashSet(), marks.ToHashSet());
        var hidden = marks.Except(shown).ToList();
        Assert.True(hidden.Count > 30);

        using var citizen = registry.Browse();
        var page = await ReadAsync(citizen, $"/c/{town.Slug}/registre/{reference}");
        var list = await ReadAsync(citizen, $"/c/{town.Slug}/registre");
        var json = await ReadAsync(citizen, $"/c/{town.Slug}/registre.json");
        var csv = await ReadAsync(citizen, $"/c/{town.Slug}/registre.csv");
        await using var reader = await PublicAsync();
        var row = (await reader.QuerySingleAsync<(string Row, string Document)>(
            "select row(organisation_id, number, title, domain, published_on, document, words)::text, document::text from public_sheet where organisation_id = @Id", new { town.Id }));
        foreach (var text in new[] { page, list, json, csv, row.Row })
        {
            Assert.DoesNotContain(hidden, mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("décembre 1999", text, StringComparison.Ordinal);  // every date of the sheet
            Assert.DoesNotContain("1999-12", text, StringComparison.Ordinal);
            Assert.DoesNotContain("987654", text, StringComparison.Ordinal);  // every number
            Assert.DoesNotContain("Personne DPO", text, StringComparison.Ordinal);
            Assert.DoesNotContain(SheetValues.Label("SecurityMeasure", Vocabulary.Current.Terms("SecurityMeasure")[0].Code), text, StringComparison.OrdinalIgnoreCase);
        }
        foreach (var text in new[] { page, json, csv }) Assert.All(shown, mark => Assert.Contains(mark, text));
        Assert.Equal(Paths, PathsOf(JsonNode.Parse(row.Document)!).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("mesures techniques et d’organisation", page);
        Assert.Contains("mesures techniques et d’organisation", csv);
    }

    [Fact]
    public async Task The_public_role_reads_no_sheet_no_version_no_decision_and_no_person()
    {
        await using var reader = await PublicAsync();
        foreach (var table in new[] { "processing_record", "record_version", "record_opinion", "sheet_visibility", "person", "appointment", "third_party", "information_system", "public_sheet" })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => reader.QueryAsync($"select * from app.{table}"))).SqlState);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => reader.QueryAsync("select * from app.officer_of(gen_random_uuid(), current_date)"))).SqlState);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => reader.QueryAsync("select show_officer_name from app.public_register"))).SqlState);
    }

    [Fact]
    public async Task Whatever_a_statement_writes_into_the_public_table_it_says_what_the_version_in_force_says()
    {
        var town = await Town.FoundAsync(registry);
        await TownPublicRegister.SetAsync(registry, town);
        var reference = await town.AddPublishedRecordAsync(registry);
        await town.WriteAsync("""update public_sheet set title = 'Secret', document = '{"identification":{"title":"Secret"}}' where organisation_id = @id""", town.Id);
        using var citizen = registry.Browse();
        Assert.DoesNotContain("Secret", await ReadAsync(citizen, $"/c/{town.Slug}/registre/{reference}"));
        var draft = await town.AddRecordAsync(complete: true);
        await town.WriteAsync("""
            insert into public_sheet (organisation_id, number, record_id, title, published_on, document, words)
            select organisation_id, number, id, 'Secret', now(), sheet, '' from processing_record where organisation_id = @id and published_version is null
            """, town.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync($"/c/{town.Slug}/registre/{draft}")).Status);
    }

    [Fact]
    public async Task Names_of_processors_and_of_the_officer_are_shown_where_the_town_says_so_and_vanish_again()
    {
        var town = await Town.FoundAsync(registry);
        await town.AppointAsync("DPO");
        await TownPublicRegister.SetAsync(registry, town, names: true, officer: true);
        var reference = await town.AddPublishedRecordAsync(registry, change: sheet => sheet.Processors.Processors = [new() { Name = "Société Xénon", Service = "infogérance" }, new() { Name = "Parti depuis", EndOn = new DateOnly(2020, 1, 1) }]);
        using var citizen = registry.Browse();
        string[] paths = [$"/c/{town.Slug}/registre/{reference}", $"/c/{town.Slug}/registre.json", $"/c/{town.Slug}/registre.csv"];
        foreach (var path in paths)
        {
            var text = await ReadAsync(citizen, path);
            Assert.Contains("Société Xénon", text);
            Assert.DoesNotContain("infogérance", text);
            Assert.DoesNotContain("Parti depuis", text);
        }
        Assert.Contains("Personne DPO", await ReadAsync(citizen, paths[0]));
        await TownPublicRegister.SetAsync(registry, town);
        foreach (var path in paths)
        {
            var text = await ReadAsync(citizen, path);
            Assert.DoesNotContain("Xénon", text);
            Assert.DoesNotContain("Personne DPO", text);
        }
    }

    private static async Task<string> ReadAsync(Visit citizen, string path)
    {
        var answer = await citizen.GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        var text = await answer.Raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return answer.Raw.Content.Headers.ContentType?.MediaType == "text/html" ? WebUtility.HtmlDecode(text) : text;
    }

    private async Task<NpgsqlConnection> PublicAsync()
    {
        var connection = new NpgsqlConnection(Database.ForRole(registry.ConnectionString, "app_public", registry.Keys).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private static string Mark(string field) => "Marque" + field.Replace(".", "", StringComparison.Ordinal);

    /// <summary>One row in every list, something in every field; returns the marks of all free texts.</summary>
    private static List<string> FillAll(Sheet sheet)
    {
        var marks = new List<string>();
        foreach (var section in SheetSections.All) Fill(section.Get(sheet), marks);
        sheet.Publication.PublicVisibility = "PUBLISHED";
        sheet.Processors.Processors[0].EndOn = null;
        sheet.Identification.JointAgreementId = null;
        return marks;
    }

    private static void Fill(object part, List<string> marks)
    {
        foreach (var field in SheetText.Fields(part.GetType()).Where(field => !field.IsDefined(typeof(RowKeyAttribute))))
        {
            if (SheetLabels.RowType(field.PropertyType) is { } type)
            {
                var rows = (IList)field.GetValue(part)!;
                rows.Clear();
                rows.Add(Activator.CreateInstance(type)!);
                Fill(rows[0]!, marks);
                continue;
            }
            object value = field.PropertyType switch
            {
                var kind when kind == typeof(bool) || kind == typeof(bool?) => true,
                var kind when kind == typeof(int?) => field.Name == nameof(PublicationSection.ReviewEveryMonths) ? 12 : 987654,
                var kind when kind == typeof(DateOnly?) => new DateOnly(1999, 12, 31),
                var kind when kind == typeof(List<string>) => new List<string> { Text(field, part, marks) },
                _ => Text(field, part, marks),
            };
            field.SetValue(part, value);
        }
    }

    private static string Text(PropertyInfo field, object part, List<string> marks)
    {
        if (field.GetCustomAttribute<VocabularyAttribute>() is { } list) return list.Codes.Count > 0 ? list.Codes[0] : Vocabulary.Current.Terms(list.Enumeration)[0].Code;
        if (field.GetCustomAttribute<OneOfAttribute>() is { } few) return few.Codes[0];
        if (field.IsDefined(typeof(PeriodAttribute))) return "P1Y";
        if (field.IsDefined(typeof(CountryAttribute))) return "US";
        var mark = Mark($"{part.GetType().Name}.{field.Name}");
        marks.Add(mark);
        return mark;
    }

    private static IEnumerable<string> PathsOf(JsonNode node, string prefix = "") => node switch
    {
        JsonObject part => part.SelectMany(field => PathsOf(field.Value!, prefix.Length == 0 ? field.Key : $"{prefix}.{field.Key}")),
        JsonArray rows => rows.SelectMany(row => PathsOf(row!, prefix)),
        _ => [prefix],
    };
}
