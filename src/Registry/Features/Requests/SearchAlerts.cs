using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>What a body asks the help desk of its provider to search, told there; and what that one found, told to the correspondent while the answer is prepared.</summary>
public sealed class SearchAlerts(Db db) : IAlertSource
{
    public const string Asked = "AL_RIGHTS_SEARCH_ASKED", Done = "AL_RIGHTS_SEARCH_DONE";

    public IReadOnlyList<string> Codes { get; } = [Asked, Done];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var asked = await connection.QueryAsync<(Guid Id, string Reference, string Body, DateOnly DueOn)>(
            "select id, body_reference, body_name, due_on from rights_request_search where provider_id = @Organisation and state = 'ASKED'", new { day.Organisation });
        var done = await connection.QueryAsync<(Guid Id, string Reference, string AskedOf)>(
            """
            select s.id, s.body_reference, s.asked_of
              from rights_request_search s join rights_request r on r.organisation_id = s.organisation_id and r.id = s.request_id
             where s.organisation_id = @Organisation and s.provider_id is not null and s.state in ('FOUND', 'NOTHING') and r.status in ('IN_PROGRESS', 'IDENTITY_PENDING', 'CLARIFICATION_PENDING')
            """,
            new { day.Organisation });
        return
        [
            .. asked.Select(one => new DueAlert
            {
                // Asked once, and once more on the day after it was due.
                Code = Asked, ObjectType = RightsRequest.ObjectType, ObjectId = one.Id, Step = AlertSteps.Name(one.DueOn, one.DueOn < day.Today ? 1 : -1), DueOn = one.DueOn,
                Level = one.DueOn < day.Today ? AlertLevel.Urgent : AlertLevel.Warning, Subject = $"{one.Reference} · {one.Body}", Path = $"/o/{day.Slug}/assistance/recherches/{one.Id}",
                Ladder = [Rung.Of("HELPDESK_AGENT"), Rung.Of("CONTRACT_MANAGER")],
            }),
            .. done.Select(one => new DueAlert
            {
                Code = Done, ObjectType = RightsRequest.ObjectType, ObjectId = one.Id, Step = "done", Level = AlertLevel.Info, Subject = $"{one.Reference} · {one.AskedOf}",
                Path = $"/o/{day.Slug}/demandes/{one.Reference}", Ladder = [Rung.Of("CORRESPONDENT"), Rung.Of("DPO")],
            }),
        ];
    }
}
