using Dapper;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Demo;

/// <param name="Code">Set for those who enter with one click.</param>
public sealed record DemoPerson(Guid Id, string FirstName, string LastName, string Job, string? Code = null, string? Label = null)
{
    public string Name => $"{FirstName} {LastName}";
    public string Email => $"{FirstName}.{LastName}@demo.example".ToLowerInvariant().Normalize(System.Text.NormalizationForm.FormD).Where(c => c < 128).Aggregate("", (text, c) => text + c);
}

/// <summary>Invented people and the acts that appoint them.</summary>
internal static class DemoPeople
{
    public static readonly DemoPerson Officer = new(Guid.CreateVersion7(), "Claire", "Morvan", "Déléguée à la protection des données mutualisée", "dpo", Languages.Key("Déléguée mutualisée"));
    public static readonly DemoPerson Correspondent = new(Guid.CreateVersion7(), "Sophie", "Delmas", "Secrétaire générale", "correspondante", Languages.Key("Correspondante de Druelle Balsac"));
    public static readonly DemoPerson Elected = new(Guid.CreateVersion7(), "Jean", "Rouquette", "Adjoint au maire", "elu", Languages.Key("Élu délégué de Druelle Balsac"));
    public static readonly DemoPerson Helpdesk = new(Guid.CreateVersion7(), "Malik", "Ferrand", "Technicien d’assistance", "assistance", Languages.Key("Assistance du prestataire (SMICA)"));
    public static readonly DemoPerson Reader = new(Guid.CreateVersion7(), "Nadia", "Besson", "Auditrice", "lecture", Languages.Key("Auditrice, en lecture"));

    public static readonly IReadOnlyList<DemoPerson> WithAccount = [Officer, Correspondent, Elected, Helpdesk, Reader];

    private static readonly string[] FirstNames = ["Anne", "Bruno", "Chantal", "Denis", "Élodie", "Fabrice", "Gaëlle", "Hervé", "Inès", "Joël", "Karine", "Lucas", "Maëva", "Noël"];
    private static readonly string[] LastNames = ["Abgrall", "Bousquet", "Cadiou", "Durand", "Escoffier", "Falgueyrac", "Guillou", "Hubert", "Isnard", "Jaffré", "Kerbrat", "Labadie", "Massip", "Navarre"];

    public static async Task AddAsync(Db db, Journal journal, IReadOnlyList<DemoBody> bodies)
    {
        var connection = await db.OpenAsync();
        var druelle = bodies.First(body => body.Organisation.InseeCode == "12090");
        var providers = bodies.Where(body => !body.IsBeneficiary).ToList();

        await AddPersonAsync(Officer, providers[0]);
        foreach (var provider in providers) await AppointAsync(Officer, provider, "DPO", new(2024, 1, 8), "DELIBERATION", "2023-12", areaId: provider.AreaId);
        await AddPersonAsync(Correspondent, druelle);
        await AppointAsync(Correspondent, druelle, "CORRESPONDENT", new(2024, 3, 4), "LETTER", "2024/17");
        await AddPersonAsync(Elected, druelle);
        await AppointAsync(Elected, druelle, "ELECTED_DELEGATE", new(2024, 3, 4), "ARRETE", "2024-03-02");
        await AddPersonAsync(Helpdesk, druelle.Provider!);
        await AppointAsync(Helpdesk, druelle.Provider!, "HELPDESK_AGENT", new(2024, 3, 4), "LETTER", null);
        await AddPersonAsync(Reader, druelle);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await AppointAsync(Reader, druelle, "AUDITOR", today.AddDays(-1), "LETTER", "Mission de lecture", today.AddDays(29));

        var next = 0;
        foreach (var body in bodies)
        {
            var mayor = new DemoPerson(Guid.CreateVersion7(), FirstNames[next % FirstNames.Length], LastNames[next % LastNames.Length], body.IsCommune ? "Maire" : "Président");
            await AddPersonAsync(mayor, body);
            await AppointAsync(mayor, body, "LEGAL_REPRESENTATIVE", new(2026, 3, 28), "DELIBERATION", "Élection de l’exécutif");
            next++;
            if (!body.IsBeneficiary || body == druelle) continue;
            var correspondent = new DemoPerson(Guid.CreateVersion7(), FirstNames[(next + 5) % FirstNames.Length], LastNames[(next + 2) % LastNames.Length], "Directrice générale des services");
            await AddPersonAsync(correspondent, body);
            await AppointAsync(correspondent, body, "CORRESPONDENT", new(2024, 9, 2), "LETTER", null);
        }

        async Task AddPersonAsync(DemoPerson person, DemoBody body)
        {
            await connection.ExecuteAsync(
                "insert into person (organisation_id, id, first_name, last_name, job, email) values (@organisation, @Id, @FirstName, @LastName, @Job, @Email)",
                new { organisation = body.Organisation.Id, person.Id, person.FirstName, person.LastName, person.Job, person.Email });
            journal.Record(new Event(body.Organisation.Id, Actions.PersonAdded.Code, "PERSON", person.Id, new EventDetails { Subject = person.Name }));
        }

        async Task AppointAsync(DemoPerson person, DemoBody body, string kind, DateOnly from, string act, string? reference, DateOnly? to = null, Guid? areaId = null)
        {
            var id = Guid.CreateVersion7();
            await connection.ExecuteAsync(
                """
                insert into appointment (organisation_id, id, person_id, kind, area_id, start_on, end_on, act_type, act_reference, act_date, signed_by)
                values (@organisation, @id, @person, @kind, @areaId, @from, @to, @act, @reference, @from, @signedBy)
                """,
                new { organisation = body.Organisation.Id, id, person = person.Id, kind, areaId, from, to, act, reference, signedBy = body.IsCommune ? "Le maire" : "Le président" });
            journal.Record(new Event(body.Organisation.Id, Actions.Appointed.Code, "APPOINTMENT", id, new EventDetails { Subject = $"{person.Name} · {Facts.Vocabulary.Current.Find("AppointmentKind", kind)!.French}" }));
        }
    }
}
