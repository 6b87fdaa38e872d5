using System.Text.Json;
using Dapper;
using Registry.Data;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Holds each published version against the line of the chain that published it: text, hash and line must agree.</summary>
public static class VersionVerification
{
    public static async Task<(int Versions, IReadOnlyList<string> Faults)> RunAsync(string connectionString, Keys keys)
    {
        await using var connection = await Database.OpenBackupAsync(connectionString, keys);
        var faults = new List<string>();
        var published = (await connection.QueryAsync<(Guid Organisation, Guid? Record, string Details)>(
            """
            select e.organisation_id, e.object_id, d.details
              from history.event e
              join history.detail d on d.organisation_id = e.organisation_id and d.sequence = e.sequence
             where e.action = @action
            """,
            new { action = Actions.RecordPublished.Code }))
            .Select(line => (line.Organisation, line.Record ?? Guid.Empty, SubjectOf(line.Details))).ToHashSet();
        var versions = 0;
        await foreach (var (organisation, record, number, content, hash, recordNumber) in connection.QueryUnbufferedAsync<(Guid, Guid, int, string, string, int)>(
            """
            select v.organisation_id, v.record_id, v.number, v.content, v.sha256, r.number
              from app.record_version v
              join app.processing_record r on r.organisation_id = v.organisation_id and r.id = v.record_id
            """))
        {
            versions++;
            var reference = ProcessingRecord.ReferenceOf(recordNumber);
            if (SheetJson.Sha256(content) != hash) faults.Add($"organisation {organisation} {reference} version {number}: its text is not that of its hash");
            else if (!published.Contains((organisation, record, EventDetails.WithFingerprint($"{reference} v{number}", hash))))
                faults.Add($"organisation {organisation} {reference} version {number}: no line of the history published this text");
        }
        if (versions < published.Count) faults.Add($"{published.Count - versions} published versions are gone");
        return (versions, faults);
    }

    /// <summary>Words that somebody put in place of ours may be no JSON at all: then this line published nothing.</summary>
    internal static string SubjectOf(string details)
    {
        try
        {
            return EventDetails.FromText(details).Subject ?? "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
