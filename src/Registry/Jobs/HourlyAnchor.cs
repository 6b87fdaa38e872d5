using Npgsql;
using Registry.History;

namespace Registry.Jobs;

/// <summary>
/// Adds an anchor each hour (S-63, S-94). What is due is read from the file, not from ticks: after a night switched off the first anchor
/// comes at once. Two instances that share the file take turns under a lock of the database.
/// </summary>
public sealed class HourlyAnchor(Anchors anchors, TimeProvider clock, ILogger<HourlyAnchor> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();  // the server's start does not wait for the first anchor
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Period;
            try
            {
                await anchors.AppendAsync(Period, stoppingToken);
                pause = anchors.Newest is { } newest ? newest + Period - clock.GetUtcNow() : Period;
            }
            catch (Exception failed) when (failed is NpgsqlException or IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // The pages go on without anchors; `registry verify` and this line say that they are missing.
                log.LogError("No anchor could be added: {Reason}", failed.Message);
                pause = Retry;
            }
            await Task.Delay(pause > Retry ? pause : Retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
