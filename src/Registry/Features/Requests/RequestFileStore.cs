using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Files;

namespace Registry.Features.Requests;

/// <summary>Every question asked about the files of requests. Bytes and names are sealed on their way in and opened on their way out (S-71).</summary>
public sealed class RequestFileStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<RequestFile>> ListAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        return [.. (await connection.QueryAsync<Row>(
            """
            select f.id, f.request_id, f.kind, f.media, f.size, f.parts, f.name, f.key, f.verdict, s.leased_until, f.expires_on, f.added_at, f.added_by
              from request_file f
              left join request_file_scan s on s.organisation_id = f.organisation_id and s.file_id = f.id
             where f.organisation_id = @Organisation and f.request_id = @request
             order by f.added_at, f.id
            """,
            new { Organisation, request })).Select(Open)];
    }

    public async Task<RequestFile?> FindAsync(Guid id, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from request_file where organisation_id = @Organisation and id = @id for no key update", new { Organisation, id });
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select f.id, f.request_id, f.kind, f.media, f.size, f.parts, f.name, f.key, f.verdict, s.leased_until, f.expires_on, f.added_at, f.added_by
              from request_file f
              left join request_file_scan s on s.organisation_id = f.organisation_id and s.file_id = f.id
             where f.organisation_id = @Organisation and f.id = @id
            """,
            new { Organisation, id });
        return row is null ? null : Open(row);
    }

    /// <summary>Keeps the files and puts them before the scanner; false when one more would be too much for the request or the body (S-70).</summary>
    public async Task<bool> AddAsync(Guid request, RequestFileKind kind, IReadOnlyList<InspectedFile> files, DateOnly? expiresOn)
    {
        var connection = await db.OpenAsync();
        // Two who send at once are counted one after the other.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@place, 0))", new { place = $"files/{Organisation}" });
        var (ofCase, ofBody) = await connection.QuerySingleAsync<(long Case, long Body)>(
            "select coalesce(sum(size) filter (where request_id = @request), 0)::bigint, coalesce(sum(size), 0)::bigint from request_file where organisation_id = @Organisation", new { Organisation, request });
        var more = files.Sum(file => (long)file.Content.Length);
        if (ofCase + more > RequestFile.LargestCase || ofBody + more > RequestFile.LargestBody) return false;
        foreach (var file in files)
        {
            var id = Guid.CreateVersion7();
            var (box, parts) = (SealedFile.New(Organisation, id), SealedFile.PartsOf(file.Content.Length));
            await connection.ExecuteAsync(
                """
                insert into request_file (organisation_id, id, request_id, kind, media, size, parts, name, key, expires_on, added_at, added_by)
                values (@Organisation, @id, @request, @kind, @media, @size, @parts, @name, @key, @expiresOn, @now, @by);
                insert into request_file_scan (organisation_id, file_id, due_at) values (@Organisation, @id, @now)
                """,
                new { Organisation, id, request, kind = Code(kind), media = Code(file.Media), size = file.Content.Length, parts, name = box.SealName(file.Name), key = box.Wrap(keys), expiresOn, now = clock.GetUtcNow(), by = visitor.Name });
            for (var place = 0; place < parts; place++)
            {
                var from = place * SealedFile.PartLength;
                await connection.ExecuteAsync(
                    "insert into request_file_part (organisation_id, file_id, place, content) values (@Organisation, @id, @place, @content)",
                    new { Organisation, id, place, content = box.SealPart(file.Content[from..Math.Min(from + SealedFile.PartLength, file.Content.Length)], place, parts) });
            }
        }
        return true;
    }

    /// <summary>The bytes, part by part; a missing or foreign part is an exception, never a shorter file.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(RequestFile file)
    {
        var connection = await db.OpenAsync();
        var box = SealedFile.Open(keys, Organisation, file.Id, file.Key);
        var parts = (await connection.QueryAsync<byte[]>("select content from request_file_part where organisation_id = @Organisation and file_id = @Id order by place", new { Organisation, file.Id })).AsList();
        if (parts.Count != file.Parts) throw new InvalidDataException($"File {file.Id} has {parts.Count} parts of {file.Parts}.");
        return [.. parts.Select((part, place) => box.OpenPart(part, place, parts.Count))];
    }

    /// <summary>What the scanner said, once; an infected file gets its day.</summary>
    public async Task<bool> JudgeAsync(Guid id, RequestFileState verdict, DateOnly? expiresOn)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update request_file set verdict = @verdict, judged_at = @now, expires_on = least(@expiresOn, expires_on) where organisation_id = @Organisation and id = @id and verdict is null",
            new { Organisation, id, verdict = Code(verdict), now = clock.GetUtcNow(), expiresOn }) == 1;
    }

    /// <summary>The answer is sent: its pieces have their day (R-PU-2).</summary>
    public async Task<int> ExpireAnswersAsync(Guid request, DateOnly on)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync("update request_file set expires_on = @on where organisation_id = @Organisation and request_id = @request and kind = 'ANSWER' and expires_on is null", new { Organisation, request, on });
    }

    /// <summary>Row, bytes and key (S-73); false when the file may not be taken away, or was already.</summary>
    public async Task<bool> EraseAsync(Guid id) => await (await db.OpenAsync()).ExecuteScalarAsync<bool>("select app.erase_request_file(@id)", new { id });

    private RequestFile Open(Row row) => new()
    {
        Id = row.Id, RequestId = row.RequestId, Kind = Enum.Parse<RequestFileKind>(row.Kind, ignoreCase: true), Media = Enum.Parse<FileMedia>(row.Media, ignoreCase: true), Size = row.Size, Parts = row.Parts,
        Name = SealedFile.Open(keys, Organisation, row.Id, row.Key).OpenName(row.Name), Key = row.Key, ExpiresOn = row.ExpiresOn, AddedAt = row.AddedAt, AddedBy = row.AddedBy,
        State = row.Verdict is { } verdict ? Enum.Parse<RequestFileState>(verdict, ignoreCase: true) : row.LeasedUntil > clock.GetUtcNow() ? RequestFileState.Scanning : RequestFileState.Received,
    };

    private static string Code<T>(T value) where T : struct, Enum => value.ToString().ToUpperInvariant();

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid RequestId { get; init; }
        public required string Kind { get; init; }
        public required string Media { get; init; }
        public required int Size { get; init; }
        public required int Parts { get; init; }
        public required byte[] Name { get; init; }
        public required byte[] Key { get; init; }
        public string? Verdict { get; init; }
        public DateTimeOffset? LeasedUntil { get; init; }
        public DateOnly? ExpiresOn { get; init; }
        public required DateTimeOffset AddedAt { get; init; }
        public required string AddedBy { get; init; }
    }
}
