using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Records;

/// <summary>Fields of the catalogue (domain §2.2, §2.3) that joined the sheet later: where they are asked, what they change, what older texts are without them.</summary>
public sealed class CatalogueFieldsTests
{
    /// <summary>A version of the first release, as it was hashed then.</summary>
    private const string Older =
        """{"identification":{"gdprRole":"CONTROLLER","title":"Portail famille"},"people":{"dataSubjects":[{"category":"MINORS"}]},"processors":{"processors":[{"contractReference":"C-001","name":"Éditeur"}],"systems":[{"hosting":"FRANCE","name":"Portail"}]},"purposes":{"legalBases":[{"basis":"CONSENT"}]},"retention":{"rules":[{"activeDuration":"P1Y","id":"r1","intermediateDuration":"P10Y","scope":"Dossier"}]},"sensitive":{"automatedDecision":true}}""";

    [Fact]
    public void A_version_that_lacks_the_new_fields_keeps_its_text_and_its_hash()
    {
        Assert.Equal(Older, SheetJson.Canonical(SheetJson.Read(Older)));
        Assert.Empty(SheetDifferences.Compare(SheetJson.Read(Older), SheetJson.Read(Older)));
    }

    public static TheoryData<string, string, bool> Asked => new()
    {
        { "finalites", "Form.MinorsConsent", true },
        { "sensibles", "Form.AutomatedDecisionSignificance", true },
        { "sous-traitants", "Form.Processors[0].Instructions", true },
        { "sous-traitants", "Form.Processors[0].StartOn", true },
        { "sous-traitants", "Form.Processors[0].EndOn", true },
        { "sous-traitants", "Form.Processors[0].DataReturnedOn", false },
        { "sous-traitants", "Form.Processors[0].DestructionCertificate", false },
    };

    [Theory, MemberData(nameof(Asked))]
    public void A_field_is_asked_where_it_has_an_object(string section, string path, bool asked)
    {
        var sheet = SheetJson.Read(Older);
        Assert.Equal(asked, Paths(section, sheet).Contains(path));
        // Adults who do not consent, a person who decides, an engagement that is over.
        sheet.People.DataSubjects[0].Category = "RESIDENTS";
        sheet.Sensitive.AutomatedDecision = false;
        sheet.Processors.Processors[0].EndOn = new DateOnly(2026, 6, 30);
        Assert.Equal(section == "sous-traitants", Paths(section, sheet).Contains(path));
    }

    [Fact]
    public void What_the_new_fields_say_is_read_compared_and_asked_for_without_holding_a_publication_back()
    {
        var (older, newer) = (SheetJson.Read(Older), SheetJson.Read(Older));
        string[] lacking = [.. Warnings(older)];
        Assert.Contains(lacking, message => message.Contains("quinze ans", StringComparison.Ordinal));
        Assert.Contains(lacking, message => message.Contains("décision automatisée", StringComparison.Ordinal));
        newer.Purposes.MinorsConsent = "Double case à cocher";
        (newer.Sensitive.AutomatedDecisionLogic, newer.Sensitive.AutomatedDecisionSignificance) = ("Barème", "Rang sur la liste d’attente");
        var row = newer.Processors.Processors[0];
        (row.Instructions, row.StartOn, row.EndOn, row.DataReturnedOn, row.DestructionCertificate) = ("Annexe 2", new DateOnly(2024, 1, 1), new DateOnly(2026, 6, 30), new DateOnly(2026, 7, 15), "PV du 20 juillet");
        Assert.Empty(Warnings(newer));
        Assert.Equal(8, SheetDifferences.Compare(older, newer).Count);
        var reader = new SheetReader(new Languages(), newer);
        var text = string.Join('\n', SheetSections.All.SelectMany(section => reader.Read(section)).SelectMany(field => field.Table?.Rows.SelectMany(cells => cells) ?? [field.Text ?? ""]));
        foreach (var said in new[] { "Double case à cocher", "Rang sur la liste d’attente", "Annexe 2", "PV du 20 juillet", "15 juillet 2026" }) Assert.Contains(said, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_stages_of_a_duration_are_added_where_it_is_read()
    {
        var table = new SheetReader(new Languages(), SheetJson.Read(Older)).Read(SheetSections.Find("conservation")!).Single().Table!;
        Assert.Contains("11", table.Rows[0][2], StringComparison.Ordinal);
        Assert.Contains("utilité administrative", table.Rows[0][2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_made_of_a_sheet_links_nothing_of_its_organisation()
    {
        var sheet = SheetJson.Read(Older);
        (sheet.Identification.JointAgreementId, sheet.Processors.Systems[0].SystemId, sheet.Processors.Processors[0].ThirdPartyId) = ("un", "deux", "trois");
        Assert.DoesNotMatch("(jointAgreement|system|thirdParty)Id", SheetJson.Write(Registry.Features.Models.ModelSheet.Of(sheet)));
    }

    private static IEnumerable<string> Warnings(Sheet sheet) =>
        PublicationRules.Judge(sheet, SampleSheets.Appointed).Messages.Where(message => !message.Blocking && message.RuleId is "V-12" or "V-16" && !message.Blocking).Select(message => message.MessageKey);

    private static List<string> Paths(string section, Sheet sheet) =>
        [.. new SheetForm(sheet).Describe(SheetSections.Find(section)!.Get(sheet)).SelectMany(field => field.Rows.SelectMany(row => row.Fields).Append(field)).Select(field => field.Path)];
}
