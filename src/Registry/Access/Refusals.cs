using Registry.Data;
using Registry.History;

namespace Registry.Access;

/// <summary>Knocking at a foreign door is written down (X-06, S-65): which page, by whom; the answer does not say whether anything is there.</summary>
public sealed class Refusals(Db db, Journal journal)
{
    public async Task RecordAsync(Guid person, int status, string? template)
    {
        await db.RollbackAsync();
        journal.Forget();
        db.ActFor(Scope.ForPerson(person));
        journal.Record(new Event(null, Actions.AccessRefused.Code, "PAGE", null, new EventDetails { Subject = $"{status} {template}" }) { Outcome = "REFUSED" });
        await db.OpenAsync();
        await db.CommitAsync();
    }
}
