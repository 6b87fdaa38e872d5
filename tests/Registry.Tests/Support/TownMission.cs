using Registry.Data;
using Registry.Features.Missions;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A mission in its initial phase, with an action, a day of March 2026 and the statement of that month.</summary>
public static class TownMission
{
    public const string Month = "2026-03";

    public static Task<(Guid Mission, Guid Task, Guid Visit)> AddAsync(RegistryFixture registry, Town town, string title = "Mise en conformité") => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var visitor = PublishedRecords.Visitor(town);
        var (store, interventions) = (new MissionStore(db, visitor, TimeProvider.System), new InterventionStore(db, visitor, TimeProvider.System));
        var (mission, task, visit) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.True(await store.AddAsync(mission, new() { Title = title, InitialDays = "12,5", OngoingDays = "10", DailyRate = "230", AnnualFee = "2300" }, null));
        var proposed = (await store.FindAsync(mission, toChange: true))!;
        Assert.True(await store.MoveAsync(proposed with { Phase = "INITIAL_COMPLIANCE", SentOn = new(2026, 1, 5), ValidatedOn = new(2026, 1, 6), ValidatedBy = "Test", InitialFrom = new(2026, 1, 6) }));
        Assert.True(await store.AddActionAsync(mission, task, new() { Title = "Nommer un suppléant, " + title, Priority = "P2", Responsible = "Direction", DueOn = new(2030, 1, 1), Status = "TODO" }));
        Assert.True(await interventions.AddAsync(mission, visit, new() { HeldOn = new(2026, 3, 10), Days = "1", PerformedBy = "L’équipe du délégué", Place = "ON_SITE", Kind = "RECORD", Summary = "Entretiens avec les services, " + title, Status = "DONE" }));
        await interventions.OpenStatementAsync(mission, new(2026, 3, 1));
        journal.Record(new Event(town.Id, Actions.MissionAdded.Code, Mission.ObjectType, mission, new EventDetails { Subject = title }));
        return (mission, task, visit);
    });
}
