using Npgsql;

namespace Registry.Data;

/// <summary>The way of a job to what waits for it: a role of its own that sees only the queues. The work itself goes through <see cref="Db"/>.</summary>
public sealed class WorkerDb(Database database)
{
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> statement, CancellationToken stop = default)
    {
        await using var connection = await database.OpenWorkerAsync(stop);
        return await statement(connection);
    }
}
