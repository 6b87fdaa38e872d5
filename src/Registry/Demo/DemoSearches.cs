using Registry.Access;
using Registry.Data;
using Registry.Features.Organisations;
using Registry.Features.Requests;
using Registry.Features.Responsibilities;
using Registry.History;

namespace Registry.Demo;

/// <summary>The search sheet of one request: a service has answered, another and the provider that the matrix charges with helping have not yet.</summary>
internal static class DemoSearches
{
    public static async Task AddAsync(Database database, Chain chain, Keys keys, DemoBody body)
    {
        var clock = new DemoClock(TimeSpan.FromHours(20));
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, DemoPeople.Correspondent.Name);
        visitor.StandsIn(body.Current);
        visitor.Holds([new Grant(Role.Correspondent, "CORRESPONDENT", false, [])], 1, false);
        var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = Role.Correspondent.Code(), RequestId = "demo" };
        var units = new UnitStore(db, visitor);
        foreach (var name in new[] { "Restaurant scolaire", "Secrétariat de mairie" })
        {
            var id = Guid.CreateVersion7();
            await units.AddAsync(id, name);
            journal.Record(new Event(body.Organisation.Id, Actions.UnitAdded.Code, "UNIT", id, new EventDetails { Subject = name }));
        }
        var (store, searches, places) = (new RequestStore(db, visitor, keys, clock), new SearchSheetStore(db, visitor, keys, clock), new SearchPlaces(db, new Responsibilities(db), visitor));
        var desk = new RequestDesk(store, searches, new RequestFileStore(db, visitor, keys, clock), visitor, journal, clock);
        await places.ReadAsync();
        var lines = await new RequestListStore(db, clock).ListAsync(new RequestFilter("ouvertes", "RECTIFICATION", 1), body.Organisation.Id);
        var request = (await store.FindAsync(lines.Single(line => line.State == RequestStatus.InProgress).Reference, toChange: true))!;
        var half = HalfWay.Between(desk.Today, request.Clock(body.Current.Calendar).Due.DueOn, body.Current.Calendar);

        await AskAsync(Whom("Restaurant scolaire"), "L’adresse des enfants Vauclair dans le dossier de la cantine et sur les factures.");
        await AskAsync(Whom("Secrétariat de mairie"), "La famille Vauclair : fichier des écoles et listes d’envoi.");
        await AskAsync(places.Whom.First(one => one.Asked.ConventionId is not null).Asked, "L’ancienne adresse de la famille Vauclair dans les sauvegardes.", places.Systems[0].Id);
        var first = (await searches.ListAsync(request.Id))[0];
        var answered = first with { State = SearchState.Found, SearchedOn = desk.Today, Content = first.Content with { Text = "Ancienne adresse dans deux dossiers et sur les factures de l’année.", By = "Responsable du restaurant scolaire" } };
        await searches.SaveAsync(answered);
        desk.Tell(Actions.RequestSearchAnswered, request, answered);
        await db.CommitAsync();

        Asked Whom(string name) => places.Whom.First(one => one.Asked.Name == name).Asked;

        async Task AskAsync(Asked asked, string instruction, Guid? system = null)
        {
            var task = new SearchTask { Id = Guid.CreateVersion7(), RequestId = request.Id, RecordId = places.Records[0].Id, RecordNumber = places.Records[0].Number, RecordTitle = places.Records[0].Title, SystemId = system, Asked = asked, DueOn = half.On, Content = new(instruction) };
            await searches.AddAsync(task, request.Reference);
            desk.Tell(Actions.RequestSearchAsked, request, task);
        }
    }
}
