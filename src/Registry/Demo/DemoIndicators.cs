using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;
using Registry.History;

namespace Registry.Demo;

/// <summary>What the provider of the Pau convention measured over the year, and one difference that was taken up the ladder of the convention of the Centre Littoral.</summary>
internal static class DemoIndicators
{
    public static async Task AddAsync(Database database, Chain chain, IReadOnlyList<DemoBody> bodies)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        var pole = bodies.First(body => body.Organisation.Slug.StartsWith("pole-metropolitain", StringComparison.Ordinal));
        foreach (var (ago, code, value, note) in new (int, string, string, string?)[]
            {
                (9, "A.1a", "99,8 %", null), (6, "A.1a", "99,6 %", null), (3, "A.1a", "99,2 %", "Coupure de l’opérateur, sept heures, le temps d’un remplacement."), (3, "G.2a", "4 jours", null), (3, "B.2a", "6 h", "Un dossier partagé"),
                (3, "S.1a", "91 sur 92", "Une sauvegarde refaite le lendemain"), (3, "S.1b", "3 tests", null),
            })
            await ActAsync(database, chain, pole.Provider!, 90 - 30 * (9 - ago) / 3, "Exploitation", "PROCESSOR_MANAGER", async (db, visitor, clock, journal) =>
            {
                var convention = (await FindAsync(db, visitor, clock))!;
                var row = convention.Read().Indicators.Indicators.Find(one => one.Code == code)!;
                var last = new DateOnly(today.Year, today.Month, 1).AddMonths(-(ago - 3) - 1).AddDays(-1);
                var form = new MeasureForm { PeriodFrom = last.AddDays(1).AddMonths(-3), PeriodTo = last, Value = value, Note = note };
                await new IndicatorStore(db, visitor, clock).AddAsync(convention, Guid.CreateVersion7(), code, form, IndicatorRules.Judge(row.Target, value));
                journal.Record(new Event(visitor.Organisation.Id, Actions.IndicatorMeasured.Code, Convention.ObjectType, convention.Id, new EventDetails { Subject = $"{convention.Reference} · {code} · {value}" }));
            });
        var littoral = bodies.First(body => body.Organisation.InseeCode == "97302").Provider!;
        await ActAsync(database, chain, littoral, 34, DemoPeople.Officer.Name, "DPO", async (db, visitor, clock, journal) =>
        {
            var convention = (await FindAsync(db, visitor, clock))!;
            var ladder = convention.Read().Governance.Escalation;
            await new EscalationStore(db, visitor, clock).AddAsync(convention, Guid.CreateVersion7(), new(2, ladder[0], ladder[1], "Le calendrier de remplacement des commutateurs n’a pas été donné après deux relances.", today.AddDays(-34), visitor.Name));
            journal.Record(new Event(visitor.Organisation.Id, Actions.ConventionEscalated.Code, Convention.ObjectType, convention.Id, new EventDetails { Subject = $"{convention.Reference} · {ladder[0]} → {ladder[1]}" }));
        });
    }

    private static async Task<Convention?> FindAsync(Db db, Visitor visitor, TimeProvider clock)
    {
        var connection = await db.OpenAsync();
        var id = await connection.QuerySingleAsync<Guid>("select convention_id from convention_party where party_organisation_id = @Id and role = 'PROVIDER' and active", new { visitor.Organisation.Id });
        return await new ConventionStore(db, visitor, clock).FindAsync(id.ToString());
    }

    private static async Task ActAsync(Database database, Chain chain, DemoBody body, int days, string name, string role, Func<Db, Visitor, TimeProvider, Journal, Task> act)
    {
        var clock = new DemoClock(TimeSpan.FromDays(days));
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(body.Organisation.Id));
        var visitor = new Visitor();
        visitor.Is(Guid.Empty, name);
        visitor.StandsIn(body.Current);
        await act(db, visitor, clock, new Journal(db, chain, clock) { Actor = name, Role = role, RequestId = "demo" });
        await db.CommitAsync();
    }
}
