using Registry.Data;
using Registry.Features.Engagements;
using Registry.Features.Records;
using Registry.Features.Responsibilities;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Features.Responsibilities;

/// <summary>What must I do for this record? Read on its page from the matrix of the convention under which its processor works.</summary>
[Trait("Kind", "pages")]
public sealed class RecordDutiesTests(RegistryFixture registry)
{
    [Fact]
    public async Task A_record_says_who_does_what_under_the_convention_of_its_processor_and_another_says_nothing()
    {
        var town = await Town.FoundAsync(registry);
        var (convention, id, _) = await TownConvention.AddAsync(registry, town, "Hébergement des données");
        var third = await EngageAsync(town);
        var reference = await town.AddRecordAsync(complete: true, sheet => sheet.Processors.Processors = [new() { Name = "Communauté qui héberge", ThirdPartyId = third.ToString() }]);
        var other = await town.AddRecordAsync(complete: true, sheet => (sheet.Processors.Processors, sheet.Processors.Systems) = ([], []));
        using var officer = await town.EnterAsync("DPO");

        var silent = await officer.GetAsync($"{town.Home}/traitements/{reference}");
        Assert.Contains("aucune matrice n’est publiée, la loi répond", silent.Text);

        await TownMatrix.AddAsync(registry, town, convention);
        var page = await officer.GetAsync($"{town.Home}/traitements/{reference}");
        var section = page.Html.QuerySelector("#qui-fait-quoi")!;
        var rows = section.QuerySelectorAll("tbody tr");
        Assert.Equal(MatrixModel.For([]).Rows.Count(RecordDuties.Matters), rows.Length);
        Assert.Contains("Décide et répond", section.TextContent);
        Assert.Equal($"{town.Home}/conventions/{id}/matrice#r-PRIVACY_GOVERNANCE", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Null((await officer.GetAsync($"{town.Home}/traitements/{other}")).Html.QuerySelector("#qui-fait-quoi"));
    }

    [Fact]
    public void The_rows_that_matter_speak_of_the_sheet_its_applications_or_its_assessment()
    {
        Assert.Equal(["PRIVACY_GOVERNANCE", "ONLINE_SERVICE_DATA", "ORGANISATIONAL_SECURITY", "INFORMATION_SYSTEM_SECURITY", "DATA_SUBJECT_RIGHTS", "COMPLIANCE_WORK", "TERRITORIALITY"],
            MatrixModel.For([]).Rows.Where(RecordDuties.Matters).Select(row => row.Key));
        Assert.False(RecordDuties.Matters(new() { Code = "DATA_BREACH" }));
        Assert.True(RecordDuties.Matters(new() { Code = "PRIVACY_GOVERNANCE" }));
    }

    /// <summary>A processor whose text is the convention, as somebody recorded it; its id.</summary>
    private Task<Guid> EngageAsync(Town town) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = PublishedRecords.Visitor(town);
        var store = new EngagementStore(db, visitor, TimeProvider.System);
        var (third, id) = ((await new KnownThings(db, visitor, journal, TimeProvider.System).ThirdPartyAsync("Communauté qui héberge", "PROCESSOR"))!.Value, Guid.CreateVersion7());
        var text = Assert.Single((await store.ChoicesAsync()).Texts);
        Assert.True(await store.AddAsync(id, new() { Terms = new() { Processor = "Communauté qui héberge", Service = "Hébergement", StartOn = new(2025, 1, 1), Authorisation = "GENERAL" } }, third, text, null));
        journal.Record(new Event(town.Id, "TEST", Engagement.ObjectType, id, new EventDetails()));
        return third;
    });
}
