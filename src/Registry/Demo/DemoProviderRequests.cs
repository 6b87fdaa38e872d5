using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.AuthorityRequests;
using Registry.Features.ProviderRequests;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Demo;

/// <summary>What Druelle Balsac asked of its provider over the past months, in every state, and two requests of authorities. All invented, counted back from the day of loading.</summary>
internal static class DemoProviderRequests
{
    public static async Task AddAsync(Database database, Chain chain, IReadOnlyList<DemoBody> bodies)
    {
        var druelle = bodies.First(body => body.Organisation.InseeCode == "12090");
        var life = new Life(database, chain, druelle, druelle.Provider!);
        await life.BeginAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await life.AskAsync(95, "GRANT_ACCESS", "Logiciel d’état civil", new() { PersonName = "Lucie Exemple", PersonFunction = "Agente d’accueil", PersonUnit = "Accueil", AccessLevel = "Saisie", ValidFrom = today.AddDays(-90), Reason = "Prise de poste." },
            "ARCHIVED", "Compte ouvert en saisie, mot de passe initial remis en main propre.", 94);
        await life.AskAsync(60, "REQUEST_CONNECTION_LOGS", "Messagerie", new() { PersonName = "Compte générique accueil", PersonFunction = "Compte de service", LogsFrom = today.AddDays(-75), LogsTo = today.AddDays(-61), Reason = "Connexions la nuit signalées par la supervision." },
            "ARCHIVED", "Traces déposées dans le dossier chiffré de la mairie.", 58);
        await life.AskAsync(40, "CHANGE_RIGHTS", "Logiciel de paie", new() { PersonName = "Paul Exemple", PersonFunction = "Comptable", PersonUnit = "Finances", AccessLevel = "Lecture des bulletins d’un seul service", Reason = "Remplacement partiel." },
            "TECHNICALLY_IMPOSSIBLE", "Le logiciel n’ouvre les bulletins que pour tous les services ensemble.", 39);
        await life.RejectAsync(20);
        await life.AskAsync(6, "REVOKE_ACCESS", "Serveur de fichiers", new() { PersonName = "Hugo Exemple", PersonFunction = "Saisonnier", PersonUnit = "Services techniques", ValidTo = today.AddDays(-6), Reason = "Fin de contrat." },
            "NOTIFIED", "Compte fermé, boîte conservée trente jours.", 5);
        await life.AskAsync(2, "RESET_PASSWORD_OUT_OF_PROCEDURE", "Logiciel d’urbanisme", new() { PersonName = "Inès Exemple", PersonFunction = "Instructrice", PersonUnit = "Urbanisme", Reason = "Mot de passe perdu, dossier à rendre ce jour." }, "IN_PROGRESS");
        await life.AskAsync(1, "GRANT_ACCESS", "Portail des écoles", new() { PersonName = "Nora Exemple", PersonFunction = "Directrice du périscolaire", PersonUnit = "Enfance", AccessLevel = "Administration", ValidFrom = today, ValidTo = today.AddDays(240), Reason = "Remplacement jusqu’à l’été." }, "SUBMITTED");
        await life.AskAsync(1, "GRANT_ACCESS", "Logiciel d’état civil", new() { PersonName = "Marc Exemple", PersonFunction = "Agent polyvalent", Reason = "Guichet du samedi." }, "DRAFT");
        await life.RestoreAsync(70, ProviderRequest.ByBeneficiary, new() { Scope = "Le dossier « Marchés 2026 »", PointInTime = DateTimeOffset.UtcNow.AddDays(-71), Reason = "Effacé par erreur lors d’un rangement." }, "ARCHIVED", ["Sauvegarde de la veille montée sur le serveur de secours.", "Dossier remis en place, contrôlé avec la mairie."]);
        await life.RestoreAsync(1, ProviderRequest.ByProvider, new() { Scope = "La base des délibérations", PointInTime = DateTimeOffset.UtcNow.AddDays(-2), Reason = "Disque défaillant sur le serveur de bases.", Impact = "Une demi-heure sans application, rien à ressaisir.", ExpectedDelay = "demain entre 12 h et 14 h" }, "SUBMITTED", []);
        await life.DeclareAsync(34, ProviderRequest.Incident, "P2", "Messagerie", "Plus aucun message ne part depuis 8 h 30.", "ARCHIVED", "Certificat du relais expiré, renouvelé à 9 h 40 ; une alerte est posée trente jours avant le prochain terme.");
        await life.DeclareAsync(3, ProviderRequest.Demand, "P4", "Imprimante de l’accueil", "Ajouter l’imprimante de l’accueil sur les deux postes du guichet.", "SUBMITTED");
        await life.DeclareAsync(1, ProviderRequest.Assistance, "P1", "Portail des médiathèques", "Aider à trouver l’origine de la violation de données et à corriger : journaux, traces, correctifs, calendrier.", "IN_PROGRESS");
        await life.InquireAsync(45, "Tribunal judiciaire de Rodez", "Réquisition n° 2026-118", "Traces de connexion à la messagerie d’un agent, du 1er au 15 du mois", closed: true);
        await life.InquireAsync(0, "Direction départementale des finances publiques", null, "Adresses des redevables de la taxe de séjour", closed: false);
    }

