using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Missions;

/// <summary>A statement that waits for its validation: when it is sent, ten and twenty working days after (domain §5); an action whose day has passed.</summary>
public sealed class MissionAlerts(Db db) : IAlertSource
{
    public const string Pending = "AL_STATEMENT_PENDING", Overdue = "AL_ACTION_OVERDUE";
    private static readonly string[] Representatives = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];

    public IReadOnlyList<string> Codes { get; } = [Pending, Overdue];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select id, month, sent_on, due_on, late_on from monthly_statement where organisation_id = @Organisation and status = 'SENT';
            select a.id, a.mission_id, a.title, a.due_on
              from mission_action a
              join mission m on m.organisation_id = a.organisation_id and m.id = a.mission_id and m.phase <> 'ENDED'
             where a.organisation_id = @Organisation and a.status in ('TODO', 'IN_PROGRESS', 'BLOCKED') and a.due_on < @Today
            """,
            new { day.Organisation, day.Today });
        var alerts = new List<DueAlert>();
        foreach (var (id, month, sent, due, late) in await answers.ReadAsync<(Guid, DateOnly, DateOnly, DateOnly, DateOnly)>())
        {
            var (step, level) = day.Today >= late ? ("+20", AlertLevel.Overdue) : day.Today >= due ? ("+10", AlertLevel.Warning) : ("", AlertLevel.Info);
            alerts.Add(new()
            {
                Code = Pending, ObjectType = MonthlyStatement.ObjectType, ObjectId = id, Step = $"{AlertSteps.Name(sent, 0)}{step}", Level = level, DueOn = due, Subject = MonthlyStatement.ReferenceOf(month),
                Path = $"/o/{day.Slug}/etats-mensuels/{MonthlyStatement.ReferenceOf(month)}", Ladder = [Rung.Of(Representatives), Rung.Of("DPO")],
            });
        }
        foreach (var (id, mission, title, due) in await answers.ReadAsync<(Guid, Guid, string, DateOnly)>())
            alerts.Add(new()
            {
                Code = Overdue, ObjectType = MissionAction.ObjectType, ObjectId = id, Step = AlertSteps.Name(due, 1), Level = AlertLevel.Warning, DueOn = due, Subject = title,
                Path = $"/o/{day.Slug}/missions/{mission}", Ladder = [Rung.Of("CORRESPONDENT"), Rung.Of("DPO")],
            });
        return alerts;
    }
}
