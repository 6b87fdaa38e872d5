using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

public sealed class SheetTests
{
    [Fact]
    public void Any_sheet_reads_back_as_it_was_written() =>
        Prop.ForAll<int>(seed =>
        {
            var sheet = SampleSheets.Random(seed);
            var again = SheetJson.Read(SheetJson.Write(sheet));
            Assert.Equal(SheetJson.Write(sheet), SheetJson.Write(again));
            Assert.Equal(SheetJson.Canonical(sheet), SheetJson.Canonical(again));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_canonical_text_does_not_depend_on_the_order_in_which_the_database_returns_properties() =>
        Prop.ForAll<int>(seed =>
        {
            var sheet = SampleSheets.Random(seed);
            var shuffled = Reversed(JsonNode.Parse(SheetJson.Write(sheet))!).ToJsonString();
            Assert.Equal(SheetJson.Canonical(sheet), SheetJson.Canonical(SheetJson.Read(shuffled)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_empty_is_not_in_the_canonical_text_so_a_field_added_later_changes_no_hash()
    {
        Assert.Equal("{}", SheetJson.Canonical(new Sheet()));
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", SheetJson.Sha256(SheetJson.Canonical(new Sheet())));
        var sheet = new Sheet { Purposes = { Purpose = "Prêter des livres", ConsentMeans = "" } };
        Assert.Equal("""{"purposes":{"purpose":"Prêter des livres"}}""", SheetJson.Canonical(sheet));
    }

    [Fact]
    public void An_answered_no_is_content_and_an_unanswered_question_is_not()
    {
        var answered = new Sheet { Sensitive = { NirUsed = false } };
        Assert.Equal("""{"sensitive":{"nirUsed":false}}""", SheetJson.Canonical(answered));
        Assert.False(SheetSections.Find("sensibles")!.IsEmpty(answered));
        Assert.True(SheetSections.Find("sensibles")!.IsEmpty(new Sheet()));
    }

    [Fact]
    public void Nulls_and_unknown_properties_of_an_older_document_leave_a_whole_sheet()
    {
        var sheet = SheetJson.Read("""{"purposes":{"purpose":"x","legalBases":null,"formerField":1},"people":null}""");
        Assert.Empty(sheet.Purposes.LegalBases);
        Assert.Empty(sheet.People.DataCategories);
        Assert.Throws<JsonException>(() => SheetJson.Read("null"));
    }

    [Fact]
    public void A_copy_shares_nothing_with_its_original()
    {
        var sheet = RecordModels.All[0].ToSheet();
        var copy = sheet.Copy();
        copy.Purposes.LegalBases[0].Reference = "autre";
        copy.People.DataSubjects.Clear();
        Assert.NotEqual("autre", sheet.Purposes.LegalBases[0].Reference);
        Assert.NotEmpty(sheet.People.DataSubjects);
    }

    [Fact]
    public void Every_part_of_the_sheet_can_be_read_and_replaced_by_its_key()
    {
        var parts = typeof(Sheet).GetProperties().Where(property => property.PropertyType != typeof(string) && property.PropertyType != typeof(VersionStamp)).Select(property => property.PropertyType);
        Assert.Equal(parts, SheetSections.All.Select(section => section.Type));
        foreach (var section in SheetSections.All)
        {
            var sheet = new Sheet();
            var part = section.New();
            section.Set(sheet, part);
            Assert.Same(part, section.Get(sheet));
            Assert.True(section.IsEmpty(sheet), section.Key);
            Assert.Same(section, SheetSections.Find(section.Key));
        }
        Assert.Null(SheetSections.Find("inconnue"));
    }

    [Fact]
    public void Every_field_has_a_French_name()
    {
        foreach (var (section, path) in SheetLabels.All.Keys)
            Assert.True(SheetLabels.Field(section, path)!.IsDefined(typeof(DisplayAttribute), false), $"{section} {path} has no display name");
        Assert.Equal("Texte de référence", SheetLabels.Label("finalites", "LegalBases[1].Reference"));
        Assert.Equal("Finalité", SheetLabels.Label("finalites", "Purpose"));
    }

    [Theory]
    [InlineData("P1Y", "P10Y", "P11Y", "11 ans")]
    [InlineData("P6M", "P1Y6M", "P2Y", "2 ans")]
    [InlineData("P1M", "P30D", "P1M30D", "1 mois 30 jours")]
    public void The_administrative_period_adds_both_stages_when_both_are_numbers(string active, string intermediate, string dua, string words)
    {
        var rule = new RetentionRule { ActiveDuration = active, IntermediateDuration = intermediate };
        Assert.Equal(dua, rule.Dua?.ToString());
        Assert.Equal(words, rule.Dua?.InFrench());
        Assert.Null(new RetentionRule { ActiveCriterion = "carrière", IntermediateDuration = intermediate }.Dua);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("P0Y")]
    [InlineData("PT1H")]
    [InlineData("10 ans")]
    [InlineData("P1Y\n")]
    [InlineData("P99999999999Y")]
    public void What_is_no_period_is_not_read_as_one(string text) => Assert.Null(Period.Parse(text));

    [Fact]
    public void Every_country_has_a_name()
    {
        Assert.Equal(249, Countries.Codes.Distinct().Count());
        Assert.All(Countries.Codes, code => Assert.NotEqual(code, Countries.Name(code)));
    }

    [Theory]
    [InlineData("R01", "C", "N01", "art. 35 §10", 2, "REQUIRED_LIST")]
    [InlineData(null, "C", "N01", "art. 35 §10", 2, "REQUIRED_ART35_3")]
    [InlineData(null, null, "N01", "art. 35 §10", 2, "EXEMPT_LIST")]
    [InlineData(null, null, null, "art. 35 §10", 2, "EXEMPT_LEGAL")]
    [InlineData(null, null, null, null, 2, "REQUIRED_CRITERIA")]
    [InlineData(null, null, null, null, 1, "NOT_REQUIRED")]
    public void The_screening_suggests_in_the_order_of_the_law(string? required, string? article35, string? exempt, string? law, int criteria, string suggestion)
    {
        var screening = new DpiaSection
        {
            RequiredListHits = required is null ? [] : [required],
            Article35Cases = article35 is null ? [] : [article35],
            ExemptListHits = exempt is null ? [] : [exempt],
            LegalAssessment = law,
            Criteria = [.. new[] { "SCORING", "LARGE_SCALE" }.Take(criteria)],
        };
        Assert.Equal(suggestion, screening.Suggestion);
    }

    private static JsonNode Reversed(JsonNode node) => node switch
    {
        JsonObject content => new JsonObject(content.Reverse().Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Reversed(property.Value!)))),
        JsonArray rows => new JsonArray([.. rows.Select(row => Reversed(row!))]),
        _ => node.DeepClone(),
    };
}