    private sealed class Life(Database database, Chain chain, DemoBody town, DemoBody provider)
    {
        private static readonly string Helper = DemoPeople.Helpdesk.Name;
        private (Guid Convention, Guid? Office) _under;

        public async Task BeginAsync() => _under = await ActAsync(town, 0, "SYSTEM", "Automate", async at =>
        {
            var connection = await at.Db.OpenAsync();
            return (await connection.QuerySingleAsync<Guid>("select convention_id from app.providers_of(@Id) where provider_id = @Provider limit 1", new { town.Organisation.Id, Provider = provider.Organisation.Id }),
                await connection.ExecuteScalarAsync<Guid?>("select id from appointment where organisation_id = @Id and kind = 'CORRESPONDENT' limit 1", new { town.Organisation.Id }));
        });

        public Task AskAsync(int days, string kind, string system, Asked asked, string ends, string? note = null, int? ended = null) =>
            LeadAsync(days, ProviderRequest.AccessNature, ProviderRequest.ByBeneficiary, kind, system, asked, ends, note, ended ?? days, []);

        /// <summary>A call for help stands in the file of the breach whose cause is not known.</summary>
        public async Task DeclareAsync(int days, string kind, string priority, string system, string text, string ends, string? note = null)
        {
            var breach = kind != ProviderRequest.Assistance ? default : await ActAsync(town, days, "SYSTEM", "Automate", async at =>
                await (await at.Db.OpenAsync()).QueryFirstOrDefaultAsync<(Guid? Id, string? Reference)>(
                    "select id, 'V-' || year || '-' || lpad(number::text, 3, '0') from breach where organisation_id = @Id and status <> 'CLOSED' and sheet #>> '{facts,cause}' = 'UNKNOWN' limit 1", new { town.Organisation.Id }));
            if (kind == ProviderRequest.Assistance && breach.Id is null) return;
            await LeadAsync(days, ProviderRequest.TicketNature, ProviderRequest.ByBeneficiary, kind, system, new() { Reason = text, Breach = breach.Reference }, ends, note, days, note is null ? [] : [note], priority, breach.Id);
        }

        public Task RestoreAsync(int days, string origin, Asked asked, string ends, string[] actions) =>
            LeadAsync(days, ProviderRequest.RestorationNature, origin, null, "Serveurs de la mairie", asked, ends, actions.LastOrDefault(), days - 1, actions);

        public async Task RejectAsync(int days) => await ActAsync(town, days, "CONTRIBUTOR", "Un agent des services techniques", async at =>
        {
            var asked = new Asked { PersonName = "Hugo Exemple", PersonFunction = "Saisonnier", Reason = "Il doit pouvoir imprimer." };
            var (request, _) = (await at.Store.AddAsync(New(at, ProviderRequest.AccessNature, ProviderRequest.ByBeneficiary, "GRANT_ACCESS", "Serveur de fichiers", asked, "REJECTED_NOT_AUTHORISED") with { RequestedBy = "Un agent des services techniques", AuthorityId = null, Authority = null }))!.Value;
            at.Journal.Record(ProviderRequestDesk.Line(Actions.ProviderRequestRejected, request, outcome: "REFUSED"));
            return 0;
        });

