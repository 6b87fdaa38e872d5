using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Registry.Archives;
using Registry.Tests.Support;

namespace Registry.Tests.Archives;

/// <summary>An archive is believed nothing (S-15): one clear sentence, and nothing of it stays.</summary>
[Trait("Kind", "pages")]
[Trait("S", "15")]
public sealed class HostileArchiveTests(HostileArchiveTests.Victim victim) : IClassFixture<HostileArchiveTests.Victim>
{
    /// <summary>One archive and one fresh instance for all: whatever is tried leaves nothing, or the next test says so.</summary>
    public sealed class Victim : IAsyncLifetime
    {
        public ScratchDatabase Here { get; private set; } = null!;
        public Instances There { get; private set; } = null!;
        public string Good => There.File("good");

        public async ValueTask InitializeAsync()
        {
            (Here, There) = (await ScratchDatabase.MakeAsync(), await Instances.MakeAsync());
            var body = await Here.AddBodyAsync(lines: 3);
            await Here.WorkAsync(Registry.Data.Scope.ForOrganisation(body), async db => await (await db.OpenAsync()).ExecuteAsync(
                "insert into org_unit (organisation_id, id, name) values (@body, @id, 'Accueil')", new { body, id = Guid.CreateVersion7() }), body);
            await new ArchiveExport(Here.ConnectionString, Here.Keys, TimeProvider.System).RunAsync("corps-" + body.ToString("n"), Good, Instances.Passphrase);
        }

        public async ValueTask DisposeAsync()
        {
            await There.DisposeAsync();
            await Here.DisposeAsync();
        }
    }

