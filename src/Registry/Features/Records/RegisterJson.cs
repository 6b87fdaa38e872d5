using System.Text.Encodings.Web;
using System.Text.Json;

namespace Registry.Features.Records;

/// <summary>
/// The register for programs, described in docs/formats/register-json.md. A version stands in it as the exact text that was frozen, so that its SHA-256 can be
/// computed from the file; a reader that knows this schema gets equal sheets back.
/// </summary>
public sealed class RegisterJson : RegisterWriter
{
    public const string Schema = "registre-traitements/1";

    private const int FlushAt = 64 * 1024;
    private readonly Utf8JsonWriter _json;
    private readonly bool _notes;
    private bool _inBody;

    public RegisterJson(Stream stream, RegisterAbout about, bool notes)
    {
        _notes = notes;
        _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteString("schema", Schema);
        _json.WriteStartObject("about");
        _json.WriteString("title", about.Title);
        _json.WriteString("producedAt", about.At.UtcDateTime);
        _json.WriteString("producedBy", about.By);
        _json.WriteString("text", about.Text);
        if (about.Day is { } day) _json.WriteString("asOf", day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Optional("search", about.Search);
        Optional("group", about.Group);
        _json.WriteEndObject();
        _json.WriteStartArray("organisations");
    }

    public override void Begin(RegisterBody body)
    {
        EndBody();
        _json.WriteStartObject();
        _json.WriteString("name", body.Name);
        Optional("siren", body.Siren);
        Optional("inseeCode", body.InseeCode);
        _json.WriteString("timeZone", body.TimeZone);
        _json.WriteStartArray("records");
        _inBody = true;
    }

    public override void Finish()
    {
        EndBody();
        _json.WriteEndArray();
        // Last, so that a file that was cut cannot pass for a whole one.
        _json.WriteNumber("recordCount", Entries);
        _json.WriteEndObject();
        _json.Flush();
    }

    protected override void Write(RegisterBody body, RegisterEntry entry)
    {
        _json.WriteStartObject();
        _json.WriteString("reference", entry.Reference);
        Optional("state", entry.Status);
        if (entry.VersionNumber is { } version) _json.WriteNumber("version", version);
        if (entry.PublishedVersion is { } published) _json.WriteNumber("publishedVersion", published);
        Optional("publishedAt", entry.PublishedAt);
        Optional("publishedBy", entry.PublishedBy);
        Optional("validatedBy", entry.ValidatedBy);
        Optional("changeSummary", entry.ChangeSummary);
        if (entry.NextReviewOn is { } review) _json.WriteString("nextReviewOn", review.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (entry.EndedOn is { } ended) _json.WriteString("endedOn", ended.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Optional("dataFate", entry.DataFate);
        Optional("createdAt", entry.CreatedAt);
        Optional("updatedAt", entry.UpdatedAt);
        Optional("sha256", entry.Sha256);
        _json.WritePropertyName("sheet");
        // A version has no internal notes to take out: what was frozen and hashed goes out byte for byte.
        _json.WriteRawValue(entry.VersionNumber is null ? SheetJson.Write(entry.ReadSheet(_notes)) : entry.Content);
        _json.WriteEndObject();
        if (_json.BytesPending > FlushAt) _json.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _json.Dispose();
    }

    private void EndBody()
    {
        if (!_inBody) return;
        _json.WriteEndArray();
        _json.WriteEndObject();
        _inBody = false;
    }

    private void Optional(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) _json.WriteString(name, value);
    }

    private void Optional(string name, DateTimeOffset? value)
    {
        if (value is { } moment) _json.WriteString(name, moment.UtcDateTime);
    }
}
