using Registry.Access;
using Registry.Data;
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

    public static async Task AddAsync(Database database, Chain chain, DemoBody body)
    {
        var seed = body.Organisation.Name.Sum(letter => letter);
        var models = RecordModels.All
            .Where(model => model.Suits("COMMUNE") && !(body.Organisation.InseeCode == "12090" && model.Code == LeftForTheVisitor))
            .Where((_, index) => (index + seed) % 4 != 0).Take(8 + seed % 9).ToList();
        for (var i = 0; i < models.Count; i++)
        {
            var ends = Lives[(i + seed) % Lives.Length];
            var age = TimeSpan.FromDays(ends is RecordStatus.Published or RecordStatus.InRevision ? 60 + (i * 37 + seed) % 290 : 4 + (i * 5) % 20);
            await LeadAsync(new Life(database, chain, body, new DemoClock(age)), models[i], ends);
        }
    }

    private static async Task LeadAsync(Life life, RecordModel model, RecordStatus ends)
    {
        var id = Guid.CreateVersion7();
        var sheet = model.ToSheet();
        if (ends != RecordStatus.Draft) Complete(sheet, model);
        string reference = "";
        await life.ActAsync(life.Service, TimeSpan.Zero, async (store, desk) =>
        {
            var (number, _) = await store.AddAsync(id, sheet, (await desk.JudgeAsync(sheet, null)).Percent);
            reference = $"T-{number:0000}";
            desk.Tell(Actions.RecordAdded, id, $"{reference} · {model.TitleFr}");
        });
        if (ends == RecordStatus.Draft) return;
        await MoveAsync(life.Service, 1, RecordStatus.Submitted, Actions.RecordSubmitted);
        if (ends == RecordStatus.Submitted) return;
        await MoveAsync(life.Officer, 1, RecordStatus.InReview, Actions.ReviewBegun);
        if (ends == RecordStatus.InReview) return;
        if (ends == RecordStatus.ChangesRequested)
        {
            await MoveAsync(life.Officer, 1, RecordStatus.ChangesRequested, Actions.ChangesRequested, "Précisez les destinataires : quels services, quels partenaires ?");
            return;
        }
        await MoveAsync(life.Officer, 1, RecordStatus.Validated, Actions.RecordValidated);
        if (ends == RecordStatus.Validated) return;
        await life.ActAsync(life.Elected, TimeSpan.FromDays(1), async (store, desk) =>
        {
            var reading = (await desk.ReadAsync(reference, toChange: true))!;
            var (content, sha256) = await desk.FreezeAsync(reading);
            await store.PublishAsync(reading.Record, content, sha256, "Première version de la fiche.", desk.Today.AddMonths(reading.Sheet.Publication.ReviewMonths));
            desk.Tell(Actions.RecordPublished, id, $"{reference} v1 sha256:{sha256}", "Première version de la fiche.");
        });
        if (ends == RecordStatus.InRevision)
            await MoveAsync(life.Service, 20, RecordStatus.InRevision, Actions.RevisionOpened, "Nouveau logiciel.");

        Task MoveAsync(string who, int daysLater, RecordStatus to, Happening happening, string? reason = null) =>
            life.ActAsync(who, TimeSpan.FromDays(daysLater), async (store, desk) =>
            {
                var record = (await store.FindAsync(reference, toChange: true))!;
                await store.MoveAsync(record, to, to == RecordStatus.Submitted ? desk.ReviewDeadline(record).DueOn : null);
                desk.Tell(happening, id, reference, reason);
            });
    }

    /// <summary>What a careful author would have confirmed.</summary>
    private static void Complete(Sheet sheet, RecordModel model)
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

    /// <summary>One body, its people and the hand of time.</summary>
    private sealed class Life(Database database, Chain chain, DemoBody body, DemoClock clock)
    {
        public string Service => body.Organisation.InseeCode == "12090" ? DemoPeople.Correspondent.Name : "Le correspondant";
        public string Officer => DemoPeople.Officer.Name;
        public string Elected => body.Organisation.InseeCode == "12090" ? DemoPeople.Elected.Name : "Le maire";

        private string RoleOf(string who) => who == Officer ? "DPO" : who == Elected ? "CONTROLLER_REP" : "CORRESPONDENT";

        public async Task ActAsync(string who, TimeSpan later, Func<RecordStore, RecordDesk, Task> act)
        {
            clock.Before = clock.Before > later ? clock.Before - later : clock.Before;
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, who);
            visitor.StandsIn(new CurrentOrganisation
            {
                Id = body.Organisation.Id, Slug = body.Organisation.Slug, Name = body.Organisation.Name, Type = body.Organisation.Type,
                Accent = body.Organisation.Accent, Territory = body.Organisation.Territory, TimeZone = body.Organisation.TimeZone,
                GoodFridayObserved = body.Organisation.GoodFridayObserved,
            });
            var journal = new Journal(db, chain, clock) { Actor = who, Role = RoleOf(who), RequestId = "demo" };
            var store = new RecordStore(db, visitor, clock);
            await act(store, new RecordDesk(store, new OfficeStore(db, visitor, clock), visitor, journal, clock));
            await db.CommitAsync();
        }
    }
}
