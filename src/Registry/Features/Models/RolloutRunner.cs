using System.Globalization;
using Dapper;
using Npgsql;
using Registry.Access;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>
/// Carries out the rollouts that wait in the database, body after body (D-10). What is done stays done when the program stops; another start, or
/// another instance, goes on with the next body.
/// </summary>
public sealed class RolloutRunner(IServiceScopeFactory scopes, WorkerDb queue, ILogger<RolloutRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _wake = new(0, 1);

    private sealed record Waiting(Guid OrganisationId, Guid Id, Guid PersonId, string PersonName);

    /// <summary>Something was started on this instance: it need not wait for the next look.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");  // what it writes into histories is French, whoever asked
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var rollout in await ListAsync(stoppingToken))
                    while (!stoppingToken.IsCancellationRequested && await StepAsync(rollout)) { }
            }
            catch (NpgsqlException failed)
            {
                // The database is away: the rollout waits in it, and so do we.
                log.LogError("Rollouts wait: {Reason}", failed.Message);
            }
            try
            {
                await _wake.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task<List<Waiting>> ListAsync(CancellationToken stop) => queue.RunAsync(async connection =>
        (await connection.QueryAsync<Waiting>("select organisation_id, id, person_id, person_name from app.rollout order by id")).AsList(), stop);

    private async Task<bool> StepAsync(Waiting rollout)
    {
        (Guid Id, string Name) target;
        string reason;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var work = Begin(scope, rollout);
            try
            {
                var more = await work.StepAsync(rollout.OrganisationId, rollout.Id);
                await scope.ServiceProvider.GetRequiredService<Db>().CommitAsync();
                return more;
            }
            catch (Exception failed) when (work.Target is not null && failed is PostgresException { IsTransient: false } or InvalidOperationException)
            {
                // One body that refuses does not stop the others; it is told in the report, and the reason for us in the log.
                log.LogError(failed, "Rollout {Rollout} failed in {Target}", rollout.Id, work.Target);
                (target, reason) = (work.Target!.Value, "L’enregistrement a échoué dans cet organisme : rien n’y a été ajouté.");
            }
            catch (PostgresException failed) when (failed.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                // The person who started it keeps this library no more: nobody's name to go on in.
                log.LogWarning("Rollout {Rollout} rests: {Reason}", rollout.Id, failed.MessageText);
                return false;
            }
        }
        await using var second = scopes.CreateAsyncScope();
        await Begin(second, rollout).RefuseAsync(rollout.OrganisationId, rollout.Id, target.Id, target.Name, reason);
        await second.ServiceProvider.GetRequiredService<Db>().CommitAsync();
        return true;
    }

    private static RolloutWork Begin(AsyncServiceScope scope, Waiting rollout)
    {
        var services = scope.ServiceProvider;
        services.GetRequiredService<Db>().ActFor(Scope.ForPerson(rollout.PersonId));
        services.GetRequiredService<Visitor>().Is(rollout.PersonId, rollout.PersonName);
        var journal = services.GetRequiredService<Journal>();
        (journal.Actor, journal.Role, journal.RequestId) = (rollout.PersonName, Role.Dpo.Code(), $"rollout-{rollout.Id:n}");
        return services.GetRequiredService<RolloutWork>();
    }
}