        private async Task LeadAsync(int days, string nature, string origin, string? kind, string system, Asked asked, string ends, string? note, int ended, string[] actions, string? priority = null, Guid? breach = null)
        {
            var ours = origin == ProviderRequest.ByBeneficiary;
            var request = await ActAsync(town, days, ours ? "CORRESPONDENT" : "PROCESSOR_HELPDESK", ours ? DemoPeople.Correspondent.Name : Helper, async at =>
            {
                var (added, _) = (await at.Store.AddAsync(New(at, nature, origin, kind, system, asked, ends == "DRAFT" ? ends : "SUBMITTED") with { Priority = priority, BreachId = breach }))!.Value;
                at.Journal.Record(ProviderRequestDesk.Line(ends == "DRAFT" ? Actions.ProviderRequestPrepared : Actions.ProviderRequestSubmitted, added));
                return added;
            });
            if (!ours) request = await StepAsync(request, days, "SYSTEM", "Automate", Actions.ProviderRequestTold, at => request with { ToldAt = at.Now });
            if (ends is "DRAFT" or "SUBMITTED") return;
            request = await MoveAsync(request, days, ProviderRequestStates.Take, at => request with { TakenAt = at.Now, TakenBy = Helper });
            if (ends == "IN_PROGRESS") return;
            foreach (var action in actions)
                await ActAsync(town, ended, "PROCESSOR_HELPDESK", Helper, async at =>
                {
                    await at.Store.AddEntryAsync(request, Guid.CreateVersion7(), at.Now, action);
                    at.Journal.Record(ProviderRequestDesk.Line(Actions.ProviderRequestNoted, request));
                    return 0;
                });
            request = await MoveAsync(request, ended, ends == "TECHNICALLY_IMPOSSIBLE" ? ProviderRequestStates.Impossible : ProviderRequestStates.Execute, at => request with { EndedAt = at.Now, EndedBy = Helper, Note = note });
            if (ends == "TECHNICALLY_IMPOSSIBLE")
            {
                await StepAsync(request, ended, "SYSTEM", "Automate", Actions.ProviderRequestNotified, at => request with { NotifiedAt = at.Now });
                return;
            }
            request = await MoveAsync(request, ended, ProviderRequestStates.Notify, at => request with { NotifiedAt = at.Now });
            if (ends == "ARCHIVED") await MoveAsync(request, ended - 30, ProviderRequestStates.Archive, at => request with { ArchivedAt = at.Now });
        }

        private Task<ProviderRequest> MoveAsync(ProviderRequest request, int days, string slug, Func<At, ProviderRequest> change)
        {
            var move = ProviderRequestStates.Find(request.Nature, request.State, slug) ?? throw new InvalidOperationException($"{request.Reference} cannot {slug} from {request.State}.");
            return StepAsync(request, days, move.Who[0], move.Who[0] == "SYSTEM" ? "Automate" : Helper, move.Who[0] == "SYSTEM" ? (slug == ProviderRequestStates.Archive ? Actions.ProviderRequestArchived : Actions.ProviderRequestNotified) : Actions.ProviderRequestStepped,
                at => change(at) with { Status = ProviderRequestStates.Code(move.To) }, move);
        }

        private Task<ProviderRequest> StepAsync(ProviderRequest request, int days, string role, string name, Happening happening, Func<At, ProviderRequest> change, ProviderRequestMove? move = null) => ActAsync(town, days, role, name, async at =>
        {
            var changed = change(at);
            await at.Store.SaveAsync(changed);
            at.Journal.Record(ProviderRequestDesk.Line(happening, changed, move: move));
            return changed with { Version = changed.Version + 1 };
        });

