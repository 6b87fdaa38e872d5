using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Files;
using Registry.History;

namespace Registry.Archives;

/// <summary>What was written.</summary>
public sealed record WrittenArchive(ArchiveManifest Manifest, long Size);

/// <summary>
/// Everything of one organisation in one archive. Reads as app_backup, in one snapshot; the history says first that it was taken out, so that the archive tells it too.
/// </summary>
public sealed class ArchiveExport(string connectionString, Keys keys, TimeProvider clock)
{
    public async Task<WrittenArchive> RunAsync(string slug, string path, string passphrase)
    {
        if (passphrase.Length < SealedStream.ShortestPassphrase) throw new ArchiveException($"The passphrase has fewer than {SealedStream.ShortestPassphrase} characters: whoever finds the archive could guess it.");
        if (File.Exists(path)) throw new ArchiveException($"{path} is there already: an archive is never overwritten.");
        await using var connection = await Database.OpenBackupAsync(connectionString, keys);
        var organisation = await connection.QuerySingleOrDefaultAsync<ArchivedOrganisation>("select id, slug, name, siren from app.organisation where slug = @slug", new { slug })
            ?? throw new ArchiveException($"No organisation has the address {slug}.");
        if (!await connection.ExecuteScalarAsync<bool>("select exists (select from history.chain where organisation_id = @Id and sequence > 0)", organisation))
            throw new ArchiveException($"{organisation.Name} is only named here by others, it does not live here: there is nothing to take out.");
        await TellAsync(organisation);

        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await connection.ExecuteAsync(ArchiveRows.Settings);
        var part = path + ".part";
        try
        {
            ArchiveManifest manifest;
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var file = new FileStream(part, options))
            {
                await using (var box = SealedStream.Write(file, passphrase))
                await using (var zip = new ZipArchive(box, ZipArchiveMode.Create))
                    manifest = await new Packing(zip, connection, organisation, keys, clock).RunAsync();
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path);
            return new(manifest, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task TellAsync(ArchivedOrganisation organisation)
    {
        await using var database = new Database(connectionString, keys);
        await using var db = new Db(database, clock);
        db.ActFor(Scope.ForOrganisation(organisation.Id));
        var journal = new Journal(db, new Chain(keys), clock) { Actor = "export", RequestId = "export" };
        await db.OpenAsync();
        journal.Record(new Event(organisation.Id, Actions.ArchiveExported.Code, "ORGANISATION", organisation.Id, new EventDetails { Subject = organisation.Name }));
        await db.CommitAsync();
    }

    private sealed class Packing(ZipArchive zip, NpgsqlConnection connection, ArchivedOrganisation organisation, Keys keys, TimeProvider clock)
    {
        private readonly List<ArchiveEntry> _entries = [];
        private readonly HashSet<Guid> _named = [];

        public async Task<ArchiveManifest> RunAsync()
        {
            var tables = await ArchiveTable.ListAsync(connection);
            var rows = new ArchiveRows(connection, new ArchiveSeals(keys, organisation.Id), organisation.Id);
            var others = await OthersRows.ParametersAsync(connection, organisation.Id);
            foreach (var table in tables)
            {
                await WriteAsync(table.Path, rows.OwnAsync(table), row => Name(table, row));
                if (OthersRows.Which.TryGetValue(table.Name, out var which)) await WriteAsync(table.OthersPath, rows.OfOthersAsync(table, which, others), row => Name(table, row));
            }
            _named.Remove(organisation.Id);
            var references = tables.Single(table => table.Name == "organisation").OthersPath;
            await WriteAsync(references, ArchiveRows.AsTheyAreAsync(connection, OthersRows.Reference, new { ids = _named.ToArray() }));

            var chain = await ChainAsync();
            foreach (var (id, key, parts) in await connection.QueryAsync<(Guid, byte[], int)>("select id, key, parts from app.request_file where organisation_id = @Id order by id", organisation))
                await WriteFileAsync(id, new ArchiveSeals(keys, organisation.Id).File(id, key), parts);

            var manifest = new ArchiveManifest
            {
                Format = ArchiveManifest.CurrentFormat, Schema = await ArchiveRows.SchemaAsync(connection), ExportedAt = Chain.Truncate(clock.GetUtcNow()), Organisation = organisation, Chain = chain, Entries = _entries,
            };
            await using var entry = zip.CreateEntry(ArchiveManifest.Path).Open();
            await JsonSerializer.SerializeAsync(entry, manifest, ArchiveManifest.Json);
            return manifest;
        }

        /// <summary>Checks the chain and writes it: a seal that this instance made is left out, since the next one makes its own; one that it did not make goes along as it is.</summary>
        private async Task<ArchivedChain> ChainAsync()
        {
            var chain = new Chain(keys);
            var (faults, foreign) = (new List<string>(), new HashSet<long>());
            var (sequence, hash) = (0L, Array.Empty<byte>());
            await foreach (var line in Verification.LinesAsync(connection, organisation.Id))
            {
                if (chain.FaultOf(line, sequence, hash) is { } fault) faults.Add($"line {line.Sequence} ({line.Action}): {fault}");
                if (!chain.Seal(line.Hash).AsSpan().SequenceEqual(line.Seal)) foreign.Add(line.Sequence);
                (sequence, hash) = (line.Sequence, line.Hash);
            }
            await WriteAsync(ArchiveRows.EventPath, ArchiveRows.AsTheyAreAsync(connection, ArchiveRows.EventSql, new { organisation = organisation.Id }), row =>
            {
                if (!foreign.Contains(row["sequence"]!.GetValue<long>())) row.Remove("seal");
            });
            await WriteAsync(ArchiveRows.DetailPath, ArchiveRows.AsTheyAreAsync(connection, ArchiveRows.DetailSql, new { organisation = organisation.Id }));
            return new(sequence, Convert.ToHexStringLower(hash), faults);
        }

        private void Name(ArchiveTable table, JsonObject row)
        {
            // Under its own row each body is the owner; whoever else is named must be known where the row arrives.
            foreach (var column in table.Outward.Append(table.Owner))
                if (ArchiveSeals.Id(row, column) is { } named) _named.Add(named);
        }

        private async Task WriteAsync(string path, IAsyncEnumerable<JsonObject> rows, Action<JsonObject>? look = null)
        {
            long count = 0;
            await using var entry = new CountedStream(zip.CreateEntry(path).Open());
            await foreach (var row in rows)
            {
                look?.Invoke(row);
                entry.Write(Encoding.UTF8.GetBytes(ArchiveSeals.TextOf(row) + "\n"));
                count++;
            }
            _entries.Add(new ArchiveEntry(path, count, entry.Count, entry.Sha256()));
        }

        private async Task WriteFileAsync(Guid id, SealedFile file, int parts)
        {
            await using var entry = new CountedStream(zip.CreateEntry(ArchiveRows.FilePath(id), CompressionLevel.NoCompression).Open());
            var place = 0;
            foreach (var part in await connection.QueryAsync<byte[]>("select content from app.request_file_part where organisation_id = @Organisation and file_id = @id order by place", new { Organisation = organisation.Id, id }))
                entry.Write(file.OpenPart(part, place++, parts));
            if (place != parts) throw new ArchiveException($"File {id} has {place} parts of {parts}: this database is damaged.");
            _entries.Add(new ArchiveEntry(ArchiveRows.FilePath(id), 1, entry.Count, entry.Sha256()));
        }
    }
}
