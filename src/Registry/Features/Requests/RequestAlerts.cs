using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>
/// Requests whose answer is due in fifteen, seven or three days, today, or was due; and questions to a person that stay unanswered for 15, 30 or 60 days
/// (domain §5); what the person has written or sent and nobody has answered. The representative is told from the third day before. Files that are erased within thirty days are announced (domain §6).
/// </summary>
public sealed class RequestAlerts(Db db) : IAlertSource
{
    public const string Suspended = "AL_RIGHTS_SUSPENDED_LONG", Overdue = "AL_RIGHTS_OVERDUE", Ending = "AL_RETENTION_DUE", Message = "AL_RIGHTS_MESSAGE", Proof = "AL_RIGHTS_PROOF", Infected = "AL_RIGHTS_INFECTED";

    private static readonly (int Offset, string Code, AlertLevel Level)[] Steps =
        [(-15, "AL_RIGHTS_D15", AlertLevel.Info), (-7, "AL_RIGHTS_D7", AlertLevel.Warning), (-3, "AL_RIGHTS_D3", AlertLevel.Urgent), (0, "AL_RIGHTS_D0", AlertLevel.Urgent), (1, Overdue, AlertLevel.Overdue)];

    private static readonly string[] Desk = ["CORRESPONDENT", "DPO"], Head = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];

    public IReadOnlyList<string> Codes { get; } = [.. Steps.Select(step => step.Code), Suspended, Ending, Message, Proof, Infected];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var files = await connection.QueryAsync<(Guid Id, int Year, int Number, DateOnly DueOn, DateOnly? SuspendedSince)>(
            "select id, year, number, due_on, suspended_since from rights_request where organisation_id = @Organisation and ended_on is null and (due_on <= @Today + 15 or suspended_since is not null)",
            new { day.Organisation, day.Today });
        var ending = await connection.QueryAsync<(Guid Id, int Year, int Number, DateOnly PurgeOn)>(
            "select id, year, number, purge_on from rights_request where organisation_id = @Organisation and purge_on between @Today and @Today + 30 and not held", new { day.Organisation, day.Today });
        // A message that nobody has answered, proofs that wait to be looked at, a file that nobody may open.
        var news = await connection.QueryAsync<(string Code, Guid Id, int Year, int Number, string Step, DateTimeOffset At)>(
            """
            select @Message, r.id, r.year, r.number, replace(m.id::text, '-', ''), m.written_at
              from rights_request r
             cross join lateral (select id, author, written_at from request_message where organisation_id = r.organisation_id and request_id = r.id order by written_at desc, id desc limit 1) m
             where r.organisation_id = @Organisation and m.author = 'PERSON' and r.closed_on is null
             union all
            select @Proof, r.id, r.year, r.number, '', max(f.added_at)
              from request_file f join rights_request r on r.organisation_id = f.organisation_id and r.id = f.request_id
             where f.organisation_id = @Organisation and f.kind = 'IDENTITY' and f.verdict is distinct from 'INFECTED'
             group by r.id, r.year, r.number
             union all
            select @Infected, r.id, r.year, r.number, replace(f.id::text, '-', ''), f.judged_at
              from request_file f join rights_request r on r.organisation_id = f.organisation_id and r.id = f.request_id
             where f.organisation_id = @Organisation and f.verdict = 'INFECTED'
            """,
            new { day.Organisation, Message, Proof, Infected });
        var told = news.Select(one => News(day, one.Code, one.Id, one.Year, one.Number, one.Step.Length > 0 ? one.Step : ProofStep(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(one.At, day.Zone).DateTime))));
        return [.. told, .. ending.Select(file => Alert(file.Id, file.Year, file.Number, Ending, AlertLevel.Info, AlertSteps.Name(file.PurgeOn, -30), file.PurgeOn, Desk)), .. files.Select(file => file.SuspendedSince is { } since ? Waiting(file.Id, file.Year, file.Number, since) : Due(file.Id, file.Year, file.Number, file.DueOn)).OfType<DueAlert>()];

        DueAlert? Due(Guid id, int year, int number, DateOnly due)
        {
            if (AlertSteps.Reached(due, day.Today, [.. Steps.Select(step => step.Offset)]) is not { } offset) return null;
            var step = Steps.First(one => one.Offset == offset);
            // From the day after on, once each day (the clock of the law counts days; a week-end mail is sent for breaches only).
            var name = offset < 1 ? AlertSteps.Name(due, offset) : AlertSteps.Name(due, day.Today.DayNumber - due.DayNumber);
            return Alert(id, year, number, step.Code, step.Level, name, due, offset >= -3 ? [.. Desk, .. Head] : Desk);
        }

        DueAlert? Waiting(Guid id, int year, int number, DateOnly since) =>
            AlertSteps.Reached(since, day.Today, 15, 30, 60) is { } offset ? Alert(id, year, number, Suspended, AlertLevel.Info, AlertSteps.Name(since, offset), null, ["CORRESPONDENT"]) : null;

        DueAlert Alert(Guid id, int year, int number, string code, AlertLevel level, string step, DateOnly? due, string[] told) => Of(day, code, id, year, number, step) with { Level = level, DueOn = due, Ladder = [Rung.Of(told), Rung.Of("DGS", "DPO_ASSISTANT")] };
    }

    /// <summary>Something came from the person: raised when it comes, and listed until it is answered.</summary>
    public static DueAlert News(AlertDay day, string code, Guid id, int year, int number, string step) => Of(day, code, id, year, number, step);

    public static string ProofStep(DateOnly on) => AlertSteps.Name(on, 0);

    private static DueAlert Of(AlertDay day, string code, Guid id, int year, int number, string step) => new()
    {
        Code = code, ObjectType = RightsRequest.ObjectType, ObjectId = id, Step = step, Level = code == Infected ? AlertLevel.Urgent : AlertLevel.Warning, Subject = RightsRequest.ReferenceOf(year, number),
        Path = $"/o/{day.Slug}/demandes/{RightsRequest.ReferenceOf(year, number)}", Ladder = [Rung.Of(Desk), Rung.Of("DGS", "DPO_ASSISTANT")],
    };
}
