using Registry.Access;
using Registry.Data;
using Registry.Features.Breaches;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Demo;

/// <summary>
/// A believable past year of incidents and breaches, in every state of their life. All invented. The days of a story are counted back from the
/// day on which the data is loaded, so that two clocks still run then.
/// </summary>
internal static class DemoBreaches
{
    private const string Correspondent = "CORRESPONDENT", Officer = "DPO", Elected = "LEGAL_REPRESENTATIVE";

    public static void Plan(Database database, Chain chain, DemoBody body, List<(TimeSpan Before, Func<Task> Take)> steps)
    {
        Story New() => new(new Life(database, chain, body), steps);
        if (body.Organisation.InseeCode == "12090")
        {
            Ransom(New());
            Misdirected(New(), ends: true);
            Portal(New());
            Power(New());
            Phished(New());
            return;
        }
        switch (body.Organisation.InseeCode)
        {
            case "97302": Ransom(New()); Published(New()); break;
            case "97305": Phished(New()); break;
            case "97307": Misdirected(New(), ends: false); Power(New()); break;
            case "97310": Visitors(New()); break;
            case "97313": Published(New()); break;
            case "29212": Lost(New()); break;
        }
    }

    /// <summary>Notified at once, completed, persons told, closed.</summary>
    private static void Ransom(Story story) => story
        .Report(212, "Rançongiciel sur le serveur de fichiers de la mairie", "AGENT", "Des fichiers du partage ne s’ouvrent plus et portent une extension inconnue. Un message demande une rançon.", "un agent de l’accueil, à l’ouverture", hours: 9,
            sheet => Fill(sheet, ["AVAILABILITY", "CONFIDENTIALITY"], "MALWARE", "EXTERNAL_MALICIOUS", ["IDENTITY", "CONTACT", "ECONOMIC"], ["RESIDENTS", "STAFF"], 2100, 2400, "Sauvegarde nocturne hors ligne, antivirus à jour, comptes individuels."))
        .Risk(212, "SIGNIFICANT", "SIGNIFICANT", "HIGH").Step(212, "confirmer").Step(211, "decider-de-notifier", Elected)
        .Notify(210, "INITIAL", "FR-2026-0411").Step(210, "informer", Elected)
        .Tell(208, "Le partage de fichiers de la mairie a été chiffré par un logiciel malveillant. Vos nom, adresse et justificatifs de ressources ont pu être lus. Nous avons coupé l’accès et restauré les fichiers. Méfiez-vous des messages qui vous demanderaient de l’argent. Le délégué à la protection des données répond à vos questions.", 2250)
        .Step(208, "personnes-informees").Exchange(206, "CNIL", "La CNIL demande la date de la dernière sauvegarde saine et la liste des comptes touchés.")
        .Notify(203, "COMPLEMENTARY", "FR-2026-0411-C1").Step(190, "traiter").Close(160, "Le compte d’administration servait aussi à la messagerie.", "Comptes d’administration séparés ; exercice de restauration chaque semestre.");

    /// <summary>No risk: not notified, with its reason, and in the register all the same.</summary>
    private static void Misdirected(Story story, bool ends)
    {
        story.Report(96, "Courriel du périscolaire envoyé avec tous les destinataires visibles", "AGENT", "Le menu de la semaine est parti à 61 familles, les adresses en copie visible.", "le service périscolaire", hours: 1,
                sheet => Fill(sheet, ["CONFIDENTIALITY"], "WRONG_RECIPIENT", "INTERNAL_ACCIDENTAL", ["CONTACT"], ["PARENTS"], 61, 61, "Consigne d’envoi en copie cachée."))
            .Risk(96, "NEGLIGIBLE", "LIMITED", "UNLIKELY").Step(95, "confirmer")
            .Step(95, "ne-pas-notifier", Elected, "Seules des adresses électroniques ont été vues, par des familles de la même école ; aucune suite n’est à craindre et chacune a été priée d’effacer le message.")
            .Step(95, "ne-pas-informer", Elected, "Le risque est improbable ; un message d’excuse est tout de même parti le jour même.").Step(94, "traiter");
        if (ends) story.Close(80, "L’envoi à des groupes se fait désormais depuis le portail.", "Aucune autre : la consigne existait, le portail la rend inutile.");
    }

