using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using Registry.Data;
using Registry.Files;
using Registry.History;

namespace Registry.Archives;

/// <param name="Rows">Of the organisation itself.</param>
/// <param name="References">Bodies that were not here and are now named, no more.</param>
/// <param name="Matched">People who were here already under the same address.</param>
/// <param name="Bound">Bodies that live here and that its conventions name: each may now ask something of the other.</param>
public sealed record TakenArchive(ArchiveManifest Manifest, long Rows, int Files, int References, int Matched, IReadOnlyList<string> Bound);

/// <summary>
/// Takes in one organisation, whole or not at all: one transaction, in which every constraint and trigger of the database judges every row, and at whose end each table is read back and must be
/// what the archive said. It works as the role that REGISTRY_DATABASE names, which passes the policies; the web never does.
/// </summary>
public sealed class ArchiveImport(string connectionString, Keys keys, TimeProvider clock)
{
    public async Task<TakenArchive> RunAsync(string path, string passphrase)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        using var archive = new ArchiveReader(file, passphrase);
        await using var connection = await Database.OpenOperatorAsync(connectionString);
        if (!await connection.ExecuteScalarAsync<bool>("select rolsuper or rolbypassrls from pg_roles where rolname = current_user"))
            throw new ArchiveException("An import writes past the policies: REGISTRY_DATABASE must name a role of the server that may, as for `registry roles`.");
        if (await ArchiveRows.SchemaAsync(connection) is var schema && schema != archive.Manifest.Schema || schema != Migrator.Embedded[^1].Name)
            throw new ArchiveException($"The archive was written at {archive.Manifest.Schema}, this database stands at {schema} and this program at {Migrator.Embedded[^1].Name}: all three must be the same. "
                + "Import an older archive with the version that wrote it and update then; for a newer one update first.");
        var tables = await ArchiveTable.ListAsync(connection);
        Expect(archive, tables);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(ArchiveRows.Settings);
            var taken = await new Unpacking(archive, connection, tables, keys, clock).RunAsync();
            await transaction.CommitAsync();
            return taken;
        }
        catch (PostgresException refusal)
        {
            throw new ArchiveException(Sentence(refusal), refusal);
        }
    }

    private static void Expect(ArchiveReader archive, IReadOnlyList<ArchiveTable> tables)
    {
        var known = tables.Select(table => table.Path).Concat([ArchiveRows.EventPath, ArchiveRows.DetailPath])
            .Concat(tables.Where(table => table.Name == "organisation" || OthersRows.Which.ContainsKey(table.Name)).Select(table => table.OthersPath)).ToHashSet();
        if (known.FirstOrDefault(path => !archive.Has(path)) is { } missing) throw new ArchiveException($"{missing} is missing from the archive.");
        if (archive.Paths.FirstOrDefault(path => !path.StartsWith("files/", StringComparison.Ordinal) && !known.Contains(path)) is { } unknown) throw new ArchiveException($"The archive has {unknown}, which does not travel.");
    }

    private static string Sentence(PostgresException refusal) => (refusal.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => $"A row of {refusal.TableName} is here already, under another organisation or another id ({refusal.ConstraintName}).",
        PostgresErrorCodes.ForeignKeyViolation => $"A row of {refusal.TableName} points to one that is neither in the archive nor here ({refusal.ConstraintName}).",
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation => $"A row of {refusal.TableName} is not what this program writes ({refusal.ConstraintName ?? refusal.ColumnName}).",
        _ => $"The database refuses a row: {refusal.MessageText}.",
    }) + " Nothing was imported.";

    private sealed class Unpacking(ArchiveReader archive, NpgsqlConnection connection, IReadOnlyList<ArchiveTable> tables, Keys keys, TimeProvider clock)
    {
        private const int BatchLength = 4 * 1024 * 1024;
        private static readonly string[] EventColumns =
            ["organisation_id", "sequence", "recorded_at", "person_id", "role", "action", "object_type", "object_id", "outcome", "request_id", "commitment", "body", "hash"];

        private readonly Guid _organisation = archive.Manifest.Organisation.Id;
        private readonly ArchiveSeals _seals = new(keys, archive.Manifest.Organisation.Id);
        private readonly Dictionary<Guid, SealedFile> _files = [];
        private Dictionary<Guid, Guid> _people = [];
        private HashSet<Guid> _made = [], _references = [];

        public async Task<TakenArchive> RunAsync()
        {
            await RefuseTheLivingAsync();
            _people = await MatchPeopleAsync();
            var digests = new Dictionary<string, RowDigest>();
            foreach (var table in tables)
            {
                // A signature lasts a minute; the guard of parties asks for whom this works.
                await SignAsync();
                if (table.Name == "organisation") await AddReferencesAsync(table);
                else if (OthersRows.Which.ContainsKey(table.Name)) await AddAsync(table.AddSql, archive.Rows(table.OthersPath, table.Columns).Where(row => IsKeptByReference(row, table)));
                digests[table.Name] = await AddOwnAsync(table);
            }
            var files = await AddFilesAsync();
            await SignAsync();
            await AddChainAsync();
            await CompareAsync(digests);
            await SettleAsync();
            await SignAsync();
            await TellAsync();
            return new(archive.Manifest, digests.Values.Sum(digest => digest.Count), files, _made.Count, _people.Count, await BoundAsync());
        }

        private async Task SignAsync()
        {
            var (context, mac) = Scope.ForOrganisation(_organisation).Sign(keys.Derive("context"), clock.GetUtcNow());
            await connection.ExecuteAsync("select set_config('app.ctx', @context, true), set_config('app.mac', @mac, true)", new { context, mac });
        }

        /// <summary>What only others name, a reference without a chain, becomes the organisation itself; whoever lives here is never written over.</summary>
        private async Task RefuseTheLivingAsync()
        {
            var named = archive.Manifest.Organisation;
            if (named.Id == Guid.Empty) throw new ArchiveException("The archive is of no organisation.");
            if (await connection.ExecuteScalarAsync<bool>("select exists (select from history.chain where organisation_id = @Id and sequence > 0)", named))
                throw new ArchiveException($"{named.Name} lives here already: an import writes over nobody.");
            if (await connection.ExecuteScalarAsync<bool>("select exists (select from app.organisation where slug = @Slug and id <> @Id)", named))
                throw new ArchiveException($"Another organisation has the address {named.Slug} here.");
        }

        /// <summary>Somebody who is here under the same address is the same person: her appointments join those that she has.</summary>
        private async Task<Dictionary<Guid, Guid>> MatchPeopleAsync()
        {
            var person = tables.Single(table => table.Name == "person");
            var people = archive.Rows(person.Path, person.Columns).Concat(archive.Rows(person.OthersPath, person.Columns))
                .Select(row => (Id: ArchiveSeals.IdOf(row), Email: ArchiveSeals.Text(row, "email"))).Where(one => one.Email is not null).ToList();
            return (await connection.QueryAsync<(Guid Theirs, Guid Here)>(
                """
                select distinct on (a.id) a.id, p.id
                  from unnest(@ids::uuid[], @emails::text[]) a (id, email)
                  join app.person p on lower(p.email) = lower(a.email)
                 where not exists (select from app.person x where x.id = a.id)
                 order by a.id, p.id
                """,
                new { ids = people.Select(one => one.Id).ToArray(), emails = people.Select(one => one.Email).ToArray() })).ToDictionary(pair => pair.Theirs, pair => pair.Here);
        }

        private async Task AddReferencesAsync(ArchiveTable organisation)
        {
            var references = archive.Rows(organisation.OthersPath, OthersRows.ReferenceColumns).ToList();
            var ids = references.Select(ArchiveSeals.IdOf).ToArray();
            if (ids.Contains(_organisation)) throw new ArchiveException("The archive brings its own organisation as a reference.");
            var here = (await connection.QueryAsync<Guid>("select id from app.organisation where id = any (@ids)", new { ids })).ToHashSet();
            _made = [.. ids.Where(id => !here.Contains(id))];
            // The head of a chain without lines: at the commit it answers for the rows that the reference brings, and one day its own archive fills it.
            var open = (await connection.QueryAsync<Guid>(
                """
                insert into history.chain as c (organisation_id, last_transaction) select x, pg_current_xact_id() from unnest(@ids) x where x = any (@made) or exists (select from history.chain h where h.organisation_id = x)
                    on conflict (organisation_id) do update set last_transaction = excluded.last_transaction where c.sequence = 0
                returning organisation_id
                """,
                new { ids, made = _made.ToArray() })).ToHashSet();
            _references = open;
            await AddAsync(OthersRows.AddReferences, references);
        }

        private bool IsKeptByReference(JsonObject row, ArchiveTable table)
        {
            if (ArchiveSeals.Id(row, table.Owner) is not { } keeper) return table.Name == "person" && !_people.ContainsKey(ArchiveSeals.IdOf(row));
            if (keeper == _organisation) throw new ArchiveException($"{table.OthersPath} brings a row of the organisation itself.");
            return _references.Contains(keeper) && !(table.Name == "person" && _people.ContainsKey(ArchiveSeals.IdOf(row)));
        }

        private async Task<RowDigest> AddOwnAsync(ArchiveTable table)
        {
            var digest = new RowDigest();
            await AddAsync(table.WriteSql, Own());
            return digest;

            IEnumerable<JsonObject> Own()
            {
                foreach (var row in archive.Rows(table.Path, table.Columns))
                {
                    if (ArchiveSeals.Id(row, table.Owner) != _organisation) throw new ArchiveException($"{table.Path} brings a row of another organisation.");
                    if (table.Name == "person" && _people.ContainsKey(ArchiveSeals.IdOf(row))) continue;
                    foreach (var column in table.Uuids)
                        if (ArchiveSeals.Id(row, column) is { } id && _people.TryGetValue(id, out var here)) row[column] = here;
                    digest.Add(ArchiveSeals.TextOf(row));
                    yield return _seals.Seal(table.Name, row, _files);
                }
            }
        }

        private async Task AddAsync(string statement, IEnumerable<JsonObject> rows)
        {
            var batch = new List<string>();
            var length = 0;
            foreach (var row in rows)
            {
                batch.Add(ArchiveSeals.TextOf(row));
                length += batch[^1].Length;
                if (length > BatchLength) await SendAsync();
            }
            if (batch.Count > 0) await SendAsync();

            async Task SendAsync()
            {
                await connection.ExecuteAsync(statement, new { rows = $"[{string.Join(',', batch)}]" });
                batch.Clear();
                length = 0;
            }
        }

        private async Task<int> AddFilesAsync()
        {
            if (archive.Paths.Count(path => path.StartsWith("files/", StringComparison.Ordinal)) != _files.Count) throw new ArchiveException("The archive has files that belong to no row.");
            var sizes = (await connection.QueryAsync<(Guid Id, int Size, int Parts)>("select id, size, parts from app.request_file where organisation_id = @_organisation", new { _organisation })).ToDictionary(file => file.Id);
            foreach (var (id, box) in _files)
            {
                var content = archive.File(ArchiveRows.FilePath(id));
                var (_, size, parts) = sizes[id];
                if (content.Length != size || parts != SealedFile.PartsOf(size)) throw new ArchiveException($"{ArchiveRows.FilePath(id)} is not as long as its row says.");
                for (var place = 0; place < parts; place++)
                {
                    var from = place * SealedFile.PartLength;
                    await connection.ExecuteAsync("insert into app.request_file_part (organisation_id, file_id, place, content) values (@_organisation, @id, @place, @content)",
                        new { _organisation, id, place, content = box.SealPart(content[from..Math.Min(from + SealedFile.PartLength, size)], place, parts) });
                }
            }
            return _files.Count;
        }

        /// <summary>The lines as they are; what the old instance had sealed is sealed by this one, after the chain has been computed again and found with the faults that the manifest tells, and no others.</summary>
        private async Task AddChainAsync()
        {
            var chain = new Chain(keys);
            await AddAsync(
                """
                insert into history.event (organisation_id, sequence, recorded_at, person_id, role, action, object_type, object_id, outcome, request_id, commitment, body, hash, seal)
                select organisation_id, sequence, recorded_at, person_id, role, action, object_type, object_id, outcome, request_id, commitment, body, hash, seal from jsonb_populate_recordset(null::history.event, @rows::jsonb)
                """,
                Lines(ArchiveRows.EventPath, EventColumns, "seal").Select(row =>
                {
                    row["seal"] ??= ArchiveSeals.Hex(chain.Seal(ArchiveSeals.Box(row, "hash") ?? []));
                    return row;
                }));
            await AddAsync("insert into history.detail (organisation_id, sequence, salt, details) select organisation_id, sequence, salt, details from jsonb_populate_recordset(null::history.detail, @rows::jsonb)",
                Lines(ArchiveRows.DetailPath, ["organisation_id", "sequence", "salt", "details"]));
            var faults = new List<string>();
            var (sequence, hash) = (0L, Array.Empty<byte>());
            await foreach (var line in Verification.LinesAsync(connection, _organisation))
            {
                if (chain.FaultOf(line, sequence, hash) is { } fault) faults.Add($"line {line.Sequence} ({line.Action}): {fault}");
                (sequence, hash) = (line.Sequence, line.Hash);
            }
            var said = archive.Manifest.Chain;
            if (sequence == 0 || said.Lines != sequence || said.Head != Convert.ToHexStringLower(hash) || !faults.SequenceEqual(said.Faults))
                throw new ArchiveException($"The history in the archive is not the one that its manifest tells of{(faults.Count > 0 ? $" ({faults[0]})" : "")}.");
            await connection.ExecuteAsync("insert into history.chain (organisation_id, sequence, hash) values (@_organisation, @sequence, @hash) on conflict (organisation_id) do update set sequence = excluded.sequence, hash = excluded.hash",
                new { _organisation, sequence, hash });

            IEnumerable<JsonObject> Lines(string path, IReadOnlyCollection<string> names, string? optional = null) => archive.Rows(path, names, optional).Select(row =>
                ArchiveSeals.Id(row, "organisation_id") == _organisation ? row : throw new ArchiveException($"{path} brings a row of another organisation."));
        }

        /// <summary>Read back and opened under the new key, each table must be what the archive said: nothing lost, nothing added, nothing changed by a trigger.</summary>
        private async Task CompareAsync(Dictionary<string, RowDigest> expected)
        {
            var rows = new ArchiveRows(connection, _seals, _organisation);
            foreach (var table in tables)
            {
                var found = new RowDigest();
                await foreach (var row in rows.OwnAsync(table)) found.Add(ArchiveSeals.TextOf(row));
                if (!found.Equals(expected[table.Name])) throw new ArchiveException($"Table {table.Name} would not be here what it is in the archive ({expected[table.Name].Count} rows there, {found.Count} here). Nothing was imported.");
            }
        }

        private async Task<IReadOnlyList<string>> BoundAsync() => (await connection.QueryAsync<string>(
            """
            select distinct o.name
              from app.convention_party p join app.organisation o on o.id = p.party_organisation_id join history.chain c on c.organisation_id = o.id and c.sequence > 0
             where p.organisation_id = @_organisation and o.id <> @_organisation
             order by o.name
            """,
            new { _organisation })).AsList();

        /// <summary>What cannot go on here: an area whose lead does not live here serves nobody any more, and what the scanner of another instance called clean waits for the one of this instance (S-72).</summary>
        private Task<int> SettleAsync() => connection.ExecuteAsync(
            """
            update app.mutualisation m set to_on = greatest(m.from_on, (now() at time zone o.time_zone)::date), end_reason = 'Reprise de l’organisme dans une autre installation'
              from app.organisation o, app.mutualisation_area a, history.chain c
             where o.id = m.organisation_id and m.organisation_id = @_organisation and a.id = m.area_id and c.organisation_id = a.organisation_id and c.sequence = 0
               and coalesce(m.to_on, 'infinity') > (now() at time zone o.time_zone)::date;
            update app.request_file set verdict = null, judged_at = null where organisation_id = @_organisation and verdict = 'CLEAN';
            insert into app.request_file_scan (organisation_id, file_id, due_at) select organisation_id, id, now() from app.request_file where organisation_id = @_organisation and verdict is null;
            """,
            new { _organisation });

        private Task TellAsync()
        {
            var manifest = archive.Manifest;
            var details = new EventDetails
            {
                Actor = "import", Subject = manifest.Organisation.Name,
                Changes =
                [
                    new("Dernière ligne reprise", null, $"{manifest.Chain.Lines} {manifest.Chain.Head}"), new("Archive du", null, manifest.ExportedAt.ToString("u", System.Globalization.CultureInfo.InvariantCulture)),
                    new("Historique à l’export", null, manifest.Chain.Faults.Count == 0 ? "intact" : string.Join(" ; ", manifest.Chain.Faults.Take(20))), new("Organismes seulement nommés", null, _made.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ],
            };
            Event[] events = [new(_organisation, Actions.ArchiveImported.Code, "ORGANISATION", _organisation, details), new(null, Actions.ArchiveImported.Code, "ORGANISATION", _organisation, details)];
            return new Chain(keys).AppendAsync(connection, events, clock.GetUtcNow(), null, "SYSTEM", "import");
        }
    }
}
