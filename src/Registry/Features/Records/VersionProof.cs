using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>What the history says of a version's text. <see cref="Line"/> is null when no line published it.</summary>
/// <param name="Sealed">The line still is what this registry wrote, and follows the one before it.</param>
public sealed record VersionEvidence(bool Intact, long? Line, DateTimeOffset? At, bool Sealed)
{
    public bool Holds => Intact && Line is not null && Sealed;
}

/// <summary>Holds one version against the line of the chain that published it; <see cref="VersionVerification"/> does so for all.</summary>
public sealed class VersionProof(Db db, Visitor visitor, Trail trail, Chain chain)
{
    public async Task<VersionEvidence> CheckAsync(ProcessingRecord record, RecordVersion version)
    {
        var intact = SheetJson.Sha256(version.Content) == version.Sha256;
        var subject = EventDetails.WithFingerprint($"{record.Reference} v{version.Number}", version.Sha256);
        var connection = await db.OpenAsync();
        var published = await connection.QueryAsync<(long Sequence, DateTimeOffset At, string Details)>(
            """
            select e.sequence, e.recorded_at, d.details
              from history.event e
              join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.organisation_id = @organisation and e.object_id = @Id and e.action = @action
             order by e.sequence
            """,
            new { organisation = visitor.Organisation.Id, record.Id, action = Actions.RecordPublished.Code });
        var line = published.Where(one => VersionVerification.SubjectOf(one.Details) == subject).Select(one => ((long Sequence, DateTimeOffset At)?)(one.Sequence, one.At)).FirstOrDefault();
        if (line is not { } found) return new(intact, null, null, false);
        var lines = await trail.LinesAsync(visitor.Organisation.Id, found.Sequence - 1, found.Sequence);
        var before = lines.Count > 1 ? lines[0].Hash : [];
        return new(intact, found.Sequence, found.At, lines.Count > 0 && chain.FaultOf(lines[^1], found.Sequence - 1, before) is null);
    }
}
