using Dapper;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Tests.Support;

/// <summary>A file of a town on which every page opens: assessed as a high risk, to be notified, the persons to be informed.</summary>
public static class TownBreach
{
    /// <param name="registry">Where.</param>
    /// <param name="town">Whose.</param>
    /// <param name="title">What happened.</param>
    /// <param name="awareFor">How long the town has known.</param>
    public static Task<string> AddAsync(RegistryFixture registry, Town town, string title = "Courriel égaré", TimeSpan? awareFor = null) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = Registry.Tests.Features.Records.PublishedRecords.Visitor(town);
        var store = new BreachStore(db, visitor, TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        var sheet = new BreachSheet();
        (sheet.Facts.Title, sheet.Facts.Natures) = (title, ["CONFIDENTIALITY"]);
        (sheet.People.DataCategories, sheet.People.SubjectCategories, sheet.Measures.MeasuresBefore) = (["CONTACT"], ["RESIDENTS"], "Mots de passe");
        var (reference, _) = (await store.AddAsync(new Breach
        {
            Id = Guid.CreateVersion7(), Kind = Breach.BreachKind, Year = now.Year, Title = title, Status = "REPORTED", AuthorityStatus = "UNDECIDED", PeopleStatus = "UNDECIDED",
            FoundAt = now - (awareFor ?? TimeSpan.FromHours(10)), SheetJson = SheetJson.WritePart(sheet), Version = 1, ReportedAt = now, ReportedBy = "Test", UpdatedAt = now, UpdatedBy = "Test",
        }))!.Value;
        var breach = (await store.FindAsync(reference))!;
        await store.SaveAsync(breach with { Status = "ASSESSING", RiskLevel = "HIGH", AuthorityStatus = "TO_NOTIFY", PeopleStatus = "TO_INFORM", DecidedAt = now });
        await store.AddEntryAsync(Guid.CreateVersion7(), breach.Id, EntryKinds.Assessment, now, new RiskAssessment("SIGNIFICANT", "SIGNIFICANT", "HIGH", "HIGH", null));
        journal.Record(new Event(town.Id, Actions.BreachReported.Code, Breach.ObjectType, breach.Id, new EventDetails { Subject = title }));
        return reference;
    });
}