    private static readonly Dictionary<string, (string Sentence, Func<Instances, string, Dictionary<string, byte[]>, string> Make)> Attacks = new()
    {
        ["no archive at all"] = ("is no archive of the registry", (there, _, _) => Written(there, "PK\x03\x04 not really"u8.ToArray())),
        ["cut in the header"] = ("is no archive of the registry", (there, good, _) => Written(there, File.ReadAllBytes(good)[..30])),
        ["a byte altered"] = ("was altered or cut off", (there, good, _) => Changed(there, good, bytes => bytes[bytes.Length / 2] ^= 1)),
        ["the last byte gone"] = ("was altered or cut off", (there, good, _) => Written(there, File.ReadAllBytes(good)[..^1])),
        ["nothing behind the header"] = ("cut off", (there, good, _) => Written(there, File.ReadAllBytes(good)[..(19 + 32)])),
        ["sealed, but no zip"] = ("not well formed", (there, _, _) => Sealed(there, new byte[100_000])),
        ["no manifest"] = ("has no manifest", (there, _, good) => Repacked(there, Without(good, ArchiveManifest.Path))),
        ["a newer format"] = ("has the format registre-archive/2", (there, _, good) => there.Pack("x", good, manifest: said => said["format"] = "registre-archive/2")),
        ["a newer schema"] = ("was written at 9999_later", (there, _, good) => there.Pack("x", good, manifest: said => said["schema"] = "9999_later")),
        ["a manifest without its fields"] = ("not well formed", (there, _, good) => there.Pack("x", good, manifest: said => said.AsObject().Remove("chain"))),
        ["a table missing"] = ("tables/processing_record.jsonl is missing", (there, _, good) => there.Pack("x", Without(good, "tables/processing_record.jsonl"))),
        ["a table announced and not there"] = ("tables/breach.jsonl is missing", (there, _, good) => there.Pack("x", Without(good, "tables/breach.jsonl"), follow: false)),
        ["a table that stays at home"] = ("which does not travel", (there, _, good) => there.Pack("x", With(good, "tables/outbox_mail.jsonl", ""))),
        ["an entry nobody announced"] = ("which its manifest does not announce", (there, _, good) => there.Pack("x", good, more: zip => zip.CreateEntry("tables/planted.jsonl"))),
        ["an entry twice"] = ("twice", (there, _, good) => there.Pack("x", good, more: zip => zip.CreateEntry("tables/breach.jsonl"))),
        ["a path that climbs"] = ("whose name is none of this format", (there, _, good) => there.Pack("x", With(good, "../../etc/cron.d/x", "* * * * * root true"))),
        ["a path from the root"] = ("whose name is none of this format", (there, _, good) => there.Pack("x", With(good, "/tmp/x", "x"))),
        ["a path behind a line break"] = ("whose name is none of this format", (there, _, good) => there.Pack("x", With(good, "tables/breach.jsonl\n", ""))),
        ["a bomb"] = ("unpacks to more than this program ever packs", (there, _, good) => there.Pack("x", With(good, "tables/breach.jsonl", new string(' ', 64 << 20)))),
        ["a file larger than any"] = ("unpacks to more than this program ever packs", (there, _, good) => there.Pack("x", With(good, $"files/{Guid.NewGuid()}", Convert.ToHexString(RandomNumberGenerator.GetBytes(6 << 20))))),
        ["a file of nobody"] = ("files that belong to no row", (there, _, good) => there.Pack("x", With(good, $"files/{Guid.NewGuid()}", "x"))),
        ["another hash"] = ("is not what the manifest says", (there, _, good) => there.Pack("x", good, manifest: said => Entry(said, "tables/organisation.jsonl")["sha256"] = new string('0', 64))),
        ["another number of rows"] = ("is not what the manifest says", (there, _, good) => there.Pack("x", good, manifest: said => Entry(said, "tables/organisation.jsonl")["rows"] = 2)),
        ["a row of somebody else"] = ("brings a row of another organisation", (there, _, good) => there.Pack("x", Rows(good, "tables/org_unit.jsonl", row => row["organisation_id"] = Guid.NewGuid().ToString()))),
        ["a line of somebody else's history"] = ("brings a row of another organisation", (there, _, good) => there.Pack("x", Rows(good, "history/event.jsonl", row => row["organisation_id"] = Guid.NewGuid().ToString()))),
        ["an own row among those of others"] = ("brings a row of the organisation itself", (there, _, good) => there.Pack("x", With(good, "others/mutualisation_area.jsonl",
            $$"""{"organisation_id":"{{OrganisationOf(good)}}","id":"{{Guid.NewGuid()}}","name":"Espace","dpo_public_email":null,"version":1}""" + "\n"))),
        ["itself as a reference"] = ("its own organisation as a reference", (there, _, good) => there.Pack("x", With(good, "others/organisation.jsonl",
            $$"""{"id":"{{OrganisationOf(good)}}","slug":"x","name":"x","short_name":null,"type":"CCAS","siren":null,"siret":null,"insee_code":null,"department_code":null,"department_name":null,"city":null,"territory":"METRO","time_zone":"Europe/Paris"}""" + "\n"))),
        ["a column too many"] = ("has other columns than its table", (there, _, good) => there.Pack("x", Rows(good, "tables/org_unit.jsonl", row => row["folded"] = "x"))),
        ["a column missing"] = ("has other columns than its table", (there, _, good) => there.Pack("x", Rows(good, "tables/org_unit.jsonl", row => row.Remove("version")))),
        ["a column twice"] = ("not well formed", (there, _, good) => there.Pack("x", With(good, "tables/org_unit.jsonl", """{"id":"x","id":"y"}""" + "\n"))),
        ["a row cut in the middle"] = ("ends in the middle of a row", (there, _, good) => there.Pack("x", With(good, "tables/org_unit.jsonl", """{"id":"""))),
        ["a row that is no text"] = ("not well formed", (there, _, good) => there.Pack("x", new(good) { ["tables/org_unit.jsonl"] = [0xff, 0xfe, (byte)'\n'] })),
        ["a value of another kind"] = ("not well formed", (there, _, good) => there.Pack("x", Rows(good, "tables/org_unit.jsonl", row => row["organisation_id"] = new JsonArray(1)))),
        ["a history without hashes"] = ("not well formed", (there, _, good) => there.Pack("x", Rows(good, "history/event.jsonl", row => row["hash"] = "\\xzz"))),
        ["a value that the table forbids"] = ("A row of org_unit is not what this program writes", (there, _, good) => there.Pack("x", Rows(good, "tables/org_unit.jsonl", row => row["name"] = ""))),
        ["a row that points to nothing"] = ("points to one that is neither in the archive nor here", (there, _, good) => there.Pack("x", Rows(good, "tables/organisation.jsonl", row => row["parent_id"] = Guid.NewGuid().ToString()))),
        ["a history of other words"] = ("history in the archive is not the one", (there, _, good) => there.Pack("x", Rows(good, "history/detail.jsonl", row => row["details"] = "{}"))),
        ["a history cut short"] = ("history in the archive is not the one", (there, _, good) => there.Pack("x", Shortened(good))),
        ["no organisation"] = ("points to one that is neither", (there, _, good) => there.Pack("x", With(good, "tables/organisation.jsonl", ""))),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_hostile_archive_is_refused_in_one_sentence_and_leaves_nothing(string attack)
    {
        var (sentence, make) = Attacks[attack];
        var hostile = make(victim.There, victim.Good, Instances.Unpack(victim.Good));
        var refused = await Assert.ThrowsAsync<ArchiveException>(() => victim.There.ImportAsync(hostile));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        await NothingAsync(victim.There);
    }

    [Fact]
    public async Task Another_passphrase_opens_nothing_and_a_short_one_writes_nothing()
    {
        Assert.Equal("The passphrase is not that of this archive.", (await Assert.ThrowsAsync<ArchiveException>(() => victim.There.ImportAsync(victim.Good, Instances.Passphrase + "!"))).Message);
        await NothingAsync(victim.There);
        var slug = (string)JsonNode.Parse(Instances.Unpack(victim.Good)[ArchiveManifest.Path])!["organisation"]!["slug"]!;
        var export = new ArchiveExport(victim.Here.ConnectionString, victim.Here.Keys, TimeProvider.System);
        Assert.Contains("fewer than 16", (await Assert.ThrowsAsync<ArchiveException>(() => export.RunAsync(slug, victim.There.File("short"), "trop courte"))).Message);
        Assert.Contains("never overwritten", (await Assert.ThrowsAsync<ArchiveException>(() => export.RunAsync(slug, victim.Good, Instances.Passphrase))).Message);
        Assert.Contains("No organisation", (await Assert.ThrowsAsync<ArchiveException>(() => export.RunAsync("nulle-part", victim.There.File("none"), Instances.Passphrase))).Message);
        Assert.False(File.Exists(victim.There.File("short")));
    }

    [Fact]
    public async Task Whoever_lives_here_is_not_written_over_and_a_role_under_the_policies_imports_nothing()
    {
        await using var there = await Instances.MakeAsync();
        // What every attack was made from is itself a good archive.
        await there.ImportAsync(victim.Good);
        Assert.Contains("lives here already", (await Assert.ThrowsAsync<ArchiveException>(() => there.ImportAsync(victim.Good))).Message);
        var elsewhere = there.Pack("x", Instances.Unpack(victim.Good), manifest: said => said["organisation"]!["id"] = Guid.NewGuid().ToString());
        Assert.Contains("Another organisation has the address", (await Assert.ThrowsAsync<ArchiveException>(() => there.ImportAsync(elsewhere))).Message);
        await using var super = await there.SuperuserAsync();
        Assert.Equal(1, await super.ExecuteScalarAsync<int>("select count(*) from app.organisation"));

        var underPolicies = new Npgsql.NpgsqlConnectionStringBuilder(there.ConnectionString) { Username = "app_web" }.ConnectionString;
        Assert.Contains("writes past the policies", (await Assert.ThrowsAsync<ArchiveException>(() => new ArchiveImport(underPolicies, there.Keys, TimeProvider.System).RunAsync(victim.Good, Instances.Passphrase))).Message);
    }

    private static async Task NothingAsync(Instances there)
    {
        await using var super = await there.SuperuserAsync();
        Assert.Equal(0, await super.ExecuteScalarAsync<int>("select (select count(*) from app.organisation) + (select count(*) from app.person) + (select count(*) from history.chain) + (select count(*) from history.event)"));
    }

    private static string Written(Instances there, byte[] content)
    {
        File.WriteAllBytes(there.File("x"), content);
        return there.File("x");
    }

    private static string Changed(Instances there, string good, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(good);
        change(bytes);
        return Written(there, bytes);
    }

    private static string Sealed(Instances there, byte[] content)
    {
        using var file = File.Create(there.File("x"));
        using var box = SealedStream.Write(file, Instances.Passphrase);
        box.Write(content);
        return there.File("x");
    }

    private static string Repacked(Instances there, Dictionary<string, byte[]> entries)
    {
        using var file = File.Create(there.File("x"));
        using var box = SealedStream.Write(file, Instances.Passphrase);
        using var zip = new System.IO.Compression.ZipArchive(box, System.IO.Compression.ZipArchiveMode.Create);
        foreach (var (path, content) in entries)
        {
            using var entry = zip.CreateEntry(path).Open();
            entry.Write(content);
        }
        return there.File("x");
    }

    private static Dictionary<string, byte[]> Without(Dictionary<string, byte[]> entries, string path) => entries.Where(entry => entry.Key != path).ToDictionary();

    private static Dictionary<string, byte[]> With(Dictionary<string, byte[]> entries, string path, string text) => new(entries) { [path] = Encoding.UTF8.GetBytes(text) };

    private static Dictionary<string, byte[]> Rows(Dictionary<string, byte[]> entries, string path, Action<JsonObject> change) => With(entries, path, string.Concat(Instances.Lines(entries[path]).Select(line =>
    {
        var row = JsonNode.Parse(line)!.AsObject();
        change(row);
        return row.ToJsonString() + "\n";
    })));

    private static Dictionary<string, byte[]> Shortened(Dictionary<string, byte[]> entries) =>
        ((string[])["history/event.jsonl", "history/detail.jsonl"]).Aggregate(entries, (now, path) => With(now, path, string.Concat(Instances.Lines(now[path])[..^1].Select(line => line + "\n"))));

    private static JsonNode Entry(JsonNode manifest, string path) => manifest["entries"]!.AsArray().Single(entry => (string?)entry!["path"] == path)!;

    private static string OrganisationOf(Dictionary<string, byte[]> entries) => (string)JsonNode.Parse(entries[ArchiveManifest.Path])!["organisation"]!["id"]!;
}
