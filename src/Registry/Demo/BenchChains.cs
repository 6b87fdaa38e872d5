using System.Security.Cryptography;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Registry.History;

namespace Registry.Demo;

/// <summary>Lines of the history by the thousand: chained and sealed as <see cref="Chain"/> does it one by one, then copied.</summary>
internal sealed class BenchChains(Chain chain)
{
    private sealed record Line(Guid Organisation, long Sequence, DateTimeOffset At, string Action, Guid Object, byte[] Commitment, string Body, byte[] Hash, byte[] Salt, string Details);

    private const string Role = "CORRESPONDENT";
    private const string Request = "bench";
    private readonly List<Line> _lines = [];
    private readonly List<(Guid Organisation, Happening What, Guid Object, DateTimeOffset At, string Subject, string? Reason)> _told = [];

    public void Add(Guid organisation, Happening what, Guid subject, DateTimeOffset at, string words, string? reason = null) =>
        _told.Add((organisation, what, subject, Chain.Truncate(at), words, reason));

    /// <summary>Goes on from where each chain stands. The head names this transaction, as history.append would.</summary>
    public async Task WriteAsync(NpgsqlConnection connection)
    {
        var heads = (await connection.QueryAsync<(Guid Organisation, long Sequence, byte[] Hash)>(
            "select organisation_id, sequence, hash from history.chain where organisation_id = any(@ids)",
            new { ids = _told.Select(one => one.Organisation).Distinct().ToArray() })).ToDictionary(head => head.Organisation, head => (head.Sequence, head.Hash));
        foreach (var one in _told)
        {
            var (sequence, previous) = heads.GetValueOrDefault(one.Organisation, (0, []));
            sequence++;
            var details = new EventDetails { Actor = "Reprise du registre", Subject = one.Subject, Reason = one.Reason }.ToText();
            var salt = RandomNumberGenerator.GetBytes(16);
            var commitment = Chain.Commit(salt, details);
            var body = Chain.Body(previous, one.Organisation, sequence, one.At, null, Role, one.What.Code, "RECORD", one.Object, "OK", Request, commitment);
            var hash = Chain.Hash(body);
            _lines.Add(new Line(one.Organisation, sequence, one.At, one.What.Code, one.Object, commitment, body, hash, salt, details));
            heads[one.Organisation] = (sequence, hash);
        }
        await CopyEventsAsync(connection);
        await CopyDetailsAsync(connection);
        await connection.ExecuteAsync(
            """
            insert into history.chain (organisation_id, sequence, hash, last_transaction)
            select o, s, h, pg_current_xact_id() from unnest(@organisations, @sequences, @hashes) as x (o, s, h)
            on conflict (organisation_id) do update set sequence = excluded.sequence, hash = excluded.hash, last_transaction = excluded.last_transaction
            """,
            new { organisations = heads.Keys.ToArray(), sequences = heads.Values.Select(head => head.Item1).ToArray(), hashes = heads.Values.Select(head => head.Item2).ToArray() });
    }

    private async Task CopyEventsAsync(NpgsqlConnection connection)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy history.event (organisation_id, sequence, recorded_at, role, action, object_type, object_id, outcome, request_id, commitment, body, hash, seal)
              from stdin (format binary)
            """);
        foreach (var line in _lines)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(line.Organisation);
            await copy.WriteAsync(line.Sequence);
            await copy.WriteAsync(line.At.UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(Role);
            await copy.WriteAsync(line.Action);
            await copy.WriteAsync("RECORD");
            await copy.WriteAsync(line.Object);
            await copy.WriteAsync("OK");
            await copy.WriteAsync(Request);
            await copy.WriteAsync(line.Commitment);
            await copy.WriteAsync(line.Body);
            await copy.WriteAsync(line.Hash);
            await copy.WriteAsync(chain.Seal(line.Hash));
        }
        await copy.CompleteAsync();
    }

    private async Task CopyDetailsAsync(NpgsqlConnection connection)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy history.detail (organisation_id, sequence, salt, details) from stdin (format binary)");
        foreach (var line in _lines)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(line.Organisation);
            await copy.WriteAsync(line.Sequence);
            await copy.WriteAsync(line.Salt);
            await copy.WriteAsync(line.Details);
        }
        await copy.CompleteAsync();
    }
}
