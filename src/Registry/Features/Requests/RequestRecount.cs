using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>
/// Counts the deadlines of open requests anew after a holiday of their territory was corrected: a row keeps its deadline as it was computed when it was last
/// written, and lists and reminders read the row.
/// </summary>
public sealed class RequestRecount(OwnWork work, WorkerDb queue, TimeProvider clock, ILogger<RequestRecount> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private sealed record Due(Guid OrganisationId, int Year, int Number);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Deadlines of requests", WorkAsync, Pause, clock, log, stoppingToken);

    /// <summary>One look at what is to be counted anew; how many requests were.</summary>
    public async Task<int> WorkAsync(CancellationToken stop = default) => await PacedWork.EachAsync(await ListAsync(stop), SettleAsync, log, stop);

    private Task<List<Due>> ListAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Due>(
        """
        select r.organisation_id, r.year, r.number
          from app.rights_request r
          join app.organisation o on o.id = r.organisation_id
         where r.ended_on is null
           and exists (select from app.holiday_correction h where h.territory = o.territory and h.changed_at > r.updated_at)
         order by r.organisation_id, r.year, r.number
         limit 1000
        """)).AsList(), stop);

    private Task<bool> SettleAsync(Due due) => work.InAsync(due.OrganisationId, OwnName.Robot($"recount-{due.Year}-{due.Number}"), async (services, _) =>
    {
        var store = services.GetRequiredService<RequestStore>();
        // Saving counts: whoever saved it meanwhile has counted it too.
        if (await store.FindAsync(RightsRequest.ReferenceOf(due.Year, due.Number), toChange: true) is not { EndedOn: null } request || !await store.SaveAsync(request)) return false;
        services.GetRequiredService<Journal>().Record(new Event(due.OrganisationId, Actions.RequestRecounted.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = request.Reference }));
        return true;
    });
}
