using Registry.Access;
using Registry.Data;
using Registry.Features.PublicRegisters;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Demo;

/// <summary>A register for each beneficiary: models taken, completed and led to every state of their life over the past year.</summary>
internal static class DemoRegisters
{
    /// <summary>The sheet that a newcomer takes herself at Druelle Balsac.</summary>
    private const string LeftForTheVisitor = "ETAT_CIVIL";

    private static readonly RecordStatus[] Lives =
    [
        RecordStatus.Published, RecordStatus.Published, RecordStatus.Draft, RecordStatus.Published, RecordStatus.Submitted, RecordStatus.Published,
        RecordStatus.Validated, RecordStatus.Published, RecordStatus.InRevision, RecordStatus.Published, RecordStatus.InReview, RecordStatus.ChangesRequested,
    ];

    public static async Task AddAsync(Database database, Chain chain, Keys keys, DemoBody body, IReadOnlyDictionary<string, Guid> things)
    {
        var seed = body.Organisation.Name.Sum(letter => letter);
        var models = RecordModels.All
            .Where(model => model.Suits("COMMUNE") && !(body.Organisation.InseeCode == "12090" && model.Code == LeftForTheVisitor))
            .Where((_, index) => (index + seed) % 4 != 0).Take(8 + seed % 9).ToList();
        var steps = new List<(TimeSpan Before, Func<Task> Take)>();
        var advised = false;
        for (var i = 0; i < models.Count; i++)
        {
            var ends = Lives[(i + seed) % Lives.Length];
            var age = TimeSpan.FromDays(ends is RecordStatus.Published or RecordStatus.InRevision ? 60 + (i * 37 + seed) % 290 : 4 + (i * 5) % 20);
            var sheet = models[i].ToSheet();
            DemoThings.Name(sheet, body, things);
            // The first sheet in force has the opinion of the officer.
            Lead(new Life(database, chain, body), models[i], sheet, ends, age, steps, advised: ends == RecordStatus.Published && !advised);
            advised |= ends == RecordStatus.Published;
        }
        var opening = TimeSpan.FromDays(45);
        steps.Add((opening, () => new Life(database, chain, body).OpenRegisterAsync(opening)));
        DemoBreaches.Plan(database, chain, body, steps);
        DemoRequests.Plan(database, chain, keys, body, steps);
        // The oldest first: a history whose lines jump back in time would look like one that was tampered with.
        foreach (var step in steps.OrderByDescending(step => step.Before)) await step.Take();
    }

    private static void Lead(Life life, RecordModel model, Sheet sheet, RecordStatus ends, TimeSpan before, List<(TimeSpan Before, Func<Task> Take)> steps, bool advised)
    {
        var id = Guid.CreateVersion7();
        if (ends != RecordStatus.Draft) Complete(sheet, model);
        string reference = "";
        Then(life.Service, 0, async (store, desk) =>
        {
            var (number, _) = await store.AddAsync(id, sheet, (await desk.JudgeNewAsync(sheet)).Percent);
            reference = ProcessingRecord.ReferenceOf(number);
            desk.Tell(Actions.RecordAdded, id, $"{reference} · {model.TitleFr}");
        });
        if (ends == RecordStatus.Draft) return;
        Move(life.Service, RecordStatus.Submitted, Actions.RecordSubmitted);
        if (ends == RecordStatus.Submitted) return;
        Move(life.Officer, RecordStatus.InReview, Actions.ReviewBegun);
        if (ends == RecordStatus.InReview) return;
        if (ends == RecordStatus.ChangesRequested)
        {
            Move(life.Officer, RecordStatus.ChangesRequested, Actions.ChangesRequested, "Précisez les destinataires : quels services, quels partenaires ?");
            return;
        }
        if (advised)
        {
            var (given, decided) = (before - TimeSpan.FromHours(6), before - TimeSpan.FromHours(12));
            steps.Add((given, () => life.GiveOpinionAsync(reference, id, given)));
            steps.Add((decided, () => life.FollowOpinionAsync(reference, id, decided)));
        }
        Move(life.Officer, RecordStatus.Validated, Actions.RecordValidated);
        if (ends == RecordStatus.Validated) return;
        Then(life.Elected, 1, async (store, desk) =>
        {
            var reading = (await desk.ReadAsync(reference, toChange: true))!;
            var (content, sha256) = await desk.FreezeAsync(reading);
            await store.PublishAsync(reading.Record, content, sha256, "Première version de la fiche.", desk.Today.AddMonths(reading.Sheet.Publication.ReviewMonths));
            desk.Tell(Actions.RecordPublished, id, EventDetails.WithFingerprint($"{reference} v1", sha256), "Première version de la fiche.");
        });
        if (ends == RecordStatus.InRevision) Move(life.Service, RecordStatus.InRevision, Actions.RevisionOpened, "Nouveau logiciel.", daysLater: 20);

        void Move(string who, RecordStatus to, Happening happening, string? reason = null, int daysLater = 1) =>
            Then(who, daysLater, async (store, desk) =>
            {
                var record = (await store.FindAsync(reference, toChange: true))!;
                await store.MoveAsync(record, to, to == RecordStatus.Submitted ? desk.ReviewDeadline(record).DueOn : null, correction: to == RecordStatus.ChangesRequested ? reason : null);
                desk.Tell(happening, id, reference, reason);
            });

        void Then(string who, int daysLater, Func<RecordStore, RecordDesk, Task> act)
        {
            before -= TimeSpan.FromDays(daysLater);
            var then = before;
            steps.Add((then, () => life.ActAsync(who, then, act)));
        }
    }

