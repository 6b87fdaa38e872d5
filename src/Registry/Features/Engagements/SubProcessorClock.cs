using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Engagements;

/// <summary>
/// Silence accepts: thirty days after a further processor was announced under a general authorisation. What is due is read from the database, not from
/// ticks: after a week switched off it catches up; of several instances the one that comes too late changes nothing.
/// </summary>
public sealed class SubProcessorClock(OwnWork work, WorkerDb queue, TimeProvider clock, ILogger<SubProcessorClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private sealed record Due(Guid OrganisationId, Guid Id);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Announcements of further processors", WorkAsync, Pause, clock, log, stoppingToken);

    /// <summary>One look at what is due; how many were accepted by silence.</summary>
    public async Task<int> WorkAsync(CancellationToken stop = default) => await PacedWork.EachAsync(await ListAsync(stop), AcceptAsync, log, stop);

    // East of Paris the day ends earlier: who is asked is asked again where the organisation is.
    private Task<List<Due>> ListAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Due>(
        "select organisation_id, id from app.sub_processor where decision = 'PENDING' and mode = 'GENERAL' and objection_on < @tomorrow order by objection_on, id limit 1000",
        new { tomorrow = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1) })).AsList(), stop);

    private Task<bool> AcceptAsync(Due due) => work.InAsync(due.OrganisationId, OwnName.Robot($"silence-{due.Id:n}"), async (services, visitor) =>
    {
        var store = services.GetRequiredService<SubProcessorStore>();
        var silence = SubProcessorStates.All.Single(act => act.Who == SubProcessorStates.System);
        if (await store.FindAsync(due.Id) is not { } one || !SubProcessorStates.Allows(silence, one.State, SubProcessorStates.System, one.ObjectionOn, visitor.Organisation.Today(clock))) return false;
        if (!await store.DecideAsync(one, silence.To, visitor.Name, tacit: true, null)) return false;
        services.GetRequiredService<Journal>().Record(new Event(due.OrganisationId, silence.Happening.Code, Engagement.ObjectType, one.EngagementId, new EventDetails { Subject = one.Name, Reason = "sans objection" }));
        return true;
    });
}
