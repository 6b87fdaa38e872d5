using System.Text.Json.Nodes;
using Dapper;
using Registry.Access;
using Registry.Archives;
using Registry.Data;
using Registry.Demo;
using Registry.Features.Documents;
using Registry.Features.Records;
using Registry.Features.Requests;
using Registry.History;
using Registry.Tests.Features.Records;
using Registry.Tests.Support;

namespace Registry.Tests.Archives;

/// <summary>What reversibility promises: whatever an organisation has here, it has there.</summary>
[Trait("Kind", "pages")]
public sealed class WholeOrganisationTests(RegistryFixture registry)
{
    /// <summary>Tables of which no test town has a row: the demonstration has, and carries them over in the other test.</summary>
    private static readonly string[] InTheDemonstration =
        ["record_model", "record_model_revision", "mutualisation_area", "charter_signature", "convention_proof", "record_opinion", "record_third_party", "record_system", "control_attestation", "patch_record", "provider_request_entry", "convention_escalation", "indicator_measure", "convention_price", "convention_event"];

    [Fact]
    [Trait("S", "46")]
    public async Task Everything_arrives_in_a_fresh_instance_under_another_key_as_it_left()
    {
        var town = (await TwoTowns.FoundAsync(registry, "DPO", "LEGAL_REPRESENTATIVE")).A;
        var request = await TownRequest.AddAsync(registry, town, "Je voudrais savoir ce que vous avez sur moi.");
        await TownFile.JudgeAsync(registry, town, await TownFile.AddAsync(registry, town, request, name: "Déjà analysé.csv"), RequestFileState.Clean);
        var long_ = Enumerable.Range(0, 700_000).Select(place => (byte)(place % 251)).ToArray();
        await TownFile.AddAsync(registry, town, request, RequestFileKind.Identity, "Carte d’identité.csv", long_);
        await TownFile.SayAsync(registry, town, request, fromPerson: true);
        await SealADocumentAsync(town);
        await FillAsync(town, request);
        await using var there = await Instances.MakeAsync();
        var (first, second) = (there.File("first"), there.File("second"));

        await ExportAsync(registry.ConnectionString, registry.Keys, town.Slug, first);
        var taken = await there.ImportAsync(first);
        await ExportAsync(there.ConnectionString, there.Keys, town.Slug, second);

        var (left, arrived) = (Instances.Unpack(first), Instances.Unpack(second));
        Assert.Equal(left.Keys.Order(), arrived.Keys.Order());
        var faults = new List<string>();
        foreach (var (path, content) in left.Where(entry => entry.Key != ArchiveManifest.Path))
        {
            if (path.StartsWith("tables/", StringComparison.Ordinal) && content.Length == 0 && !InTheDemonstration.Contains(path[7..^6])) faults.Add($"{path} is empty: the test proves nothing of it");
            var (before, after) = (Instances.Lines(content), Instances.Lines(arrived[path]));
            if (path.StartsWith("history/", StringComparison.Ordinal))
            {
                // The chain goes on: that it arrived, and that it was taken out again.
                Assert.Equal(before, after[..^2]);
                continue;
            }
            // The area does not live there, and the scanner there has not spoken yet.
            if (path == "tables/mutualisation.jsonl") (before, after) = (Without(before, "to_on", "end_reason"), Without(after, "to_on", "end_reason"));
            if (path == "tables/request_file.jsonl") (before, after) = (Without(before, "verdict", "judged_at"), Without(after, "verdict", "judged_at"));
            if (!before.SequenceEqual(after)) faults.Add($"{path}:\n{before.Except(after).FirstOrDefault()}\n{after.Except(before).FirstOrDefault()}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(3, left.Keys.Count(path => path.StartsWith("files/", StringComparison.Ordinal)));
        Assert.Contains(left, entry => entry.Value.AsSpan().SequenceEqual(long_));
        Assert.Equal(3, taken.Files);

        Assert.Empty((await new Verification(there.ConnectionString, there.Keys).RunAsync()).Faults);
        // The towns of tests publish without the line that proves it: what the check says of them here it says there.
        var said = (await VersionVerification.RunAsync(registry.ConnectionString, registry.Keys)).Faults.Where(fault => fault.StartsWith($"organisation {town.Id}", StringComparison.Ordinal));
        Assert.Equal(said.Order(), (await VersionVerification.RunAsync(there.ConnectionString, there.Keys)).Faults.Order());
        await OpensThereAsync(there, town, request);
    }

    private static string[] Without(string[] rows, params string[] columns) => [.. rows.Select(row =>
    {
        var one = JsonNode.Parse(row)!.AsObject();
        foreach (var column in columns) Assert.True(one.Remove(column));
        return one.ToJsonString();
    })];

    private static Task<WrittenArchive> ExportAsync(string connectionString, Keys keys, string slug, string file) => new ArchiveExport(connectionString, keys, TimeProvider.System).RunAsync(slug, file, Instances.Passphrase);

    /// <summary>What the towns of other tests have no use for.</summary>
    private async Task FillAsync(Town town, string reference)
    {
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
        {
            var requests = new RequestStore(db, PublishedRecords.Visitor(town), registry.Keys, TimeProvider.System);
            await requests.AddEntryAsync((await requests.FindAsync(reference))!.Id, "ACKNOWLEDGE", new DateOnly(2026, 11, 2), "Accusé envoyé, « à sa façon »");
            journal.Record(new Event(town.Id, "TEST", "RIGHTS_REQUEST", null, new EventDetails()));
            return 0;
        });
        await using var super = await registry.SuperuserAsync();
        await super.ExecuteAsync(
            """
            set session_replication_role = replica;
            insert into app.absence (organisation_id, person_id, person_name, cover_id, from_on, to_on) values (@Id, @other, 'Une personne', gen_random_uuid(), '2026-11-02', '2026-11-20');
            insert into app.weekly_summary (organisation_id, person_id, last_on) values (@Id, @other, '2026-11-16');
            insert into app.rights_request_tally (organisation_id, id, month, rights, outcome, days, on_time) values (@Id, @other, '2025-03-01', '{ACCESS,ERASURE}', 'ANSWERED', 12, true);
            insert into app.record_draft (organisation_id, person_id, record_id, section, form, seen, saved_at) select organisation_id, @other, id, 'finalites', E'but=1\n&é=\u2028', 'x', now() from app.processing_record where organisation_id = @Id;
            insert into app.record_comment (organisation_id, id, record_id, section, text, reserved, author_id, written_by, written_at) select organisation_id, id, id, 'finalites', E'Un \t mot "entre guillemets" \\ 😀', true, @other, 'Une', now() from app.processing_record where organisation_id = @Id;
            insert into app.record_joint_controllership (organisation_id, record_id, joint_controllership_id, in_draft, in_force) select r.organisation_id, r.id, j.id, false, true from app.processing_record r join app.joint_controllership j on j.organisation_id = r.organisation_id where r.organisation_id = @Id;
            insert into app.sheet_visibility (organisation_id, record_id, hidden, reason, decided_at, decided_by) select organisation_id, id, true, 'Sécurité', now(), 'Une' from app.processing_record where organisation_id = @Id and published_version is null;
            insert into app.record_before (organisation_id, record_id, section, content, after_sha256, person_id, saved_at) select organisation_id, id, 'finalites', '{"a": 1.10}', 'x', @other, now() from app.processing_record where organisation_id = @Id on conflict do nothing;
            insert into app.rollout (organisation_id, id, kind, models, status, person_id, person_name, prepared_at) values (@Id, @other, 'ADOPT', '{A-1@2,"B, c@1"}', 'DONE', @other, 'Une', now());
            insert into app.rollout_target (organisation_id, rollout_id, target_id, status, name) select organisation_id, id, @LeadId, 'DONE', 'Tête' from app.rollout where organisation_id = @Id on conflict do nothing;
            insert into app.work_mark (organisation_id, object_type, object_id, assigned_to, assigned_name, marked_at, marked_by) select organisation_id, 'RECORD', id, @other, 'Une', now(), 'Une' from app.processing_record where organisation_id = @Id on conflict do nothing;
            """, new { town.Id, town.LeadId, other = Guid.CreateVersion7() });
    }

    /// <summary>A letter about a request: the one of its town whose text is sealed.</summary>
    private async Task SealADocumentAsync(Town town)
    {
        var id = await TownDocument.IssueAsync(registry, town, "Lettre à la personne");
        await using var super = await registry.SuperuserAsync();
        var content = await super.ExecuteScalarAsync<byte[]>("select content from app.issued_document where id = @id", new { id });
        await registry.WorkAsync(Scope.ForOrganisation(town.Id), (_, journal) =>
        {
            journal.Record(new Event(town.Id, "TEST", "DOCUMENT", id, new EventDetails()));
            return Task.FromResult(0);
        });
        await super.ExecuteAsync("set session_replication_role = replica; update app.issued_document set sealed = true, content = @box where id = @id",
            new { id, box = Registry.Identity.Sealing.Seal(registry.Keys.Derive("issued-documents"), content!, $"issued_document/{town.Id}/{id}") });
    }

    /// <summary>As the program there reads it: under its own key, through its own stores.</summary>
    private static async Task OpensThereAsync(Instances there, Town town, string reference)
    {
        await using var database = new Database(there.ConnectionString, there.Keys);
        await using var db = new Db(database, TimeProvider.System);
        db.ActFor(Scope.ForOrganisation(town.Id), readOnly: true);
        var visitor = PublishedRecords.Visitor(town);
        var (requests, files, dialogue) = (new RequestStore(db, visitor, there.Keys, TimeProvider.System), new RequestFileStore(db, visitor, there.Keys, TimeProvider.System), new RequestDialogueStore(db, visitor, there.Keys, TimeProvider.System));
        var request = (await requests.FindAsync(reference))!;
        Assert.Equal("Je voudrais savoir ce que vous avez sur moi.", request.Content.Text);
        var card = Assert.Single(await files.ListAsync(request.Id), file => file.Kind == RequestFileKind.Identity);
        Assert.Equal("Carte d’identité.csv", card.Name);
        Assert.Equal(700_000, (await files.ReadAsync(card)).Sum(part => part.Length));
        Assert.Single(await dialogue.ListAsync(request.Id));
        // Her marks were made again: she is recognised, and a new link finds her.
        Assert.NotEmpty(await requests.OthersOfAsync(request));
        Assert.Contains(request.Id, (await requests.OfAddressAsync(request.Content.Requester.Email!)).Select(one => one.Id));
        var documents = new DocumentStore(db, visitor, there.Keys, TimeProvider.System);
        foreach (var id in await (await db.OpenAsync()).QueryAsync<Guid>("select id from issued_document where organisation_id = @Id", new { town.Id })) Assert.NotNull(await documents.FindAsync(id));
        // Whatever the other scanner said, this one has the word.
        Assert.All(await files.ListAsync(request.Id), file => Assert.Equal(RequestFileState.Received, file.State));
        await using var super = await there.SuperuserAsync();
        Assert.Equal(3, await super.ExecuteScalarAsync<int>("select count(*) from app.request_file_scan"));
    }

    [Fact]
    public async Task A_whole_instance_can_be_carried_over_body_by_body_and_whoever_was_only_named_comes_to_life()
    {
        await using var here = await ScratchDatabase.MakeAsync();
        await DemoData.LoadAsync(here.ConnectionString, here.Keys);
        await using var there = await Instances.MakeAsync();
        await using var source = await here.SuperuserAsync();
        foreach (var slug in await source.QueryAsync<string>("select slug from app.organisation order by slug"))
        {
            await ExportAsync(here.ConnectionString, here.Keys, slug, there.File(slug));
            await there.ImportAsync(there.File(slug));
        }
        await using var target = await there.SuperuserAsync();
        var different = new List<string>();
        foreach (var table in await source.QueryAsync<string>("select relname::text from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' order by 1"))
        {
            if (ArchiveTable.Staying.ContainsKey(table) && table is not ("search_entry" or "public_sheet")) continue;
            // Sealed columns differ, as they must; the other test opens them.
            var left = "'{content,requester_marks,address_mark,passage,last_transaction,to_on,end_reason}'::text[]";
            var text = $"select (to_jsonb(t) - {left})::text from app.{table} t {(table is "person" or "appointment" ? "where organisation_id is not null" : "")} order by 1";
            var (before, after) = ((await source.QueryAsync<string>(text)).AsList(), (await target.QueryAsync<string>(text)).AsList());
            if (InTheDemonstration.Contains(table)) Assert.NotEmpty(before);
            if (!before.SequenceEqual(after)) different.Add($"{table}: {before.Count} {after.Count} {before.Except(after).FirstOrDefault()}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.Equal(0, await target.ExecuteScalarAsync<int>("select count(*) from app.organisation where slug like 'ref-%'"));
        var verified = await new Verification(there.ConnectionString, there.Keys).RunAsync();
        Assert.Empty(verified.Faults);
        Assert.True(verified.Events > 500);
        Assert.Empty((await VersionVerification.RunAsync(there.ConnectionString, there.Keys)).Faults);
    }

    [Fact]
    public async Task Somebody_who_is_here_already_under_her_address_gets_her_offices_and_no_second_person()
    {
        var (town, other) = (await Town.FoundAsync(registry), await Town.FoundAsync(registry));
        var (gone, stays) = (await town.AppointAsync("CORRESPONDENT"), await other.AppointAsync("CORRESPONDENT"));
        await using var super = await registry.SuperuserAsync();
        await super.ExecuteAsync("set session_replication_role = replica; update app.person set email = @email where id = any (@ids)", new { email = $"{gone:n}@exemple.example", ids = new[] { gone, stays } });
        await using var there = await Instances.MakeAsync();
        foreach (var one in new[] { other, town })
        {
            await ExportAsync(registry.ConnectionString, registry.Keys, one.Slug, there.File(one.Slug));
            Assert.Equal(one == town ? 1 : 0, (await there.ImportAsync(there.File(one.Slug))).Matched);
        }
        await using var target = await there.SuperuserAsync();
        Assert.Equal([stays], await target.QueryAsync<Guid>("select id from app.person where email = @email", new { email = $"{gone:n}@exemple.example" }));
        Assert.Equal(stays, await target.ExecuteScalarAsync<Guid>("select person_id from app.appointment where organisation_id = @Id and kind = 'CORRESPONDENT'", new { town.Id }));
    }

    [Fact]
    [Trait("S", "64")]
    public async Task A_damaged_history_travels_as_it_is_and_both_sides_say_so()
    {
        await using var here = await ScratchDatabase.MakeAsync();
        var body = await here.AddBodyAsync(lines: 5);
        await here.ForgeAsync("update history.detail set details = replace(details, 'Test', 'Somebody else') where sequence = 2; update history.event set seal = sha256(seal) where sequence = 4");
        await using var there = await Instances.MakeAsync();
        var slug = "corps-" + body.ToString("n");
        var written = await ExportAsync(here.ConnectionString, here.Keys, slug, there.File("damaged"));
        Assert.Equal(["line 2 (TEST): its details were changed", "line 4 (TEST): its seal was not made by this registry"], written.Manifest.Chain.Faults);
        await there.ImportAsync(there.File("damaged"));
        Assert.Equal([$"organisation {body} line 2 (TEST): its details were changed", $"organisation {body} line 4 (TEST): its seal was not made by this registry"],
            (await new Verification(there.ConnectionString, there.Keys).RunAsync()).Faults);
    }
}
