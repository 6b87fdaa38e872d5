using Registry.Access;
using Registry.Data;
using Registry.Features.Audits;
using Registry.Features.Opinions;
using Registry.Features.Recommendations;
using Registry.History;

namespace Registry.Demo;

/// <summary>The audit that came before the convention of Druelle Balsac, what it found, and recommendations in several states.</summary>
internal static class DemoRecommendations
{
    private static readonly (string Finding, string Severity, string? Remedy)[] Found =
    [
        ("Deux postes de travail ne reçoivent plus de correctifs.", "CRITICAL", "Remplacer les deux postes, ou les retirer du réseau de la mairie."),
        ("Les mots de passe des boîtes de service sont partagés.", "MAJOR", "Donner un accès nominatif à chaque boîte de service."),
        ("Les sauvegardes ne sont pas essayées.", "MINOR", "Restaurer un dossier au hasard chaque trimestre, et le noter."),
    ];

    public static async Task AddAsync(Database database, Chain chain, DemoBody body)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var (audit, references) = (Guid.CreateVersion7(), new List<string>());
        await ActAsync(database, chain, body, 260, "DPO", async at =>
        {
            await at.Audits.AddAsync(audit, new() { Kind = "INITIAL_IT", Scope = "Moyens informatiques de la mairie et des écoles", Auditor = "Exploitation du syndicat", HeldOn = today.AddDays(-262), Report = "Compte rendu d’audit, classeur « conventions »" });
            at.Tell(Actions.AuditAdded, audit, "Moyens informatiques de la mairie et des écoles");
            foreach (var (text, severity, remedy) in Found)
            {
                await at.Audits.AddFindingAsync(audit, Guid.CreateVersion7(), new() { Finding = text, Severity = severity, Rule = "Règle de sécurité du syndicat", Remedy = remedy });
                at.Tell(Actions.FindingAdded, audit, text);
            }
            var kept = (await at.Audits.FindAsync(audit))!;
            foreach (var (one, place) in (await at.Audits.FindingsAsync(audit)).Select((one, place) => (one, place)))
            {
                var form = one.ToRecommendation(kept);
                (form.DueOn, form.Responsible) = (today.AddDays(place == 1 ? -12 : 40), "Direction générale");
                references.Add((await at.Desk.ProposeAsync(Guid.CreateVersion7(), form, one.Id))!);
            }
            references.Add((await at.Desk.ProposeAsync(Guid.CreateVersion7(), new() { Kind = "INSURANCE", Origin = "OTHER", Title = "S’assurer contre le risque numérique", Wording = "La convention conseille une assurance qui couvre la remise en état et l’arrêt du service après une attaque.", Priority = "P3", DueOn = today.AddDays(90), Responsible = "Direction générale" }))!);
            references.Add((await at.Desk.ProposeAsync(Guid.CreateVersion7(), new() { Kind = "RETENTION", Origin = "VISIT", Title = "Purger les candidatures", Wording = "Détruire les candidatures non retenues après deux ans, et le dire dans l’accusé de réception.", Priority = "P3", DueOn = today.AddDays(-60), Responsible = "Ressources humaines" }))!);
        });
        foreach (var accepted in new[] { 0, 1, 4 }) await StepAsync(250, "LEGAL_REPRESENTATIVE", accepted, "accepter");
        await StepAsync(249, "LEGAL_REPRESENTATIVE", 2, "refuser", new() { Reason = "La restauration est déjà essayée par le syndicat, qui nous en remet le compte rendu." });
        foreach (var begun in new[] { 0, 4 }) await StepAsync(200, "CORRESPONDENT", begun, "commencer");
        await StepAsync(120, "CORRESPONDENT", 0, "avancer", new() { Progress = 50 });
        await StepAsync(80, "CORRESPONDENT", 4, "realiser", new() { Evidence = "Procès-verbal d’élimination visé par les archives" });
        await StepAsync(70, "DPO", 4, "verifier");
        await ActAsync(database, chain, body, 9, "LEGAL_REPRESENTATIVE", async at =>
        {
            var id = Guid.CreateVersion7();
            await at.Opinions.AddAsync(id, new() { Subject = "CONVENTION", Title = "Reconduction de la convention d’hébergement", About = "C-001", Question = "La convention arrive à son terme : peut-elle être reconduite telle quelle, ou faut-il un avenant pour les clauses de sous-traitance ?" });
            at.Journal.Record(new Event(at.Organisation, Actions.OfficerAsked.Code, OfficerOpinion.ObjectType, id, new EventDetails { Subject = "AV-001 · Reconduction de la convention d’hébergement" }));
        });

        Task StepAsync(int days, string kind, int place, string slug, DecisionForm? form = null) => ActAsync(database, chain, body, days, kind, async at =>
        {
            var one = (await at.Recommendations.FindAsync(references[place], toChange: true))!;
            if (!await at.Desk.TakeAsync(at.Desk.Find(one, slug)!, one, form ?? new())) throw new InvalidOperationException($"The recommendation refused {slug}.");
        });
    }

    private sealed record At(Guid Organisation, AuditStore Audits, RecommendationStore Recommendations, RecommendationDesk Desk, OpinionStore Opinions, Journal Journal)
    {
        public void Tell(Happening happening, Guid audit, string subject) => Journal.Record(new Event(Organisation, happening.Code, Audit.ObjectType, audit, new EventDetails { Subject = subject }));
    }

    private static async Task ActAsync(Database database, Chain chain, DemoBody body, int days, string kind, Func<At, Task> act)
    {
        var clock = new DemoClock(TimeSpan.FromDays(days));
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var (visitor, role) = (new Visitor(), Roles.Of(kind));
        var name = kind switch { "DPO" => DemoPeople.Officer.Name, "CORRESPONDENT" => DemoPeople.Correspondent.Name, _ => DemoPeople.Elected.Name };
        visitor.Is(Guid.Empty, name);
        visitor.Holds([new Grant(role, kind, false, [])], 1, false);
        visitor.StandsIn(body.Current);
        var journal = new Journal(db, chain, clock) { Actor = name, Role = role.Code(), RequestId = "demo" };
        var store = new RecommendationStore(db, visitor, clock);
        await act(new At(body.Organisation.Id, new AuditStore(db, visitor, clock), store, new RecommendationDesk(store, visitor, journal, clock), new OpinionStore(db, visitor, clock), journal));
        await db.CommitAsync();
    }
}
