using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Registry.Data;

namespace Registry.History;

/// <summary>
/// How an event becomes a link (S-60, S-61). The hashed text is the version of this format, the hash before it and the
/// fields, each with its length in bytes before it, so that no two lists of fields give the same text. SHA-256 of that text is the hash;
/// the seal is its HMAC under a key that the database never sees, so a plausible event cannot be written by whoever rules the database.
/// </summary>
public sealed class Chain(Keys keys)
{
    private const string Version = "1";
    private readonly byte[] _sealKey = keys.Derive("chain");

    /// <summary>The chain of what belongs to no organisation: accounts, the list of organisations, the operator's acts.</summary>
    public static readonly Guid Platform = Guid.Empty;

    public static string Body(
        byte[] previous, Guid organisation, long sequence, DateTimeOffset recordedAt, Guid? person, string role, string action,
        string objectType, Guid? objectId, string outcome, string requestId, byte[] commitment)
    {
        var text = new StringBuilder(Version).Append('|').Append(Convert.ToHexStringLower(previous)).Append('|');
        string[] fields =
        [
            organisation.ToString(), sequence.ToString(CultureInfo.InvariantCulture), Moment(recordedAt), person?.ToString() ?? "", role,
            action, objectType, objectId?.ToString() ?? "", outcome, requestId, Convert.ToHexStringLower(commitment),
        ];
        foreach (var field in fields) text.Append(Encoding.UTF8.GetByteCount(field)).Append(':').Append(field).Append(',');
        return text.ToString();
    }

    public static byte[] Hash(string body) => SHA256.HashData(Encoding.UTF8.GetBytes(body));

    public byte[] Seal(byte[] hash) => HMACSHA256.HashData(_sealKey, hash);

    public static byte[] Commit(byte[] salt, string details) => HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(details));

    /// <summary>
    /// Appends the events, chain by chain in the order of their ids so that two writers cannot wait for each other.
    /// To be called as the last act of the transaction: the heads stay locked until it ends.
    /// </summary>
    public async Task AppendAsync(
        NpgsqlConnection connection, IEnumerable<Event> events, DateTimeOffset now, Guid? person, string role, string requestId)
    {
        now = Truncate(now);
        foreach (var chain in events.GroupBy(e => e.Organisation ?? Platform).OrderBy(group => group.Key))
        {
            var (sequence, previous) = await connection.QuerySingleAsync<(long, byte[])>(
                "select sequence, hash from history.head(@organisation)", new { organisation = chain.Key });
            // One journey for all events of a chain: forty sheets taken at once are forty links, not forty round trips.
            await using var batch = connection.CreateBatch();
            foreach (var e in chain)
            {
                sequence++;
                var details = e.Details.ToText();
                var salt = RandomNumberGenerator.GetBytes(16);
                var commitment = Commit(salt, details);
                var body = Body(previous, chain.Key, sequence, now, person, role, e.Action, e.ObjectType, e.ObjectId, e.Outcome, requestId, commitment);
                var hash = Hash(body);
                batch.BatchCommands.Add(new NpgsqlBatchCommand(
                    "select history.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)")
                {
                    Parameters =
                    {
                        new() { Value = chain.Key }, new() { Value = sequence }, new() { Value = previous }, new() { Value = now },
                        new() { Value = (object?)person ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = role }, new() { Value = e.Action },
                        new() { Value = e.ObjectType }, new() { Value = (object?)e.ObjectId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                        new() { Value = e.Outcome }, new() { Value = requestId }, new() { Value = commitment }, new() { Value = body }, new() { Value = hash },
                        new() { Value = Seal(hash) }, new() { Value = salt }, new() { Value = details },
                    },
                });
                previous = hash;
            }
            await batch.ExecuteNonQueryAsync();
        }
    }

    /// <summary>What is wrong with a line that should come after this one, computed again from its bytes; null when nothing is.</summary>
    public string? FaultOf(ChainLine line, long sequence, byte[] previous)
    {
        if (line.Sequence != sequence + 1) return $"line {sequence + 1} is missing";
        if (line.RecordedAt is not { } recordedAt) return "its time was changed";
        var body = Body(previous, line.OrganisationId, line.Sequence, recordedAt, line.PersonId, line.Role, line.Action, line.ObjectType,
            line.ObjectId, line.Outcome, line.RequestId, line.Commitment);
        if (body != line.Body) return "its columns or the line before it were changed";
        if (!Hash(line.Body).AsSpan().SequenceEqual(line.Hash)) return "its hash is not that of its text";
        if (!Seal(line.Hash).AsSpan().SequenceEqual(line.Seal)) return "its seal was not made by this registry";
        if (line.Salt is null || line.Details is null) return line.Erased ? null : "its details are missing";
        return Commit(line.Salt, line.Details).AsSpan().SequenceEqual(line.Commitment) ? null : "its details were changed";
    }

    /// <summary>PostgreSQL keeps microseconds: the text that is hashed must say what the column can give back.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks / 10 * 10, TimeSpan.Zero);

    private static string Moment(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
