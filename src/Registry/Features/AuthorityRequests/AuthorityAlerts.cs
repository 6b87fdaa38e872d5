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

/// <summary>Tells the people of an organisation at once, after the commit that put something before them; what this misses the morning tells.</summary>
public sealed class AuthorityCall(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AuthorityCall> log)
{
    public async Task TellAsync(Guid organisation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var (services, db) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<Db>());
            db.ActFor(Scope.ForOrganisation(organisation));
            var journal = services.GetRequiredService<History.Journal>();
            (journal.Actor, journal.RequestId) = ("Automate", $"authority-{organisation:n}");
            var (slug, zone) = await (await db.OpenAsync()).QuerySingleAsync<(string, string)>("select slug, time_zone from organisation where id = @organisation", new { organisation });
            var day = AlertDay.At(organisation, slug, zone, clock.GetUtcNow());
            var alerts = await services.GetRequiredService<AuthorityAlerts>().ListAsync(day);
            if (alerts.Count > 0) await services.GetRequiredService<AlertBell>().RaiseAsync(day, alerts);
            await db.CommitAsync();
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            log.LogError(failed, "The people of {Organisation} are told tomorrow", organisation);
        }
    }
}
