using Registry.Access;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Incidents;
using Registry.History;

namespace Registry.Demo;

/// <summary>One incident at the provider of many communes: told two days ago to three of them, with more facts the day after.</summary>
internal static class DemoIncidents
{
    private static readonly string[] Concerned = ["97305", "97307", "97309"];

    public static async Task AddAsync(Database database, Chain chain, IReadOnlyList<DemoBody> bodies)
    {
        if (bodies.FirstOrDefault(body => body.Organisation.InseeCode == Concerned[0])?.Provider is not { } provider) return;
        var concerned = bodies.Where(body => Concerned.Contains(body.Organisation.InseeCode)).Select(body => body.Organisation.Id).ToHashSet();
        var facts = new SharedFacts
        {
            Title = "Espace des familles : des comptes visibles d’un foyer à l’autre", Systems = ["Espace des familles"], DataCategories = ["IDENTITY", "CONTACT"],
            Description = "Après une mise à jour, des parents connectés ont vu la page d’un autre foyer. Le nombre de comptes n’est pas encore connu.", MeasuresTaken = "L’espace des familles est fermé.",
        };
        Incident? told = null;
        await ActAsync(2, async (desk, store, files) =>
        {
            (facts.StartedAt, facts.NoticedAt) = (desk.Now.AddHours(-9), desk.Now.AddHours(-3));
            var clients = (await files.ClientsAsync()).Where(client => concerned.Contains(client.Id)).ToList();
            if (clients.Count > 0) (told, _) = await desk.ReportAsync(Guid.CreateVersion7(), facts, clients);
        });
        if (told is null) return;
        await ActAsync(1, async (desk, store, _) =>
        {
            var incident = (await store.FindAsync(told.Reference, toChange: true))!;
            facts = incident.Read();
            (facts.EndedAt, facts.MeasuresTaken, facts.MeasuresPlanned) = (facts.NoticedAt.AddHours(2), "L’espace des familles est fermé ; la mise à jour est retirée ; les journaux sont conservés.", "Liste des comptes vus par d’autres, commune par commune, dans les deux jours.");
            await desk.ShareAsync(incident, facts, incident.Version);
        });

        async Task ActAsync(int days, Func<IncidentDesk, IncidentStore, IncidentFileStore, Task> act)
        {
            var clock = new DemoClock(TimeSpan.FromDays(days));
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(provider.Organisation.Id));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, "L’assistance");
            visitor.StandsIn(provider.Current);
            var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = Role.ProcessorHelpdesk.Code(), RequestId = "demo" };
            var (store, files) = (new IncidentStore(db, visitor, clock), new IncidentFileStore(db, visitor, clock));
            await act(new IncidentDesk(store, files, visitor, journal, clock), store, files);
            await db.CommitAsync();
        }
    }
}
