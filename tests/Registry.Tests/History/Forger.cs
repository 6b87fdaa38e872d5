using System.Security.Cryptography;
using Dapper;
using Registry.Data;
using Registry.History;
using Registry.Tests.Support;

namespace Registry.Tests.History;

/// <summary>Somebody who has read the source and rules the database, but has not the key file.</summary>
internal static class Forger
{
    private static readonly Chain Chain = new(new Keys(SHA256.HashData("not the key of this registry"u8)));

    /// <summary>Appends a line whose every hash is right.</summary>
    public static async Task AppendAsync(ScratchDatabase scratch, Guid organisation, string action)
    {
        await using var connection = await scratch.SuperuserAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // A superuser rules the context too: the key that signs it lies in the database.
        var (context, mac) = Scope.ForOrganisation(organisation).Sign(scratch.Keys.Derive("context"), DateTimeOffset.UtcNow);
        await connection.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        await Chain.AppendAsync(connection, [new Event(organisation, action, "ORGANISATION", organisation, new EventDetails { Actor = "Test" })],
            DateTimeOffset.UtcNow, null, "SYSTEM", "test");
        await transaction.CommitAsync();
    }
}
