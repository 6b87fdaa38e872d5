using Npgsql;

namespace Registry.Data;

/// <summary>
/// The way into the sign-in tables: a role of its own that reads nothing else, in short transactions of its own, so that a
/// failure is counted even when the page that reports it fails. Used by Identity/ alone.
/// </summary>
public sealed class SignInDb(Database database)
{
    /// <summary>A single statement, committed by itself.</summary>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> statement)
    {
        await using var connection = await database.OpenSignInAsync();
        return await statement(connection);
    }

    public async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = await database.OpenSignInAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(connection);
        await transaction.CommitAsync();
        return result;
    }
}
