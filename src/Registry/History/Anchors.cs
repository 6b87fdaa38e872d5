using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using Registry.Data;

namespace Registry.History;

/// <summary>What the check of the anchors found.</summary>
/// <param name="Since">How many lines of the history are newer than the newest anchor: a cut of those alone would not be seen.</param>
public sealed record AnchorResult(int Anchors, DateTimeOffset? Newest, long Since, IReadOnlyList<string> Faults);

/// <summary>
/// Where every chain stood, hour by hour, in a file outside the database (S-63). A chain proves its own order but not its own end: whoever
/// rules the database can cut the last lines and set the head back, or empty a chain. Each line of the file names the heads that moved since the
/// line before, the Merkle root of all heads and the hash of the line before, and is signed with a key the database never sees.
/// The stated limits: what was written since the newest anchor, and a file cut by somebody who rules both the file and the database;
/// for the second, keep the file on another volume that only allows appending, and copy it elsewhere.
/// </summary>
public sealed class Anchors(string path, string connectionString, Keys keys, TimeProvider clock)
{
    private const long Lock = 7243920156;
    private const string SignatureMark = ",\"signature\":\"";
    private readonly byte[] _key = keys.Derive("anchor");

    /// <summary>One chain's end: organisation (the nil id for the platform), sequence of its last line, hash in hexadecimal.</summary>
    public sealed record Head(Guid Organisation, long Sequence, string Hash);

    private sealed record Anchor(DateTimeOffset At, int Count, string Root, IReadOnlyList<Head> Moved, string Previous);

    /// <summary>
    /// Adds a line, unless the newest is younger than asked; tells whether it did. A damaged file is left as it is and gets no more lines.
    /// One writer at a time: of several instances that share the file each waits for the other.
    /// </summary>
    public async Task<bool> AppendAsync(TimeSpan youngest, CancellationToken stop = default)
    {
        await using var connection = await OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@Lock)", new { Lock });
        var reading = Read();
        if (reading.Faults.Count > 0) throw new InvalidOperationException($"The anchors are damaged, none was added: {reading.Faults[0]}");
        var now = clock.GetUtcNow();
        if (reading.Newest is { } newest && now - newest < youngest) return false;

