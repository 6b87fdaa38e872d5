using Registry.Access;
using Registry.Data;
using Registry.Features.Charters;
using Registry.Features.Trainings;
using Registry.History;

namespace Registry.Demo;

/// <summary>The charter of Druelle Balsac in its second version, signed by one and awaited from the others, and the trainings of a year.</summary>
internal static class DemoTrainings
{
    private const string First =
        """
        1. Le poste de travail est confié pour le service. Chacun en prend soin, le verrouille en s’absentant et n’y branche pas de clé trouvée.
        2. Le mot de passe est personnel. Il ne se prête pas, ne s’écrit pas près du poste et n’est jamais demandé par l’assistance.
        3. Les données des habitants ne sortent pas des applications de la mairie : ni messagerie personnelle, ni stockage en ligne privé.
        4. Un message douteux se signale tout de suite, même après avoir cliqué : personne n’est puni pour l’avoir dit.
        5. Un appareil personnel n’entre dans le réseau qu’avec l’accord de l’assistance, à jour et protégé.
        """;

    private const string Second = First + "\n6. Les outils d’intelligence artificielle en ligne ne reçoivent ni nom, ni dossier, ni document de la mairie.";

    public static async Task AddAsync(Database database, Chain chain, DemoBody body)
    {
        await ActAsync(database, chain, body, 330, DemoPeople.Correspondent.Name, at => at.IssueAsync("Charte informatique", First, null));
        await ActAsync(database, chain, body, 329, DemoPeople.Correspondent.Name, at => at.SignAsync(DemoPeople.Correspondent));
        await ActAsync(database, chain, body, 320, DemoPeople.Elected.Name, at => at.SignAsync(DemoPeople.Elected));
        foreach (var (days, kind, topic, trainer, attendees, count, evidence) in new (int, string, string, string, string, int, string?)[]
            {
                (300, "MIGRATION", "Prise en main des postes sécurisés", "Exploitation du syndicat", "Tous les services", 21, "Feuille de présence du jour, classeur « conventions »"),
                (180, "AWARENESS", "Reconnaître un hameçonnage", "Le délégué mutualisé", "Accueil, état civil, périscolaire", 12, "Feuille de présence et quiz"),
                (60, "CRISIS_EXERCISE", "Une matinée sans informatique", "La secrétaire générale", "Direction et chefs de service", 6, null),
            })
            await ActAsync(database, chain, body, days, DemoPeople.Correspondent.Name, async at =>
            {
                var id = Guid.CreateVersion7();
                await at.Trainings.AddAsync(id, new() { Kind = kind, HeldOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-days), Topic = topic, Trainer = trainer, Attendees = attendees, Headcount = count, Evidence = evidence });
                at.Tell(Actions.TrainingAdded, Training.ObjectType, id, topic);
            });
        await ActAsync(database, chain, body, 21, DemoPeople.Correspondent.Name, at => at.IssueAsync("Charte informatique", Second, "Un point 6 sur l’intelligence artificielle."));
        await ActAsync(database, chain, body, 20, DemoPeople.Correspondent.Name, at => at.SignAsync(DemoPeople.Correspondent));
    }

    private sealed record Desk(Guid Organisation, CharterStore Charters, TrainingStore Trainings, Journal Journal)
    {
        public async Task IssueAsync(string title, string text, string? note)
        {
            var id = Guid.CreateVersion7();
            var number = await Charters.IssueAsync(id, title, text, note);
            Tell(Actions.CharterIssued, CharterVersion.ObjectType, id, $"Version {number} · {title}");
        }

        public async Task SignAsync(DemoPerson person)
        {
            var charter = (await Charters.InForceAsync())!;
            await Charters.DecideAsync(charter, person.Id, person.Name, CharterVersion.SignedCode, null);
            Tell(Actions.CharterSigned, CharterVersion.ObjectType, charter.Id, $"Version {charter.Number} · {charter.Title}");
        }

        public void Tell(Happening happening, string kind, Guid of, string subject) => Journal.Record(new Event(Organisation, happening.Code, kind, of, new EventDetails { Subject = subject }));
    }

    private static async Task ActAsync(Database database, Chain chain, DemoBody body, int days, string name, Func<Desk, Task> act)
    {
        var clock = new DemoClock(TimeSpan.FromDays(days));
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, name);
        visitor.StandsIn(body.Current);
        var journal = new Journal(db, chain, clock) { Actor = name, Role = "CORRESPONDENT", RequestId = "demo" };
        await act(new Desk(body.Organisation.Id, new CharterStore(db, visitor, clock), new TrainingStore(db, visitor, clock), journal));
        await db.CommitAsync();
    }
}
