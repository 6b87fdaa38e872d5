using Registry.Access;
using Registry.Data;
using Registry.Features.Missions;
using Registry.History;

namespace Registry.Demo;

/// <summary>
/// The officer's work in two communes: Druelle Balsac in its first compliance, with a statement in each state; a commune of the model convention with its yearly follow-up.
/// </summary>
internal static class DemoMissions
{
    private static readonly (int Days, string Length, string Place, string Kind, string Summary)[] Work =
    [
        (118, "1", "ON_SITE", "AUDIT", "Visite des services, relevé des fichiers et des accès"), (112, "1", "ON_SITE", "RECORD", "Entretiens : état civil, élections, urbanisme"), (104, "0,5", "REMOTE", "RECORD", "Rédaction des fiches de l’état civil"),
        (88, "1", "ON_SITE", "RECORD", "Entretiens : école, périscolaire, action sociale"), (81, "0,5", "REMOTE", "ADVICE", "Mentions d’information des formulaires du périscolaire"), (74, "1", "AT_PROVIDER", "CONTRACTS", "Relecture des contrats de logiciels avec le syndicat"),
        (57, "1", "ON_SITE", "TRAINING", "Sensibilisation des agents d’accueil"), (50, "0,5", "REMOTE", "RIGHTS", "Réponse à une demande d’accès"), (43, "1", "ON_SITE", "RECORD", "Fiches des ressources humaines"),
        (27, "1", "ON_SITE", "MEETING", "Point d’étape avec la direction"), (9, "0,5", "REMOTE", "DPIA", "Vidéoprotection : examen préalable"),
    ];

    public static async Task AddAsync(Database database, Chain chain, IReadOnlyList<DemoBody> bodies)
    {
        var druelle = bodies.First(body => body.Organisation.InseeCode == "12090");
        await FirstComplianceAsync(new(database, chain, druelle));
        if (bodies.FirstOrDefault(body => body is { IsCommune: true, Provider.Organisation.ShortName: "CACL" }) is { } member) await FollowUpAsync(new(database, chain, member));
    }

    private static async Task FirstComplianceAsync(Actor actor)
    {
        var (mission, today) = (Guid.CreateVersion7(), DateOnly.FromDateTime(DateTime.UtcNow));
        await actor.ActAsync(130, "DPO", async at =>
        {
            await at.Missions.AddAsync(mission, new() { Title = "Mise en conformité et délégué mutualisé", InitialDays = "12,5", OngoingDays = "10", DailyRate = "230,00", AnnualFee = "2300,00", Preparation = "Phase initiale : inventaire, fiches prioritaires, formation des agents.\nSuivi : revue annuelle, conseil, réunions trimestrielles." }, null);
            at.Desk.Tell(Actions.MissionAdded, Mission.ObjectType, mission, "Mise en conformité et délégué mutualisé");
            foreach (var (title, priority, who, due, done) in new (string, string, string, int, int?)[]
                { ("Désigner un suppléant de la correspondante", "P3", "Direction générale", -40, 35), ("Compléter les fiches du périscolaire", "P2", "Service périscolaire", 12, null), ("Purger les candidatures de plus de deux ans", "P2", "Ressources humaines", -3, null), ("Mettre à jour les mentions des formulaires", "P3", "Accueil", 45, null) })
            {
                await at.Missions.AddActionAsync(mission, Guid.CreateVersion7(), new() { Title = title, Priority = priority, Responsible = who, DueOn = today.AddDays(due), Status = done is null ? "TODO" : "DONE", DoneOn = done is { } day ? today.AddDays(-day) : null, Evidence = done is null ? null : "Arrêté affiché en mairie" });
                at.Desk.Tell(Actions.MissionActionAdded, Mission.ObjectType, mission, title);
            }
        });
        await actor.MoveAsync(128, "DPO", mission, MissionStates.Send);
        await actor.MoveAsync(122, "CONTROLLER_REP", mission, MissionStates.Validate);
        foreach (var (days, length, place, kind, summary) in Work)
            await actor.ActAsync(days, "DPO", async at =>
            {
                var on = today.AddDays(-days);
                await at.Interventions.AddAsync(mission, Guid.CreateVersion7(), new() { HeldOn = on, Days = length, PerformedBy = DemoPeople.Officer.Name, Place = place, Kind = kind, Summary = summary, Status = Intervention.Done });
                await at.Interventions.OpenStatementAsync(mission, new DateOnly(on.Year, on.Month, 1));
                at.Desk.Tell(Actions.InterventionAdded, Mission.ObjectType, mission, $"{on:yyyy-MM-dd} · {summary}");
            });
        // The older months are validated; of the last two that are over one was disputed, the other waits.
        var months = Work.Select(one => today.AddDays(-one.Days)).Select(day => new DateOnly(day.Year, day.Month, 1)).Distinct().Where(month => month.AddMonths(1) <= today).Order().ToList();
        foreach (var (month, place) in months.Select((month, place) => (month, months.Count - place)))
        {
            var since = Math.Min(today.DayNumber - month.AddMonths(1).DayNumber, place == 1 ? 16 : 60);
            await actor.StepAsync(since, "DPO", month, StatementStates.Send);
            if (place == 1) continue;
            if (place == 2) await actor.StepAsync(since - 3, "CONTROLLER_REP", month, StatementStates.Dispute, "La visite du début du mois a duré une demi-journée.");
            else await actor.StepAsync(since - 5, "CONTROLLER_REP", month, StatementStates.Validate);
            if (place > 3) await actor.StepAsync(since - 12, "DPO", month, StatementStates.Invoice);
        }
    }

