using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Data;
using Registry.Features.Documents;
using Registry.Features.Requests;
using Registry.Files;
using Registry.Identity;

namespace Registry.Archives;

/// <summary>Opens what an instance has sealed on the way out, and seals it anew under the key of the other on the way in. In between it stands in clear, in an archive that is itself encrypted.</summary>
public sealed class ArchiveSeals(Keys keys, Guid organisation)
{
    public const string FileTable = "request_file";

    public static readonly IReadOnlyList<SealedColumn> Columns = [.. RequestStore.SealedColumns, .. RequestDialogueStore.SealedColumns, SearchContent.SealedColumn, DocumentStore.SealedColumn];

    private static readonly ILookup<string, SealedColumn> Of = Columns.ToLookup(column => column.Table);

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As it stands in the archive, one line whatever its values hold: the same row always gives the same text.</summary>
    public static string TextOf(JsonObject row) => row.ToJsonString(Compact);

    public static JsonObject Parse(string line) =>
        JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new JsonException("A row is an object.");

    /// <summary>A row of the database as it travels.</summary>
    /// <param name="fileKey">For a file alone: its wrapped key, which stays.</param>
    public JsonObject Open(string table, string row, byte[]? fileKey = null)
    {
        var opened = Parse(row);
        foreach (var column in Of[table])
            if (Box(opened, column.Column) is { } box) opened[column.Column] = column.Open(keys, organisation, IdOf(opened), box, IsSealed(opened, column));
        if (table == FileTable) opened["name"] = SealedFile.Open(keys, organisation, IdOf(opened), fileKey!).OpenName(Box(opened, "name")!);
        return opened;
    }

    /// <summary>A row that arrives, as this instance keeps it; a file gets a key of its own.</summary>
    public JsonObject Seal(string table, JsonObject row, IDictionary<Guid, SealedFile> files)
    {
        var kept = row.DeepClone().AsObject();
        foreach (var column in Of[table])
            if (row[column.Column] is { } text) kept[column.Column] = Hex(column.Seal(keys, organisation, IdOf(row), text.GetValue<string>(), IsSealed(row, column)));
        if (table == RequestStore.Table)
        {
            var (requester, address) = RequesterMarks.Under(keys, organisation, row["content"]!.GetValue<string>());
            kept["requester_marks"] = new JsonArray([.. requester.Select(mark => (JsonNode)Hex(mark))]);
            kept["address_mark"] = address is null ? null : Hex(address);
        }
        if (table == FileTable)
        {
            var file = files[IdOf(row)] = SealedFile.New(organisation, IdOf(row));
            kept["key"] = Hex(file.Wrap(keys));
            kept["name"] = Hex(file.SealName(row["name"]!.GetValue<string>()));
        }
        return kept;
    }

    public SealedFile File(Guid id, byte[] key) => SealedFile.Open(keys, organisation, id, key);

    public static Guid IdOf(JsonObject row) => row["id"]!.GetValue<Guid>();

    private static bool IsSealed(JsonObject row, SealedColumn column) => column.When is not { } when || row[when]!.GetValue<bool>();

    private static byte[]? Box(JsonObject row, string column) => row[column]?.GetValue<string>() is { } hex ? Convert.FromHexString(hex.AsSpan(2)) : null;

    private static string Hex(byte[] box) => "\\x" + Convert.ToHexStringLower(box);
}