        public async Task InquireAsync(int days, string authority, string? law, string data, bool closed)
        {
            var received = await ActAsync(provider, days, "PROCESSOR_HELPDESK", Helper, async at =>
            {
                var day = DateOnly.FromDateTime(at.Now.UtcDateTime);
                var (added, _) = (await at.Inquiries.AddAsync(new AuthorityRequest
                {
                    OrganisationId = provider.Organisation.Id, Id = Guid.CreateVersion7(), Side = AuthorityRequest.Processor, Year = day.Year, ConventionId = _under.Convention, ProcessorId = provider.Organisation.Id,
                    ProcessorName = provider.Organisation.Name, ControllerId = town.Organisation.Id, ControllerName = town.Organisation.Name, ReceivedOn = day, Authority = authority, Kind = closed ? "JUDICIAL" : "TAX",
                    LegalReference = law, DataConcerned = data, Status = "RECEIVED", RedirectBy = AuthorityRequest.Due(day, provider.Current).DueOn, CreatedAt = at.Now, CreatedBy = Helper, Version = 1,
                }))!.Value;
                at.Inquiry.Tell(Actions.AuthorityRequestReceived, added);
                return added;
            });
            if (!closed) return;
            var redirected = await ActAsync(provider, days - 1, "PROCESSOR_HELPDESK", Helper, async at =>
            {
                var changed = received with { Status = "REDIRECTED", RedirectedAt = at.Now, RedirectedBy = Helper, Letter = at.Inquiry.Letter(received, "Mairie, place de la Mairie, 12510 Druelle Balsac") };
                await at.Inquiries.SaveAsync(changed);
                at.Inquiry.Tell(Actions.AuthorityRequestStepped, changed, AuthorityStates.All[0].LabelKey);
                return changed;
            });
            var copy = await ActAsync(town, days - 1, "PROCESSOR_HELPDESK", Helper, async at =>
            {
                var (added, _) = (await at.Inquiries.AddAsync(redirected with { OrganisationId = town.Organisation.Id, Side = AuthorityRequest.Controller, CreatedAt = at.Now, CreatedBy = Helper, Version = 1 }))!.Value;
                at.Inquiry.Tell(Actions.AuthorityRequestReceived, added, added.ProcessorName);
                return added;
            });
            await ActAsync(town, days - 2, "CONTROLLER_REP", DemoPeople.Elected.Name, async at =>
            {
                await at.Inquiries.SaveAsync(copy with { Status = "CLOSED", AcknowledgedAt = at.Now, AcknowledgedBy = DemoPeople.Elected.Name, ClosedAt = at.Now, ClosedBy = DemoPeople.Elected.Name, Answer = "Traces remises à l’officier de police judiciaire contre récépissé." });
                at.Inquiry.Tell(Actions.AuthorityRequestStepped, copy, AuthorityStates.All[^1].LabelKey);
                return 0;
            });
        }

        private ProviderRequest New(At at, string nature, string origin, string? kind, string system, Asked asked, string status) => new()
        {
            OrganisationId = town.Organisation.Id, Id = Guid.CreateVersion7(), Nature = nature, Year = at.Now.Year, Origin = origin, ConventionId = _under.Convention, ProviderId = provider.Organisation.Id,
            ProviderName = provider.Organisation.Name, OrganisationName = town.Organisation.Name, Kind = kind, System = system, ContentJson = SheetJson.WritePart(asked), Status = status,
            RequestedById = origin == ProviderRequest.ByBeneficiary ? DemoPeople.Correspondent.Id : DemoPeople.Helpdesk.Id, RequestedBy = origin == ProviderRequest.ByBeneficiary ? DemoPeople.Correspondent.Name : Helper, CreatedAt = at.Now,
            SubmittedAt = status == "DRAFT" ? null : at.Now, AuthorityId = origin == ProviderRequest.ByBeneficiary && status != "DRAFT" ? _under.Office : null,
            Authority = origin == ProviderRequest.ByBeneficiary && status != "DRAFT" ? "Correspondant, courrier 2024/17, depuis le 4 mars 2024" : null, Version = 1,
        };

        private sealed record At(Db Db, ProviderRequestStore Store, AuthorityRequestStore Inquiries, AuthorityDesk Inquiry, Journal Journal, DateTimeOffset Now);

        private async Task<T> ActAsync<T>(DemoBody body, int days, string role, string name, Func<At, Task<T>> act)
        {
            var clock = new DemoClock(TimeSpan.FromDays(days));
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
            var visitor = new Visitor();
            visitor.Is(Guid.Empty, name);
            visitor.StandsIn(body.Current);
            var journal = new Journal(db, chain, clock) { Actor = name, Role = role, RequestId = "demo" };
            var inquiries = new AuthorityRequestStore(db, visitor, clock);
            var result = await act(new At(db, new ProviderRequestStore(db, visitor, clock), inquiries, new AuthorityDesk(inquiries, new MessageTemplates(), visitor, journal, clock), journal, clock.GetUtcNow()));
            await db.CommitAsync();
            return result;
        }
    }
}
