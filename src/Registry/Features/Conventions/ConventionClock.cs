using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Conventions;

/// <summary>
/// Moves conventions on when their day has come (effect, renewal, end) and computes their dates anew after a party's proof or a correction of the holidays. What is due is read from the
/// database, not from ticks: after a week switched off it catches up; several instances take one convention at a time.
/// </summary>
public sealed class ConventionClock(OwnWork work, WorkerDb queue, TimeProvider clock, ILogger<ConventionClock> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private sealed record Due(Guid OrganisationId, Guid Id);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Conventions", WorkAsync, Pause, clock, log, stoppingToken);

    /// <summary>One look at what is due; how many conventions were moved or computed anew.</summary>
    public async Task<int> WorkAsync(CancellationToken stop = default) => await PacedWork.EachAsync(await ListAsync(stop), SettleAsync, log, stop);

    private Task<List<Due>> ListAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Due>(
        """
        select c.organisation_id, c.id
          from app.convention c
         where c.looks_again_on <= @today
            or exists (select from app.convention_proof p where p.keeper_id = c.organisation_id and p.convention_id = c.id and p.recorded_at > c.computed_at)
            or exists (select from app.holiday_correction h where h.territory = c.territory and h.changed_at > c.computed_at)
         order by c.looks_again_on nulls last, c.id
         limit 1000
        """,
        new { today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1) })).AsList(), stop);

    private Task<bool> SettleAsync(Due due) => work.InAsync(due.OrganisationId, OwnName.Robot($"clock-{due.Id:n}"), async (services, visitor) =>
    {
        var store = services.GetRequiredService<ConventionStore>();
        if (await store.FindAsync(due.Id.ToString(), toChange: true) is not { } convention) return false;
        var sheet = convention.Read();
        var today = visitor.Organisation.Today(clock);
        // The day may not have come yet where the organisation is.
        if (ConventionTurns.Next(convention, sheet, today) is null && !await store.NeedsComputingAsync(convention, today)) return false;
        if (await services.GetRequiredService<ConventionCourse>().SettleAsync(convention, sheet, today) is null) return false;
        services.GetRequiredService<Journal>().Record(new Event(due.OrganisationId, Actions.ConventionRecomputed.Code, Convention.ObjectType, due.Id, new EventDetails { Subject = convention.Reference }));
        return true;
    });
}