        var heads = (await connection.QueryAsync<Head>(
            "select organisation_id as organisation, sequence, encode(hash, 'hex') as hash from history.chain where sequence > 0")).AsList();
        var moved = heads.Where(head => reading.Heads.GetValueOrDefault(head.Organisation) != head).OrderBy(head => head.Organisation).ToList();
        // A chain that is gone stays in the root and among the heads: the file forgets nothing.
        foreach (var head in moved) reading.Heads[head.Organisation] = head;
        var text = JsonSerializer.Serialize(
            new Anchor(now, reading.Heads.Count, Root(reading.Heads.Values), moved, reading.Previous), JsonSerializerOptions.Web);
        Write($"{(reading.Torn ? "\n" : "")}{text[..^1]}{SignatureMark}{Sign(text)}\"}}\n");
        return true;
    }

    /// <summary>Checks the file against itself and the key, then every anchored head against the database.</summary>
    public async Task<AnchorResult> VerifyAsync()
    {
        await using var connection = await OpenAsync(default);
        var reading = Read();
        var faults = reading.Faults.ToList();
        foreach (var (line, anchor) in reading.Anchors)
        {
            var lost = await connection.QueryAsync<(Guid Organisation, long Sequence, bool Changed)>(
                """
                select a.organisation_id, a.sequence, e.hash is not null
                  from unnest(@organisations::uuid[], @sequences::bigint[], @hashes::text[]) as a (organisation_id, sequence, hash)
                  left join history.event e on e.organisation_id = a.organisation_id and e.sequence = a.sequence
                 where encode(e.hash, 'hex') is distinct from a.hash
                 order by a.organisation_id
                """,
                new
                {
                    organisations = anchor.Moved.Select(head => head.Organisation).ToArray(),
                    sequences = anchor.Moved.Select(head => head.Sequence).ToArray(),
                    hashes = anchor.Moved.Select(head => head.Hash).ToArray(),
                });
            faults.AddRange(lost.Select(head =>
                $"{Verification.Name(head.Organisation)} line {head.Sequence}: {(head.Changed ? "is not the one" : "is gone that was")} anchored at {anchor.At:u} (anchor {line})"));
        }
        var since = await connection.ExecuteScalarAsync<long>(
            """
            select coalesce(sum(c.sequence - coalesce(a.sequence, 0)), 0)::bigint
              from history.chain c
              left join unnest(@organisations::uuid[], @sequences::bigint[]) as a (organisation_id, sequence) on a.organisation_id = c.organisation_id
             where c.sequence > coalesce(a.sequence, 0)
            """,
            new { organisations = reading.Heads.Keys.ToArray(), sequences = reading.Heads.Values.Select(head => head.Sequence).ToArray() });
        return new AnchorResult(reading.Anchors.Count, reading.Newest, since, faults);
    }

    /// <summary>When the newest readable line was written; null when there is none.</summary>
    public DateTimeOffset? Newest => Read().Newest;

    private Task<NpgsqlConnection> OpenAsync(CancellationToken stop) => Database.OpenBackupAsync(connectionString, keys, stop);

    private sealed class Reading
    {
        public List<(int Line, Anchor Anchor)> Anchors { get; } = [];
        public Dictionary<Guid, Head> Heads { get; } = [];
        public List<string> Faults { get; } = [];
        public string Previous { get; set; } = "";
        public DateTimeOffset? Newest { get; set; }
        public bool Torn { get; set; }
    }

    private Reading Read()
    {
        var reading = new Reading();
        if (!File.Exists(path)) return reading;
        var texts = File.ReadAllText(path).Split('\n');
        // What a power cut left of a line has no line break after it. The next anchor begins on a new line and chains over it.
        reading.Torn = texts[^1].Length > 0;
        for (var i = 0; i < texts.Length - 1; i++)
        {
            if (texts[i].Length == 0) continue;
            if (Parse(texts[i]) is not { } anchor)
            {
                if (Parse(texts[i + 1])?.Previous != reading.Previous)
                    reading.Faults.Add($"anchor {i + 1}: is not what this registry wrote");
                continue;
            }
            foreach (var head in anchor.Moved) reading.Heads[head.Organisation] = head;
            if (anchor.Previous != reading.Previous)
                reading.Faults.Add($"anchor {i + 1}: does not follow the line before it; one was changed, taken out or put in");
            // After a missing line the heads are not known whole: that fault is told, its echo in the root is not.
            else if (reading.Faults.Count == 0 && (anchor.Count != reading.Heads.Count || anchor.Root != Root(reading.Heads.Values)))
                reading.Faults.Add($"anchor {i + 1}: its root is not that of the heads");
            reading.Anchors.Add((i + 1, anchor));
            reading.Newest = anchor.At;
            reading.Previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts[i])));
        }
        return reading;
    }

    private Anchor? Parse(string line)
    {
        var mark = line.LastIndexOf(SignatureMark, StringComparison.Ordinal);
        if (mark < 0 || !line.EndsWith("\"}", StringComparison.Ordinal)) return null;
        var text = line[..mark] + "}";
        if (line[(mark + SignatureMark.Length)..^2] != Sign(text)) return null;
        return JsonSerializer.Deserialize<Anchor>(text, JsonSerializerOptions.Web);
    }

    private string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private void Write(string line)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(line));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Leaves and nodes begin with different bytes, so that no node can pass for a leaf; a node without a neighbour moves up as it is.</summary>
    private static string Root(IEnumerable<Head> heads)
    {
        var level = heads.OrderBy(head => head.Organisation)
            .Select(head => SHA256.HashData([0, .. Encoding.UTF8.GetBytes($"{head.Organisation}|{head.Sequence}|{head.Hash}")])).ToList();
        while (level.Count > 1)
            level = [.. level.Chunk(2).Select(pair => pair.Length == 2 ? SHA256.HashData([1, .. pair[0], .. pair[1]]) : pair[0])];
        return level.Count == 0 ? "" : Convert.ToHexStringLower(level[0]);
    }
}