    private static async Task FollowUpAsync(Actor actor)
    {
        var mission = Guid.CreateVersion7();
        await actor.ActAsync(210, "DPO", async at =>
        {
            var convention = (await at.Missions.ConventionsAsync()) is [var first, ..] ? first : null;
            await at.Missions.AddAsync(mission, new() { Title = "Suivi annuel du délégué", InitialDays = "0", OngoingDays = "10", DailyRate = "230,00", AnnualFee = "2300,00" }, convention);
            at.Desk.Tell(Actions.MissionAdded, Mission.ObjectType, mission, "Suivi annuel du délégué");
        });
        await actor.MoveAsync(208, "DPO", mission, MissionStates.Send);
        await actor.MoveAsync(200, "CONTROLLER_REP", mission, MissionStates.Validate);
        foreach (var (days, summary) in new[] { (150, "Revue du registre"), (92, "Réunion trimestrielle"), (30, "Relecture d’un contrat d’hébergement") })
            await actor.ActAsync(days, "DPO", async at =>
            {
                await at.Interventions.AddAsync(mission, Guid.CreateVersion7(), new() { HeldOn = at.Desk.Today, Days = "1", PerformedBy = DemoPeople.Officer.Name, Place = "ON_SITE", Kind = "ADVICE", Summary = summary, Status = Intervention.Done });
                at.Desk.Tell(Actions.InterventionAdded, Mission.ObjectType, mission, summary);
            });
    }

    private sealed record At(MissionStore Missions, InterventionStore Interventions, MissionDesk Desk);

    /// <summary>Acts on a day before today, in the office that the step asks for.</summary>
    private sealed class Actor(Database database, Chain chain, DemoBody body)
    {
        public Task MoveAsync(int days, string role, Guid mission, string slug) => ActAsync(days, role, async at =>
        {
            var found = (await at.Missions.FindAsync(mission, toChange: true))!;
            if (!await at.Desk.TakeAsync(MissionDesk.Find(found, slug)!, found)) throw new InvalidOperationException($"The mission refused {slug}.");
        });

        public Task StepAsync(int days, string role, DateOnly month, string slug, string? dispute = null) => ActAsync(Math.Max(days, 0), role, async at =>
        {
            var reading = (await at.Desk.ReadAsync(MonthlyStatement.ReferenceOf(month), toChange: true))!;
            if (!await at.Desk.TakeAsync(at.Desk.Find(reading, slug)!, reading, dispute)) throw new InvalidOperationException($"The statement refused {slug}.");
        });

        public async Task ActAsync(int days, string role, Func<At, Task> act)
        {
            var clock = new DemoClock(TimeSpan.FromDays(days));
            await using var db = new Db(database, TimeProvider.System);
            db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
            var visitor = new Visitor();
            var name = role == "DPO" ? DemoPeople.Officer.Name : DemoPeople.Elected.Name;
            visitor.Is(Guid.Empty, name);
            visitor.Holds([new Grant(Roles.Of(role == "DPO" ? "DPO" : "LEGAL_REPRESENTATIVE"), role == "DPO" ? "DPO" : "LEGAL_REPRESENTATIVE", false, [])], 1, false);
            visitor.StandsIn(body.Current);
            var journal = new Journal(db, chain, clock) { Actor = name, Role = role, RequestId = "demo" };
            var (missions, interventions) = (new MissionStore(db, visitor, clock), new InterventionStore(db, visitor, clock));
            await act(new At(missions, interventions, new MissionDesk(missions, interventions, visitor, journal, clock)));
            await db.CommitAsync();
        }
    }
}
