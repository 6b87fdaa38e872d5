using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using FsCheck;
using FsCheck.Fluent;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Tests.Documents;

namespace Registry.Tests.Features.Records;

/// <summary>A register as a file: everything is in it, and comes out of it as it went in.</summary>
public sealed class RegisterFileTests
{
    private static readonly RegisterBody Body = new() { Id = Guid.Empty, Slug = "druelle-balsac", Name = "Druelle Balsac", Siren = "200054872", InseeCode = "12090", TimeZone = "Europe/Paris" };
    private static readonly RegisterAbout About = new("Registre", "VERSIONS_IN_FORCE", new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), "Personne", null, null, null, [("Organisme", "Druelle Balsac")], "Nombre de fiches", "pied");

    [Fact]
    public void Every_field_of_the_sheet_is_a_column_and_no_head_stands_twice()
    {
        var heads = new RegisterColumns(new Languages(), notes: true).Heads.Select(head => head.Title).ToList();
        Assert.Equal(heads.Count, heads.Distinct().Count());
        foreach (var section in SheetSections.All)
            // A link is an id for programs: it is in the JSON, people read the name beside it.
            foreach (var field in SheetText.Fields(section.Type).Where(field => !field.IsDefined(typeof(LinkAttribute), true))) Assert.Contains(Typography.French(SheetLabels.Name(field)), heads);
        Assert.DoesNotContain("Notes internes", new RegisterColumns(new Languages(), notes: false).Heads.Select(head => head.Title));
    }

    /// <summary>Hostile text in any field, in any format: read back, it is what was written, and the neighbours are where they were.</summary>
    [Theory]
    [InlineData(RegisterFormat.Csv)]
    [InlineData(RegisterFormat.Xlsx)]
    [InlineData(RegisterFormat.Ods)]
    [Trait("S", "14")]
    public void A_hostile_text_in_any_field_comes_back_as_it_was(RegisterFormat format)
    {
        foreach (var hostile in new[] { "=HYPERLINK(\"x\")", " \t@x", "＝1", "-1\r\n+2" })
        {
            var sheet = new Sheet();
            foreach (var section in SheetSections.All)
                foreach (var field in SheetText.Fields(section.Type).Where(field => field.PropertyType == typeof(string) && !field.IsDefined(typeof(LinkAttribute), true) && !field.IsDefined(typeof(VocabularyAttribute), true) && field.Name != "Domain"))
                    field.SetValue(section.Get(sheet), hostile);
            var rows = ReadTables.Read(TableFormatOf(format), Write(format, [Entry(sheet)]))[0].Rows;
            var expected = hostile.Replace("\r\n", format == RegisterFormat.Csv ? "\r\n" : "\n", StringComparison.Ordinal);
            foreach (var section in SheetSections.All)
                foreach (var field in SheetText.Fields(section.Type).Where(field => field.PropertyType == typeof(string) && !field.IsDefined(typeof(LinkAttribute), true) && !field.IsDefined(typeof(VocabularyAttribute), true) && field.Name is not ("Domain" or "InternalNotes")))
                    Assert.Equal(expected, (rows[1][Array.IndexOf(rows[0], Typography.French(SheetLabels.Name(field)))] as string)?.Replace("\r\n", expected.Contains('\r') ? "\r\n" : "\n", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_sheet_reads_back_equal_from_the_JSON_and_keeps_its_hash() =>
        Prop.ForAll<int>(seed =>
        {
            var sheet = SampleSheets.Random(seed);
            sheet.Publication.InternalNotes = null;
            var frozen = SheetJson.Canonical(sheet);
            var file = Write(RegisterFormat.Json, [Entry(sheet), Entry(sheet) with { Number = 2, VersionNumber = 3, Content = frozen, Sha256 = SheetJson.Sha256(frozen) }]);
            using var read = JsonDocument.Parse(file);
            Assert.Equal("registre-traitements/1", read.RootElement.GetProperty("schema").GetString());
            Assert.Equal(2, read.RootElement.GetProperty("recordCount").GetInt32());
            var records = read.RootElement.GetProperty("organisations")[0].GetProperty("records");
            for (var i = 0; i < 2; i++)
                Assert.Equal(frozen, SheetJson.Canonical(SheetJson.Read(records[i].GetProperty("sheet").GetRawText())));
            Assert.Equal(records[1].GetProperty("sha256").GetString(), SheetJson.Sha256(records[1].GetProperty("sheet").GetRawText()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Internal_notes_leave_only_when_they_were_asked_for()
    {
        var sheet = new Sheet { Publication = { InternalNotes = "à ne pas dire" } };
        foreach (var format in Enum.GetValues<RegisterFormat>())
        {
            Assert.False(Says(Write(format, [Entry(sheet)]), format), format.ToString());
            Assert.True(Says(Write(format, [Entry(sheet)], notes: true), format), format.ToString());
        }

        static bool Says(byte[] file, RegisterFormat format) => format == RegisterFormat.Json
            ? Encoding.UTF8.GetString(file).Contains("à ne pas dire", StringComparison.Ordinal)
            : ReadTables.Read(TableFormatOf(format), file)[0].Rows.Exists(row => row.Contains("à ne pas dire"));
    }

    [Fact]
    public void A_list_is_one_cell_with_a_line_for_each_row_and_each_value_under_its_name()
    {
        var sheet = new Sheet();
        sheet.Recipients.Recipients.Add(new() { Label = "Préfecture", Purpose = "contrôle" });
        sheet.Recipients.Recipients.Add(new() { Label = "Trésor public" });
        sheet.Identification.ImplementedOn = new DateOnly(2024, 5, 1);
        var rows = ReadTables.Xlsx(Write(RegisterFormat.Xlsx, [Entry(sheet)]))[0].Rows;
        Assert.Equal("Préfecture ; " + Typography.French("Pour quoi faire") + " : contrôle\nTrésor public", ((string)rows[1][Array.IndexOf(rows[0], "Destinataires")]!).Replace('\u00A0', ' ').Replace('\u202F', ' '));
        Assert.Equal(new DateTime(2024, 5, 1), rows[1][Array.IndexOf(rows[0], "Mise en œuvre le")]);
        Assert.Equal("12090", rows[1][Array.IndexOf(rows[0], "Code INSEE")]);
        Assert.Equal(new DateTime(2026, 1, 15, 9, 30, 0), rows[1][Array.IndexOf(rows[0], "Publiée le")]);
    }

    /// <summary>The schema that other programs rely on says what the program writes: a field added to the sheet is added to it, and nothing else moves.</summary>
    [Fact]
    public void The_published_schema_describes_the_sheet_as_it_is()
    {
        var path = Path.Combine(Support.SourceFile.Root, "src", "Registry", "wwwroot", "formats", "registre-traitements-1.json");
        var expected = Schema().ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }) + "\n";
        var made = Path.Combine(AppContext.BaseDirectory, "registre-traitements-1.json");
        File.WriteAllText(made, expected);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == expected, $"The schema is not that of the sheet any more: look at the difference and copy {made} to {path}.");
    }

    private static JsonNode Schema()
    {
        var sheet = SheetJson.Options.GetJsonSchemaAsNode(typeof(Sheet), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                var list = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(VocabularyAttribute), true).OfType<VocabularyAttribute>().FirstOrDefault();
                if (list is null || node is not JsonObject schema) return node;
                var codes = new JsonArray([.. (list.Codes.Count > 0 ? list.Codes : Vocabulary.Current.Terms(list.Enumeration).Select(term => term.Code)).Select(code => (JsonNode)code)]);
                (schema["items"] as JsonObject ?? schema)["examples"] = codes;
                return schema;
            },
        });
        var schema = JsonNode.Parse(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "registre-traitements/1",
              "type": "object",
              "required": ["schema", "about", "organisations", "recordCount"],
              "properties": {
                "schema": { "const": "registre-traitements/1" },
                "about": {
                  "type": "object",
                  "required": ["title", "producedAt", "producedBy", "text"],
                  "properties": {
                    "title": { "type": "string" },
                    "producedAt": { "type": "string", "format": "date-time" },
                    "producedBy": { "type": "string" },
                    "text": { "enum": ["VERSIONS_IN_FORCE", "WORKING_SHEETS", "ON_DAY"] },
                    "asOf": { "type": "string", "format": "date" },
                    "search": { "type": "string" },
                    "group": { "type": "string" }
                  }
                },
                "organisations": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["name", "timeZone", "records"],
                    "properties": {
                      "name": { "type": "string" },
                      "siren": { "type": "string", "pattern": "^[0-9]{9}$" },
                      "inseeCode": { "type": "string", "pattern": "^[0-9AB]{5}$" },
                      "timeZone": { "type": "string" },
                      "records": {
                        "type": "array",
                        "items": {
                          "type": "object",
                          "required": ["reference", "sheet"],
                          "properties": {
                            "reference": { "type": "string", "pattern": "^T-[0-9]{4,}$" },
                            "state": { "enum": [] },
                            "version": { "type": "integer" },
                            "publishedVersion": { "type": "integer" },
                            "publishedAt": { "type": "string", "format": "date-time" },
                            "publishedBy": { "type": "string" },
                            "validatedBy": { "type": "string" },
                            "changeSummary": { "type": "string" },
                            "nextReviewOn": { "type": "string", "format": "date" },
                            "endedOn": { "type": "string", "format": "date" },
                            "dataFate": { "enum": ["RETURNED", "PURGED", "ARCHIVED"] },
                            "createdAt": { "type": "string", "format": "date-time" },
                            "updatedAt": { "type": "string", "format": "date-time" },
                            "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                            "sheet": {}
                          }
                        }
                      }
                    }
                  }
                },
                "recordCount": { "type": "integer" }
              }
            }
            """)!;
        var record = schema["properties"]!["organisations"]!["items"]!["properties"]!["records"]!["items"]!["properties"]!;
        record["state"]!["enum"] = new JsonArray([.. RecordStates.Faces.Select(face => (JsonNode)face.Code)]);
        record["sheet"] = sheet;
        return schema;
    }

    private static RegisterEntry Entry(Sheet sheet) => new()
    {
        RecordId = Guid.Empty, Number = 1, Status = "PUBLISHED", PublishedVersion = 3, PublishedAt = new DateTimeOffset(2026, 1, 15, 8, 30, 0, TimeSpan.Zero), PublishedBy = "Le maire", Content = SheetJson.Write(sheet),
    };

    private static byte[] Write(RegisterFormat format, IEnumerable<RegisterEntry> entries, bool notes = false)
    {
        var stream = new MemoryStream();
        using (var writer = RegisterWriter.Open(format, stream, new RegisterColumns(new Languages(), notes), About, notes))
        {
            writer.Begin(Body);
            foreach (var entry in entries) writer.Add(Body, entry);
            writer.Finish();
        }
        return stream.ToArray();
    }

    private static TableFormat TableFormatOf(RegisterFormat format) => Enum.Parse<TableFormat>(format.ToString());
}
