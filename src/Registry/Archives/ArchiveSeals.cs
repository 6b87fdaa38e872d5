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
            if (Text(row, column.Column) is { } text) kept[column.Column] = Hex(column.Seal(keys, organisation, IdOf(row), text, IsSealed(row, column)));
        if (table == RequestStore.Table)
        {
            var (requester, address) = MarksOf(Text(row, "content") ?? "");
            kept["requester_marks"] = new JsonArray([.. requester.Select(mark => (JsonNode)Hex(mark))]);
            kept["address_mark"] = address is null ? null : Hex(address);
        }
        if (table == FileTable)
        {
            var file = files[IdOf(row)] = SealedFile.New(organisation, IdOf(row));
            kept["key"] = Hex(file.Wrap(keys));
            kept["name"] = Hex(file.SealName(Text(row, "name") ?? ""));
        }
        return kept;
    }

    public SealedFile File(Guid id, byte[] key) => SealedFile.Open(keys, organisation, id, key);

    public static Guid IdOf(JsonObject row) => Id(row, "id") ?? throw Unlike("id");

    // A row may come from anybody: what is not of its kind is told as the archive's fault.
    public static Guid? Id(JsonObject row, string column) => row[column] is not { } node ? null : node is JsonValue value && value.TryGetValue<Guid>(out var id) ? id : throw Unlike(column);

    public static string? Text(JsonObject row, string column) => row[column] is not { } node ? null : node is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Unlike(column);

    public static byte[]? Box(JsonObject row, string column)
    {
        if (Text(row, column) is not { } hex) return null;
        var box = new byte[hex.Length / 2 - 1 is > 0 and var length ? length : 0];
        return hex.StartsWith("\\x", StringComparison.Ordinal) && Convert.FromHexString(hex.AsSpan(2), box, out var read, out var written) == System.Buffers.OperationStatus.Done && written == box.Length ? box : throw Unlike(column);
    }

    private static bool IsSealed(JsonObject row, SealedColumn column) => column.When is not { } when || (row[when] is JsonValue value && value.TryGetValue<bool>(out var yes) ? yes : throw Unlike(when));

    private (byte[][] Requester, byte[]? Address) MarksOf(string content)
    {
        try
        {
            return RequesterMarks.Under(keys, organisation, content);
        }
        catch (JsonException unlike)
        {
            throw new ArchiveException("The archive is not well formed: a request is not what this program writes.", unlike);
        }
    }

    private static ArchiveException Unlike(string column) => new($"The archive is not well formed: a value of {column} is not of its kind.");

    public static string Hex(byte[] box) => "\\x" + Convert.ToHexStringLower(box);
}