    /// <summary>The provider knew the day before; the mayor has decided, the deposit is still to be made.</summary>
    private static void Portal(Story story) => story
        .Report(2, "Comptes de la médiathèque visibles sans mot de passe", "PROCESSOR", "Après une mise à jour du portail, les pages de compte des lecteurs étaient ouvertes à qui en devinait l’adresse.", "l’assistance du prestataire", hours: 22,
            sheet => Fill(sheet, ["CONFIDENTIALITY"], "TECHNICAL_FAILURE", "UNKNOWN", ["IDENTITY", "CONTACT", "LOANS_ACTIVITY"], ["USERS", "MINORS"], 1240, 1240, "Mot de passe par lecteur, connexion chiffrée."), provider: true)
        .Told(2, "Le délégué mutualisé", "EMAIL").Told(2, "L’élu délégué", "PHONE")
        .Risk(1, "LIMITED", "SIGNIFICANT", "RISK").Step(1, "confirmer").Step(1, "decider-de-notifier", Elected);

    /// <summary>No personal data: an incident.</summary>
    private static void Power(Story story) => story
        .Incident(41, "Panne électrique de la salle des serveurs", "Les applications ont été arrêtées deux heures. Rien n’a été perdu.").Step(39, "clore-l-incident", reason: "Onduleur remplacé, redémarrage vérifié.");

    /// <summary>Just reported, nobody has taken it up.</summary>
    private static void Phished(Story story) => story
        .Report(1, "Mot de passe de messagerie saisi sur une fausse page", "AGENT", "Un agent a cliqué sur un faux avis de colis et a saisi son mot de passe. Il l’a changé aussitôt.", "l’agent lui-même", hours: 2, sheet => sheet.People.SubjectCategories = ["RESIDENTS"]);

    /// <summary>The 72 hours have passed and nobody has decided.</summary>
    private static void Visitors(Story story) => story
        .Report(5, "Cahier des visiteurs laissé ouvert à l’accueil", "AGENT", "Le cahier, avec les motifs de visite, est resté ouvert sur le comptoir pendant deux jours.", "un agent de l’accueil", hours: 48,
            sheet => Fill(sheet, ["CONFIDENTIALITY"], "PAPER_LOST_STOLEN", "INTERNAL_ACCIDENTAL", ["IDENTITY"], ["VISITORS"], 55, 70, "Cahier gardé derrière le comptoir."))
        .Risk(4, "LIMITED", "LIMITED", "RISK");

    /// <summary>Notified too late, and why.</summary>
    private static void Lost(Story story) => story
        .Report(133, "Clé USB égarée avec la liste électorale", "AGENT", "Une clé USB qui portait un extrait de la liste électorale a été perdue entre deux bureaux de vote.", "le service élections", hours: 30,
            sheet => Fill(sheet, ["CONFIDENTIALITY"], "DEVICE_LOST_STOLEN", "INTERNAL_ACCIDENTAL", ["IDENTITY", "CONTACT"], ["VOTERS"], 890, 890, "Clé chiffrée pour les autres services, pas pour celui-ci."))
        .Risk(131, "LIMITED", "LIMITED", "RISK").Step(131, "confirmer").Step(129, "decider-de-notifier", Elected)
        .Notify(127, "INITIAL", "FR-2026-1702", "La clé a d’abord été cherchée dans les locaux ; la perte n’a été admise qu’après trois jours.").Step(126, "ne-pas-informer", Elected, "Les données figurent sur une liste que tout électeur peut consulter ; le risque n’est pas élevé.");

    /// <summary>Set aside: it was none.</summary>
    private static void Published(Story story) => story
        .Report(64, "Délibération publiée avec un nom", "CITIZEN", "Une habitante signale son nom dans une délibération mise en ligne.", "une habitante, par téléphone", hours: 4, sheet => sheet.People.SubjectCategories = ["RESIDENTS"])
        .Step(62, "ecarter", Elected, "La délibération nomme l’acquéreur d’un bien communal : sa publication est prévue par la loi, il n’y a pas de violation.");

