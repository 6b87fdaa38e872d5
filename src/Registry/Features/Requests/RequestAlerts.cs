using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>
/// Requests whose answer is due in fifteen, seven or three days, today, or was due; and questions to a person that stay unanswered for 15, 30 or 60 days
/// (domain §5). The representative is told from the third day before.
/// </summary>
public sealed class RequestAlerts(Db db) : IAlertSource
{
    public const string Suspended = "AL_RIGHTS_SUSPENDED_LONG", Overdue = "AL_RIGHTS_OVERDUE";

    private static readonly (int Offset, string Code, AlertLevel Level)[] Steps =
        [(-15, "AL_RIGHTS_D15", AlertLevel.Info), (-7, "AL_RIGHTS_D7", AlertLevel.Warning), (-3, "AL_RIGHTS_D3", AlertLevel.Urgent), (0, "AL_RIGHTS_D0", AlertLevel.Urgent), (1, Overdue, AlertLevel.Overdue)];

    private static readonly string[] Desk = ["CORRESPONDENT", "DPO"], Head = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];

    public IReadOnlyList<string> Codes { get; } = [.. Steps.Select(step => step.Code), Suspended];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var files = await connection.QueryAsync<(Guid Id, int Year, int Number, DateOnly DueOn, DateOnly? SuspendedSince)>(
            "select id, year, number, due_on, suspended_since from rights_request where organisation_id = @Organisation and ended_on is null and (due_on <= @Today + 15 or suspended_since is not null)",
            new { day.Organisation, day.Today });
        return [.. files.Select(file => file.SuspendedSince is { } since ? Waiting(file.Id, file.Year, file.Number, since) : Due(file.Id, file.Year, file.Number, file.DueOn)).OfType<DueAlert>()];

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

        DueAlert Alert(Guid id, int year, int number, string code, AlertLevel level, string step, DateOnly? due, string[] told) => new()
        {
            Code = code, ObjectType = RightsRequest.ObjectType, ObjectId = id, Step = step, Level = level, DueOn = due, Subject = RightsRequest.ReferenceOf(year, number),
            Path = $"/o/{day.Slug}/demandes/{RightsRequest.ReferenceOf(year, number)}", Ladder = [Rung.Of(told), Rung.Of("DGS", "DPO_ASSISTANT")],
        };
    }
}
