using System.Buffers.Binary;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Registry.Facts;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Demo;

/// <summary>The registers of some communes, drawn with a seed of their own and copied in one transaction.</summary>
internal sealed class BenchBatch(Chain chain, IReadOnlyList<(BenchSheet[] Begun, BenchSheet[] Complete)> sheets, int seed)
{
    private sealed record Row(Guid Organisation, Guid Id, int Number, BenchSheet Sheet, string Status, DateTimeOffset AddedAt, DateTimeOffset PublishedAt)
    {
        public bool Published => Status is "PUBLISHED" or "IN_REVISION";
    }

    private static readonly string[] Statuses =
        ["PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "PUBLISHED", "IN_REVISION", "DRAFT", "DRAFT", "SUBMITTED", "CHANGES_REQUESTED", "VALIDATED"];

    private readonly Random _chance = new(seed);
    private readonly List<Row> _rows = [];
    private readonly BenchChains _events = new(chain);

    public void AddRegister(Guid organisation, OfficialBody commune, int records)
    {
        var today = DateTimeOffset.UtcNow.Date;
        var first = _chance.Next(sheets.Count);
        for (var number = 1; number <= records; number++)
        {
            var (begun, complete) = sheets[(first + number) % sheets.Count];
            var status = Statuses[_chance.Next(Statuses.Length)];
            // More records than models: the next turn takes another variant, so that no title comes twice.
            var variant = number / sheets.Count;
            var sheet = (status is "DRAFT" or "CHANGES_REQUESTED" ? begun : complete)[variant % complete.Length];
            if (variant >= complete.Length) sheet = sheet with { Title = $"{sheet.Title} {variant}" };
            var added = new DateTimeOffset(today.AddDays(-650 + number).AddMinutes(_chance.Next(480, 1080)), TimeSpan.Zero);
            _rows.Add(new Row(organisation, NewId(added), number, sheet, status, added, new DateTimeOffset(today.AddDays(-600 + _chance.Next(590)), TimeSpan.Zero)));
        }
        foreach (var row in _rows.Where(row => row.Organisation == organisation))
            _events.Add(organisation, Actions.RecordAdded, row.Id, row.AddedAt, $"{ProcessingRecord.ReferenceOf(row.Number)} · {row.Sheet.Title}");
        foreach (var row in _rows.Where(row => row.Organisation == organisation && row.Published).OrderBy(row => row.PublishedAt))
            _events.Add(organisation, Actions.RecordPublished, row.Id, row.PublishedAt, EventDetails.WithFingerprint($"{ProcessingRecord.ReferenceOf(row.Number)} v1", row.Sheet.Sha256), commune.Name);
    }

    public async Task WriteAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("set local synchronous_commit = off");
        // The line of each chain goes first: at the end each row asks whether its chain grew.
        await _events.WriteAsync(connection);
        await using (var copy = await connection.BeginBinaryImportAsync(
            """
            copy app.processing_record (organisation_id, id, number, title, domain, unit, status, sheet, model_code, completeness, sensitive, minors, dpia_due,
              published_version, next_review_on, submitted_at, review_due_on, created_at, updated_at, updated_by) from stdin (format binary)
            """))
        {
            foreach (var row in _rows)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(row.Organisation);
                await copy.WriteAsync(row.Id);
                await copy.WriteAsync(row.Number);
                await copy.WriteAsync(row.Sheet.Title);
                await copy.WriteAsync(row.Sheet.Domain);
                await copy.WriteAsync(row.Sheet.Unit);
                await copy.WriteAsync(row.Status);
                await copy.WriteAsync(row.Sheet.Json, NpgsqlDbType.Jsonb);
                await copy.WriteAsync(row.Sheet.Model);
                await copy.WriteAsync(row.Sheet.Completeness);
                await copy.WriteAsync(row.Sheet.Sensitive);
                await copy.WriteAsync(row.Sheet.Minors);
                await copy.WriteAsync(row.Sheet.DpiaDue);
                await OptionalAsync<int>(copy, row.Published ? 1 : null, NpgsqlDbType.Integer);
                await OptionalAsync<DateOnly>(copy, row.Published ? DateOnly.FromDateTime(row.PublishedAt.Date).AddMonths(12) : null, NpgsqlDbType.Date);
                await OptionalAsync<DateTime>(copy, row.Status == "SUBMITTED" ? DateTime.UtcNow.AddDays(-3) : null, NpgsqlDbType.TimestampTz);
                await OptionalAsync<DateOnly>(copy, row.Status == "SUBMITTED" ? DateOnly.FromDateTime(DateTime.UtcNow).AddDays(12) : null, NpgsqlDbType.Date);
                await copy.WriteAsync(row.AddedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync((row.Published ? row.PublishedAt : row.AddedAt).UtcDateTime, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync("Reprise du registre");
            }
            await copy.CompleteAsync();
        }
        await CopyVersionsAsync(connection);
        await connection.ExecuteAsync(
            "insert into app.reference_counter (organisation_id, kind, last) select o, 'T', n from unnest(@organisations, @numbers) as x (o, n)",
            new { organisations = _rows.Select(row => row.Organisation).Distinct().ToArray(), numbers = _rows.GroupBy(row => row.Organisation).Select(group => group.Max(row => row.Number)).ToArray() });
        await transaction.CommitAsync();
    }

    private async Task CopyVersionsAsync(NpgsqlConnection connection)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy app.record_version (organisation_id, record_id, number, content, sha256, change_summary, published_at, published_by, validated_by) from stdin (format binary)");
        foreach (var row in _rows.Where(row => row.Published))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(row.Organisation);
            await copy.WriteAsync(row.Id);
            await copy.WriteAsync(1);
            await copy.WriteAsync(row.Sheet.Canonical);
            await copy.WriteAsync(row.Sheet.Sha256);
            await copy.WriteAsync("Reprise du registre.");
            await copy.WriteAsync(row.PublishedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync("Le maire");
            await copy.WriteAsync("La déléguée");
        }
        await copy.CompleteAsync();
    }

    private static Task OptionalAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type) where T : struct =>
        value is { } given ? copy.WriteAsync(given, type) : copy.WriteNullAsync();

    /// <summary>As the program makes them, in the order of time (version 7), but the same at each run.</summary>
    private Guid NewId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        _chance.NextBytes(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16 | 0x7000 | (long)_chance.Next(0x1000));
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
