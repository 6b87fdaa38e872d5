using Dapper;
using Npgsql;
using Registry.Data;

namespace Registry.History;

/// <summary>What the check of all chains found.</summary>
public sealed record VerificationResult(long Chains, long Events, IReadOnlyList<string> Faults);

/// <summary>
/// Computes every chain again, from the stored bytes (S-64). Found, whoever did it: a line changed, taken out, put in, moved or
/// forged, words that are not those committed to, a head that does not stand at the last line.
/// </summary>
public sealed class Verification(string connectionString, Keys keys)
{
    private readonly Chain _chain = new(keys);

    public async Task<VerificationResult> RunAsync()
    {
        await using var connection = await Database.OpenBackupAsync(connectionString, keys);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var heads = (await connection.QueryAsync<(Guid Organisation, long Sequence, byte[] Hash)>(
            "select organisation_id, sequence, hash from history.chain order by organisation_id")).ToDictionary(head => head.Organisation);
        var faults = new List<string>();
        var ends = new Dictionary<Guid, (long Sequence, byte[] Hash)>();
        long events = 0;

        await foreach (var line in LinesAsync(connection))
        {
            events++;
            var (sequence, previous) = ends.GetValueOrDefault(line.OrganisationId, (0, []));
            if (_chain.FaultOf(line, sequence, previous) is { } fault) faults.Add($"{Name(line.OrganisationId)} line {line.Sequence} ({line.Action}): {fault}");
            // Go on from what is stored: the first fault is the one to look at, the later ones are not its echo.
            ends[line.OrganisationId] = (line.Sequence, line.Hash);
        }
        foreach (var (organisation, head) in heads)
        {
            var end = ends.GetValueOrDefault(organisation, (0, []));
            if (end.Sequence != head.Sequence || !end.Hash.AsSpan().SequenceEqual(head.Hash))
                faults.Add($"{Name(organisation)} head: says line {head.Sequence}, the chain ends at line {end.Sequence}");
        }
        foreach (var organisation in ends.Keys.Where(organisation => !heads.ContainsKey(organisation)))
            faults.Add($"{Name(organisation)} head: missing");
        var orphans = await connection.QueryAsync<(Guid Organisation, long Sequence)>(
            """
            select d.organisation_id, d.sequence
              from history.detail d
             where not exists (select from history.event e where e.organisation_id = d.organisation_id and e.sequence = d.sequence)
             order by d.organisation_id, d.sequence
            """);
        faults.AddRange(orphans.Select(orphan => $"{Name(orphan.Organisation)} line {orphan.Sequence}: is missing, its details are there"));
        return new VerificationResult(heads.Count, events, faults);
    }

    /// <summary>The lines as they are stored, of one chain or of all.</summary>
    internal static IAsyncEnumerable<ChainLine> LinesAsync(NpgsqlConnection connection, Guid? organisation = null) =>
        connection.QueryUnbufferedAsync<ChainLine>(
            """
            select e.organisation_id, e.sequence,
                   -- Times that the program cannot even read (before our era, infinite) were never written by it.
                   case when e.recorded_at between '2000-01-01' and '9999-01-01' then e.recorded_at end as recorded_at, e.person_id, e.role,
                   e.action, e.object_type, e.object_id, e.outcome, e.request_id,
                   e.commitment, e.body, e.hash, e.seal, d.salt, d.details,
                   d.salt is null and exists (select from history.event x where x.organisation_id = e.organisation_id and x.object_id = e.object_id and x.action = 'CONTENT_ERASED'
                                                 and x.sequence > e.sequence) as erased
              from history.event e
              left join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where @organisation::uuid is null or e.organisation_id = @organisation
             order by e.organisation_id, e.sequence
            """,
            new { organisation });

    internal static string Name(Guid organisation) => organisation == Chain.Platform ? "platform" : $"organisation {organisation}";
}
