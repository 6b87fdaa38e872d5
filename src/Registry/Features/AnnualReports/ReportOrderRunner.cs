using Dapper;
using Npgsql;
using Registry.Access;
using Registry.Data;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.AnnualReports;

/// <summary>
/// Carries out the orders that wait in the database, body after body (D-10). What is made stays made when the program stops; another start, or another instance,
/// goes on with the next body. One transaction and one document in memory at a time, however many bodies there are.
/// </summary>
public sealed class ReportOrderRunner(IServiceScopeFactory scopes, WorkerDb queue, TimeProvider clock, ILogger<ReportOrderRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private sealed record Waiting(Guid OrganisationId, Guid Id, Guid PersonId, string PersonName);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Annual reports", LookAsync, Pause, clock, log, stoppingToken);

    /// <summary>All that waits.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var waiting = await queue.RunAsync(async connection => (await connection.QueryAsync<Waiting>("select organisation_id, id, person_id, person_name from app.report_order order by id")).AsList(), stop);
        await PacedWork.EachAsync(waiting, async order =>
        {
            while (!stop.IsCancellationRequested && await StepAsync(order)) { }
            return true;
        }, log, stop);
    }

    private async Task<bool> StepAsync(Waiting order)
    {
        ReportTarget target;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var work = Begin(scope, order);
            try
            {
                var more = await work.StepAsync(order.OrganisationId, order.Id);
                await scope.ServiceProvider.GetRequiredService<Db>().CommitAsync();
                return more;
            }
            catch (Exception failed) when (work.Target is not null && failed is not NpgsqlException { IsTransient: true })
            {
                // One body that refuses does not stop the others; the order tells it, and the reason for us is in the log.
                log.LogError(failed, "The annual report of {Target} failed in order {Order}", work.Target.TargetId, order.Id);
                target = work.Target;
            }
        }
        await using var second = scopes.CreateAsyncScope();
        await Begin(second, order).RefuseAsync(order.OrganisationId, order.Id, target);
        await second.ServiceProvider.GetRequiredService<Db>().CommitAsync();
        return true;
    }

    private static ReportOrderWork Begin(AsyncServiceScope scope, Waiting order)
    {
        var services = scope.ServiceProvider;
        services.GetRequiredService<Db>().ActFor(Scope.ForPerson(order.PersonId));
        services.GetRequiredService<Visitor>().Is(order.PersonId, order.PersonName);
        var journal = services.GetRequiredService<Journal>();
        (journal.Actor, journal.Role, journal.RequestId) = (order.PersonName, Role.Dpo.Code(), $"reports-{order.Id:n}");
        return services.GetRequiredService<ReportOrderWork>();
    }
}
