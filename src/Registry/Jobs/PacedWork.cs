using System.Globalization;
using Npgsql;

namespace Registry.Jobs;

/// <summary>
/// Work that looks again and again for what is due. What is due stands in the database, so that after a week switched off it is caught up; while the database is
/// away it waits for the next look. What it writes into histories is French.
/// </summary>
public static class PacedWork
{
    /// <param name="what">What waits while the database is away, in the plural, for the log.</param>
    /// <param name="look">One look at what is due.</param>
    /// <param name="pause">From the end of one look to the next.</param>
    /// <param name="clock">Whose time the pause is.</param>
    /// <param name="log">Where it is said that the work waits.</param>
    /// <param name="stop">The program ends.</param>
    public static async Task RunAsync(string what, Func<CancellationToken, Task> look, TimeSpan pause, TimeProvider clock, ILogger log, CancellationToken stop)
    {
        await Task.Yield();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await look(stop);
            }
            catch (NpgsqlException failed)
            {
                log.LogError("{What} wait: {Reason}", what, failed.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Settles one after the other. One that fails does not stop the others: it is tried again with the next look. How many were settled.</summary>
    public static async Task<int> EachAsync<T>(IEnumerable<T> due, Func<T, Task<bool>> settle, ILogger log, CancellationToken stop)
    {
        var done = 0;
        foreach (var one in due)
        {
            if (stop.IsCancellationRequested) break;
            try
            {
                if (await settle(one)) done++;
            }
            catch (Exception failed) when (failed is not NpgsqlException { IsTransient: true })
            {
                log.LogError(failed, "{Due} rests", one);
            }
        }
        return done;
    }
}