    private static void Fill(BreachSheet sheet, List<string> natures, string origin, string cause, List<string> data, List<string> people, int least, int most, string before)
    {
        (sheet.Facts.Natures, sheet.Facts.Origin, sheet.Facts.Cause, sheet.Facts.Medium, sheet.Facts.CrossBorder, sheet.Facts.Ongoing) = (natures, origin, cause, "Numérique", false, false);
        (sheet.People.DataCategories, sheet.People.SubjectCategories, sheet.People.SubjectsAtLeast, sheet.People.SubjectsAtMost, sheet.People.RecordsAtLeast) = (data, people, least, most, least);
        (sheet.People.SpecialData, sheet.People.MinorsOrVulnerable) = (false, people.Contains("MINORS") || people.Contains("PARENTS"));
        (sheet.Measures.MeasuresBefore, sheet.Measures.Consequences, sheet.Measures.Harms) = (before, ["WIDER_DISCLOSURE"], ["LOSS_OF_CONTROL"]);
        (sheet.Measures.DataUnintelligible, sheet.Measures.BackupAvailable, sheet.Measures.MeasuresTaken) = (false, true, "Accès fermés, journaux conservés, service prévenu.");
    }

    private sealed class Story(Life life, List<(TimeSpan Before, Func<Task> Take)> steps)
    {
        private readonly Guid _id = Guid.CreateVersion7();
        private string _reference = "";

        public Story Report(int days, string title, string how, string description, string who, int hours, Action<BreachSheet> fill, bool provider = false) => Then(Correspondent, days, async (store, desk, _) =>
        {
            var learned = desk.Now.AddMinutes(-35);
            var moments = provider ? new BreachMoments { StartedAt = learned.AddHours(-hours - 20), ProcessorAwareAt = learned.AddHours(-hours), ControllerAlertedAt = learned, DpoInformedAt = desk.Now }
                : how == "CITIZEN" ? new() { StartedAt = learned.AddHours(-hours), ControllerAlertedAt = learned } : new() { StartedAt = learned.AddHours(-hours), FoundAt = learned };
            await AddAsync(store, desk, title, how, description, who, "YES", moments, fill);
        });

        public Story Incident(int days, string title, string description) => Then(Correspondent, days, (store, desk, _) =>
            AddAsync(store, desk, title, "AGENT", description, "la supervision", "NO", new BreachMoments { FoundAt = desk.Now.AddHours(-1) }, _ => { }));

        public Story Risk(int days, string severity, string likelihood, string level) => Then(Correspondent, days, async (store, desk, breach) =>
        {
            await store.SaveAsync(breach with { RiskLevel = level });
            await store.AddEntryAsync(Guid.CreateVersion7(), _id, EntryKinds.Assessment, desk.Now, new RiskAssessment(severity, likelihood, level, level, null));
            desk.Tell(Actions.BreachAssessed, breach);
        });

        public Story Step(int days, string slug, string by = Correspondent, string? reason = null) => Take(days, slug, by, new StepTaken(slug, reason));

        public Story Close(int days, string lessons, string actions) => Take(days, "clore", Elected, new StepTaken("clore", null, Lessons: lessons, Actions: actions));

        public Story Notify(int days, string kind, string number, string? delay = null) => Then(Officer, days, async (store, desk, breach) =>
        {
            var act = BreachStates.Find(breach.State, kind == "INITIAL" ? "notification-initiale" : "notification-complementaire")!;
            var changed = breach.With(act.To(breach.State));
            if (kind == "INITIAL") changed = changed with { NotifiedAt = desk.Now, NotifiedLate = delay is not null };
            var reading = (await desk.ReadAsync(_reference))!;
            var sections = await Languages.InFrench(() => desk.DossierAsync(reading));
            await store.SaveAsync(changed);
            await store.AddEntryAsync(Guid.CreateVersion7(), _id, EntryKinds.Notification, desk.Now, new NotificationSent(kind, number, delay, delay is null ? "ON_TIME" : "LATE", null,
                [.. sections.SelectMany(section => section.Fields).Where(field => field.Text is not null).Select(field => new DossierLine(field.Label, field.Text!))], [.. Dossier.Missing(sections).Select(field => field.Label)]));
            desk.Tell(Actions.BreachNotified, changed, delay, act: act);
        });

