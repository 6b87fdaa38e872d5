using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Jobs;

namespace Registry.Features.AuthorityRequests;

/// <summary>A request that waits: at the processor until it is redirected, within one working day; at the controller until somebody answers for it.</summary>
public sealed class AuthorityAlerts(Db db) : IAlertSource
{
    public const string Code = "AL_AUTHORITY_REQUEST";

    public IReadOnlyList<string> Codes { get; } = [Code];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var waiting = await connection.QueryAsync<(Guid Id, string Status, int Year, int Number, DateOnly By)>(
            "select id, status, year, number, redirect_by from authority_request where organisation_id = @Organisation and (status = 'RECEIVED' or status = 'REDIRECTED' and side = 'CONTROLLER')", new { day.Organisation });
        return [.. waiting.Select(one =>
        {
            var (received, late) = (one.Status == "RECEIVED", one.By < day.Today);
            return new DueAlert
            {
                Code = Code, ObjectType = AuthorityRequest.ObjectType, ObjectId = one.Id, Step = (received ? one.By.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (late ? " D+1" : " D") : "REDIRECTED"),
                Level = received && late ? AlertLevel.Overdue : AlertLevel.Urgent, DueOn = received ? one.By : null, Subject = AuthorityRequest.ReferenceOf(one.Year, one.Number),
                Path = $"/o/{day.Slug}/requetes-d-autorites/{AuthorityRequest.ReferenceOf(one.Year, one.Number)}",
                // Copy to the controller and to its officer (§3.5).
                Ladder = received ? [Rung.Of("HELPDESK_AGENT", "CONTRACT_MANAGER"), Rung.Of("LEGAL_REPRESENTATIVE")] : [Rung.Of("LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DPO", "CORRESPONDENT")],
            };
        })];
    }
}
