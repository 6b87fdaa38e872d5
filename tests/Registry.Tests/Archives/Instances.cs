using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Npgsql;
using Registry.Archives;
using Registry.Data;
using Registry.Tests.Support;

namespace Registry.Tests.Archives;

/// <summary>A fresh instance whose key is not that of the others, and archives read and written past the program.</summary>
public sealed class Instances : IAsyncDisposable
{
    public const string Passphrase = "une phrase que personne ne devine";

    private readonly string _folder = Directory.CreateTempSubdirectory("registry-archive-").FullName;
    private readonly ScratchDatabase _fresh;

    private Instances(ScratchDatabase fresh) => _fresh = fresh;

    /// <summary>The roles and their passwords belong to the server and its other databases; what is sealed and signed in this one follows this key.</summary>
    public Keys Keys { get; } = new(SHA256.HashData("another instance"u8));
    public string ConnectionString => _fresh.ConnectionString;

    public static async Task<Instances> MakeAsync()
    {
        var made = new Instances(await ScratchDatabase.MakeAsync(migrate: false));
        await Migrator.PrepareAsync(made.ConnectionString, made._fresh.Keys);
        await Migrator.MigrateAsync(made.ConnectionString, made.Keys);
        return made;
    }

    public string File(string name) => Path.Combine(_folder, name);

    public Task<TakenArchive> ImportAsync(string file, string passphrase = Passphrase) => new ArchiveImport(ConnectionString, Keys, TimeProvider.System).RunAsync(file, passphrase);

    public Task<NpgsqlConnection> SuperuserAsync() => _fresh.SuperuserAsync();

    /// <summary>Each entry of an archive: tables and chain as their lines, files as their bytes.</summary>
    public static Dictionary<string, byte[]> Unpack(string file)
    {
        using var stream = System.IO.File.OpenRead(file);
        using var box = SealedStream.Read(stream, Passphrase);
        using var zip = new System.IO.Compression.ZipArchive(box);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = entry.Open();
            var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    public static string[] Lines(byte[] entry) => System.Text.Encoding.UTF8.GetString(entry).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An archive as somebody writes it who has the passphrase and means no good; the manifest follows what the entries hold, unless it is itself what was changed.</summary>
    public string Pack(string name, Dictionary<string, byte[]> entries, bool follow = true, Action<JsonNode>? manifest = null, Action<System.IO.Compression.ZipArchive>? more = null)
    {
        var said = JsonNode.Parse(entries[ArchiveManifest.Path])!;
        if (follow)
            said["entries"] = new JsonArray([.. entries.Where(entry => entry.Key != ArchiveManifest.Path).Select(entry => (JsonNode)new JsonObject
            {
                ["path"] = entry.Key, ["rows"] = entry.Key.StartsWith("files/", StringComparison.Ordinal) ? 1 : entry.Value.AsSpan().Count((byte)'\n'), ["bytes"] = entry.Value.Length, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(entry.Value)),
            })]);
        manifest?.Invoke(said);
        using var file = System.IO.File.Create(File(name));
        using var box = SealedStream.Write(file, Passphrase);
        using var zip = new System.IO.Compression.ZipArchive(box, System.IO.Compression.ZipArchiveMode.Create);
        foreach (var (path, content) in entries.Where(entry => entry.Key != ArchiveManifest.Path).Append(new(ArchiveManifest.Path, System.Text.Encoding.UTF8.GetBytes(said.ToJsonString()))))
        {
            using var entry = zip.CreateEntry(path).Open();
            entry.Write(content);
        }
        more?.Invoke(zip);
        return File(name);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _fresh.DisposeAsync();
    }
}