    /// <summary>What a careful author would have confirmed.</summary>
    internal static void Complete(Sheet sheet, RecordModel model)
    {
        foreach (var measure in sheet.Security.Measures) measure.Status = "IN_PLACE";
        foreach (var rule in sheet.Retention.Rules)
        {
            rule.Final ??= "T";
            rule.ActiveTrigger ??= "CLOSURE";
            if (string.IsNullOrEmpty(rule.ActiveDuration)) rule.ActiveCriterion ??= "tant que le dossier est actif";
        }
        sheet.Dpia.Conclusion = model.ProposedDpiaConclusion;
        sheet.Dpia.Reason ??= "Conclusion proposée par la bibliothèque, vérifiée avec le délégué.";
        sheet.Dpia.DecidedOn = DateOnly.FromDateTime(DateTime.UtcNow).AddMonths(-6);
        if (sheet.Dpia.Required) sheet.Dpia.DpiaStatus = "VALIDATED";
        sheet.Information.NoticeReference = "Mention au bas du formulaire d’inscription";
        sheet.Sensitive.FreeTextZones ??= false;
        sheet.Sensitive.AutomatedDecision ??= false;
    }

    /// <summary>One body and its people.</summary>
    private sealed class Life(Database database, Chain chain, DemoBody body)
    {
        public string Service => body.Organisation.InseeCode == "12090" ? DemoPeople.Correspondent.Name : "Le correspondant";
        public string Officer => DemoPeople.Officer.Name;
        public string Elected => body.Organisation.InseeCode == "12090" ? DemoPeople.Elected.Name : body.IsCommune ? "Le maire" : "Le président";

        private string RoleOf(string who) => who == Officer ? "DPO" : who == Elected ? "CONTROLLER_REP" : "CORRESPONDENT";

        public Task ActAsync(string who, TimeSpan before, Func<RecordStore, RecordDesk, Task> act) => ActAsync(who, before, (db, visitor, journal, clock) =>
        {
            var store = new RecordStore(db, visitor, clock);
            return act(store, new RecordDesk(store, new OfficeStore(db, visitor, clock), visitor, journal, clock));
        });

        public Task GiveOpinionAsync(string reference, Guid id, TimeSpan before) => ActAsync(Officer, before, async (db, visitor, journal, clock) =>
        {
            const string Words = "Le traitement repose sur une mission d’intérêt public et ne collecte que ce qu’il faut. Réserve : afficher la mention d’information au guichet, pas seulement sur le formulaire.";
            await new RecordOpinionStore(db, visitor, clock).GiveAsync(id, new OpinionForm
            {
                Subject = RecordOpinion.OnProcessing, Conclusion = "FAVOURABLE_WITH_RESERVES", Opinion = Words, GivenOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            }, onLegitimateInterests: false);
            journal.Record(new Event(body.Organisation.Id, Actions.OpinionGiven.Code, RecordDesk.ObjectType, id, new EventDetails { Subject = reference, Reason = Words }));
        });

        public Task FollowOpinionAsync(string reference, Guid id, TimeSpan before) => ActAsync(Elected, before, async (db, visitor, journal, clock) =>
        {
            await new RecordOpinionStore(db, visitor, clock).DecideAsync(id, new DecisionForm { Number = 1, Decision = "FOLLOWED" });
            journal.Record(new Event(body.Organisation.Id, Actions.OpinionDecided.Code, RecordDesk.ObjectType, id, new EventDetails { Subject = reference }));
        });

        /// <summary>The register is open to citizens: the names of processors are shown, the officer's is not.</summary>
        public Task OpenRegisterAsync(TimeSpan before) => ActAsync(Elected, before, async (db, visitor, journal, clock) =>
        {
            await new PublicRegisterStore(db, visitor, clock).SaveAsync(new() { Enabled = true, ShowProcessorNames = true });
            journal.Record(new Event(body.Organisation.Id, Actions.PublicRegisterChanged.Code, "ORGANISATION", body.Organisation.Id,
                new EventDetails { Subject = body.Organisation.Name, Changes = [new("Registre public ouvert", "Non", "Oui"), new("Noms des sous-traitants montrés", "Non", "Oui")] }));
        });

        private async Task ActAsync(string who, TimeSpan before, Func<Db, Visitor, Journal, TimeProvider, Task> act)
        {
            var clock = new DemoClock(before);
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, who);
            visitor.StandsIn(body.Current);
            var journal = new Journal(db, chain, clock) { Actor = who, Role = RoleOf(who), RequestId = "demo" };
            await act(db, visitor, journal, clock);
            await db.CommitAsync();
        }
    }
}
