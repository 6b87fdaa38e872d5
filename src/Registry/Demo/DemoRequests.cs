using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Access;
using Registry.Data;
using Registry.Features.Requests;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Demo;

/// <summary>
/// Requests of a believable year, in every state of their life; all invented. The days are counted back from the day on which the data is loaded,
/// so that some answers are due soon then.
/// </summary>
internal static class DemoRequests
{
    public const string SearchedText = "L’adresse de mes deux enfants est l’ancienne, à la cantine comme à l’école : merci de la corriger partout.";
    private const string Correspondent = "CORRESPONDENT", Elected = "LEGAL_REPRESENTATIVE";

    public static void Plan(Database database, Chain chain, Keys keys, DemoBody body, List<(TimeSpan Before, Func<Task> Take)> steps)
    {
        Story New() => new(database, chain, keys, body, steps);
        switch (body.Organisation.InseeCode)
        {
            case "12090":
                Answered(New());
                New().Receive(27, "EMAIL", "ACCESS", "Je souhaite une copie de toutes les données que la mairie détient sur moi et sur mes deux enfants.", "Inès", "Vauclair")
                    .Step(26, "accuser-reception").Step(24, "instruire", form => form.Method = "FILE_MATCH")
                    .Step(2, "reponse-prete", form => (form.Outcome, form.Masked, form.Reason) = ("FULL", true, "Vous trouverez ci-joint la copie des données que la mairie détient sur vous et vos enfants : état civil, inscriptions scolaires, cantine, liste électorale."));
                New().Receive(19, "POST", "ERASURE", "Merci d’effacer mon dossier de demande de logement, j’ai déménagé.", "Gaspard", "Ollier")
                    .Step(18, "accuser-reception").Step(16, "demander-l-identite", form => form.Reason = "Deux dossiers portent ce nom et l’adresse donnée n’est celle d’aucun.");
                New().Receive(3, "IN_PERSON", "OBJECTION", "Je ne veux plus recevoir le bulletin municipal à mon nom.", "Maud", "Lestang");
                // She has asked before; what is searched for her comes with DemoSearches, once the conventions stand.
                New().Receive(2, "EMAIL", "RECTIFICATION", SearchedText, "Inès", "Vauclair").Step(2, "accuser-reception").Step(1, "instruire", form => form.Method = "FILE_MATCH");
                break;
            case "29212":
                New().Receive(41, "REGISTERED_POST", "ACCESS", "Je demande l’historique de mes emprunts à la médiathèque et qui l’a consulté.", "Erwan", "Kerbrat")
                    .Step(40, "accuser-reception").Step(39, "instruire", form => form.Method = "KNOWN_ACCOUNT")
                    .Step(12, "prolonger", form => (form.Extension, form.Reason) = ("COMPLEXITY", "Les traces de consultation sont chez l’hébergeur et doivent être extraites pour trois ans."), Elected);
                break;
            case "97302":
                Answered(New());
                New().Receive(36, "EMAIL", "RECTIFICATION", "Mon nom de naissance est mal écrit sur la liste de la cantine.", "Solène", "Arrindell").Step(35, "accuser-reception").Step(33, "instruire", form => form.Method = "IN_PERSON");
                break;
            case "97305":
                New().Receive(150, "EMAIL", "ACCESS", "Que savez-vous de l’entreprise de mon voisin ?", "Théo", "Marsan").Step(149, "accuser-reception").Step(148, "instruire", form => form.Method = "NOT_NEEDED")
                    .Step(135, "refuser", form => (form.Grounds, form.Reason) = (["THIRD_PARTY_RIGHTS"], "La demande porte sur une autre personne, qui n’a donné aucun mandat : répondre révélerait ses données."), Elected).Step(120, "clore");
                break;
        }
    }

    private static void Answered(Story story) => story
        .Receive(230, "POST", "ACCESS", "Je voudrais savoir quelles informations le centre de loisirs garde sur mon fils.", "Coralie", "Dumesnil").Step(228, "accuser-reception").Step(226, "instruire", form => form.Method = "FILE_MATCH")
        .Step(212, "reponse-prete", form => (form.Outcome, form.Masked, form.Reason) = ("FULL", true, "Le centre de loisirs garde la fiche d’inscription, la fiche sanitaire et les présences de l’année. Copies jointes."))
        .Step(210, "repondre", form => (form.Channel, form.Recipient) = ("POST", true), Elected).Step(180, "clore");

    private sealed class Story(Database database, Chain chain, Keys keys, DemoBody body, List<(TimeSpan Before, Func<Task> Take)> steps)
    {
        private string _reference = "";

        public Story Receive(int days, string channel, string right, string text, string firstName, string lastName) => Then(days, Correspondent, async (store, desk, visitor) =>
        {
            var (request, _) = (await store.AddAsync(new RightsRequest
            {
                Id = Guid.CreateVersion7(), Year = desk.Today.Year, Channel = channel, Rights = [right], Status = RequestStatus.Received, ReceivedOn = desk.Today, Course = new(), RegisteredAt = desk.Now, RegisteredBy = visitor.Name,
                Content = new() { Requester = new(firstName, lastName, $"{firstName}.{lastName}@exemple.example".ToLowerInvariant(), null, null), Capacity = "SELF", Text = text },
            }))!.Value;
            _reference = request.Reference;
            desk.Tell(Actions.RequestReceived, request);
        });

        public Story Step(int days, string slug, Action<StepForm>? fill = null, string by = Correspondent) => Then(days, by, async (store, desk, visitor) =>
        {
            var request = (await store.FindAsync(_reference, toChange: true))!;
            var act = RequestStates.Find(request.Status, slug) ?? throw new InvalidOperationException($"The story of {_reference} cannot take {slug} from {request.Status}.");
            var form = new StepForm { On = DateParts.From(desk.Today) };
            fill?.Invoke(form);
            var errors = new ModelStateDictionary();
            var changed = form.Take(act, request, body.Current.Calendar, desk.Today, byOfficer: false, errors)
                ?? throw new InvalidOperationException($"{slug}: {string.Join(' ', errors.Values.SelectMany(value => value.Errors).Select(error => error.ErrorMessage))}");
            await store.SaveAsync(changed);
            await store.AddEntryAsync(changed.Id, slug, desk.Today, act.Needs == RequestNeeds.Draft ? null : form.Reason);
            desk.Tell(Actions.RequestStepped, changed, act);
        });

        private Story Then(int days, string kind, Func<RequestStore, RequestDesk, Visitor, Task> act)
        {
            var before = TimeSpan.FromDays(days);
            steps.Add((before, async () =>
            {
                var clock = new DemoClock(before);
                await using var db = new Db(database, TimeProvider.System);
                db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
                var ours = body.Organisation.InseeCode == "12090";
                var visitor = new Visitor();
                visitor.Is(Guid.Empty, kind == Elected ? ours ? DemoPeople.Elected.Name : "Le maire" : ours ? DemoPeople.Correspondent.Name : "Le correspondant");
                visitor.StandsIn(body.Current);
                visitor.Holds([new Grant(Roles.Of(kind), kind, false, [])], 1, false);
                var journal = new Journal(db, chain, clock) { Actor = visitor.Name, Role = Roles.Of(kind).Code(), RequestId = "demo" };
                var store = new RequestStore(db, visitor, keys, clock);
                await act(store, new RequestDesk(store, new SearchSheetStore(db, visitor, keys, clock), new RequestFileStore(db, visitor, keys, clock), visitor, journal, clock), visitor);
                await db.CommitAsync();
            }
            ));
            return this;
        }
    }
}