        public Story Tell(int days, string text, int recipients) => Note(days, EntryKinds.Communication, new PeopleCommunication(["POST", "WEBSITE"], recipients, text, false, false), Actions.BreachPeopleTold);

        public Story Exchange(int days, string with, string text) => Note(days, EntryKinds.Exchange, new AuthorityExchange(with, "RECEIVED", text, false), Actions.BreachNoted);

        public Story Told(int days, string who, string channel) => Note(days, EntryKinds.Told, new PersonTold(who, null, channel), Actions.BreachNoted);

        private Story Note(int days, string kind, object content, Happening happening) => Then(Correspondent, days, async (store, desk, breach) =>
        {
            await store.AddEntryAsync(Guid.CreateVersion7(), _id, kind, desk.Now, content);
            desk.Tell(happening, breach);
        });

        private Story Take(int days, string slug, string by, StepTaken taken) => Then(by, days, async (store, desk, breach) =>
        {
            var act = BreachStates.Find(breach.State, slug) ?? throw new InvalidOperationException($"The story of {breach.Title} cannot take {slug} from {breach.State}.");
            await store.SaveAsync(BreachDesk.After(act, breach, desk.Now));
            await store.AddEntryAsync(Guid.CreateVersion7(), _id, BreachDesk.EntryOf(act), desk.Now, taken);
            desk.Tell(Actions.BreachStepped, breach, taken.Reason ?? taken.Lessons, act: act);
        });

        private async Task AddAsync(BreachStore store, BreachDesk desk, string title, string how, string description, string who, string data, BreachMoments moments, Action<BreachSheet> fill)
        {
            var form = new ReportForm { Id = _id, Title = title, How = how, Description = description, Who = who, PersonalData = data };
            var breach = form.ToBreach(moments, life.Visitor, desk.Now);
            var sheet = breach.ReadSheet();
            fill(sheet);
            breach = breach with { SheetJson = SheetJson.WritePart(sheet), ReportedById = null, ProcessorAwareAt = moments.ProcessorAwareAt, DpoInformedAt = moments.DpoInformedAt };
            (_reference, _) = (await store.AddAsync(breach))!.Value;
            var added = (await store.FindAsync(_reference, toChange: true))!;
            desk.Tell(added.IsIncident ? Actions.IncidentReported : Actions.BreachReported, added);
            if (BreachStates.Find(added.State, "evaluer") is not { } opening || sheet.Facts.Natures.Count == 0 && how != "CITIZEN") return;
            await store.SaveAsync(BreachDesk.After(opening, added, desk.Now));
            desk.Tell(Actions.BreachStepped, added, act: opening);
        }

        private Story Then(string who, int days, Func<BreachStore, BreachDesk, Breach, Task> act)
        {
            var before = TimeSpan.FromDays(days);
            steps.Add((before, () => life.ActAsync(who, before, async (store, desk) => await act(store, desk, (_reference.Length == 0 ? null : await store.FindAsync(_reference, toChange: true))!))));
            return this;
        }
    }

    private sealed class Life(Database database, Chain chain, DemoBody body)
    {
        public Visitor Visitor { get; private set; } = new();

        public async Task ActAsync(string kind, TimeSpan before, Func<BreachStore, BreachDesk, Task> act)
        {
            var clock = new DemoClock(before);
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
            var ours = body.Organisation.InseeCode == "12090";
            Visitor = new Visitor();
            Visitor.Is(Guid.Empty, kind switch { Officer => DemoPeople.Officer.Name, Elected => ours ? DemoPeople.Elected.Name : "Le maire", _ => ours ? DemoPeople.Correspondent.Name : "Le correspondant" });
            Visitor.StandsIn(body.Current);
            Visitor.Holds([new Grant(Roles.Of(kind), kind, false, [])], 1, false);
            var journal = new Journal(db, chain, clock) { Actor = Visitor.Name, Role = Roles.Of(kind).Code(), RequestId = "demo" };
            var store = new BreachStore(db, Visitor, clock);
            await act(store, new BreachDesk(store, Visitor, journal, new Dossier(new Languages()), clock));
            await db.CommitAsync();
        }
    }
}
