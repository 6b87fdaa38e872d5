using Registry.Data;
using Registry.Features.Audits;
using Registry.Features.Recommendations;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>An audit with a finding, and the recommendation that came of it.</summary>
public static class TownAudit
{
    public static Task<(Guid Audit, Guid Finding, string Advice)> AddAsync(RegistryFixture registry, Town town, string scope = "Postes de travail") => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = PublishedRecords.Visitor(town);
        var (audits, store) = (new AuditStore(db, visitor, TimeProvider.System), new RecommendationStore(db, visitor, TimeProvider.System));
        var (audit, finding) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.True(await audits.AddAsync(audit, new() { Kind = "INITIAL_IT", Scope = scope, Auditor = "Le prestataire", HeldOn = new(2026, 2, 3) }));
        Assert.True(await audits.AddFindingAsync(audit, finding, new() { Finding = "Correctifs absents, " + scope, Severity = "MAJOR", Remedy = "Appliquer les correctifs." }));
        var found = Assert.Single(await audits.FindingsAsync(audit));
        var advice = (await new RecommendationDesk(store, visitor, journal, TimeProvider.System).ProposeAsync(Guid.CreateVersion7(), found.ToRecommendation((await audits.FindAsync(audit))!), finding))!;
        journal.Record(new Event(town.Id, Actions.AuditAdded.Code, Audit.ObjectType, audit, new EventDetails { Subject = scope }));
        return (audit, finding, advice);
    });
}
