using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Citizens;

/// <summary>The public register for programs, described in docs/formats/public-register-json.md. Codes for machines, and the words that the pages show.</summary>
[PublicPage, KeptByBrowsers]
public sealed class OpenJsonModel(PublicBodyStore bodies, PublicSheetStore store, IStringLocalizer t) : PageModel
{
    public const string Schema = "registre-public/1";

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        var (open, officer) = await store.StandingAsync(commune);
        if (!open) return NotFound();
        var sheets = await store.AllAsync(commune);
        return File(Languages.InFrench(() => Write(body, officer, sheets)), "application/json; charset=utf-8");
    }

    private byte[] Write(PublicBody body, string? officer, IReadOnlyList<PublicSheetText> sheets)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("organisation");
            Optional(json, "name", body.Name);
            Optional(json, "address", body.Address);
            Optional(json, "postalCode", body.PostalCode);
            Optional(json, "city", body.City);
            Optional(json, "website", body.Website);
            Optional(json, "rightsContactEmail", body.RightsContactEmail);
            Optional(json, "rightsContactPost", body.RightsContactPost);
            Optional(json, "officerEmail", body.OfficerEmail);
            Optional(json, "officerName", officer);
            json.WriteEndObject();
            json.WriteStartArray("sheets");
            foreach (var text in sheets) Write(json, body, text);
            json.WriteEndArray();
            // Last, so that a file that was cut cannot pass for a whole one.
            json.WriteNumber("sheetCount", sheets.Count);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter json, PublicBody body, PublicSheetText text)
    {
        var sheet = PublicSheet.Read(text);
        json.WriteStartObject();
        json.WriteString("reference", text.Reference);
        json.WriteString("title", sheet.Title);
        json.WriteString("domain", SheetValues.Domain(sheet.Domain));
        json.WriteString("publishedOn", text.PublishedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("path", $"/c/{body.Slug}/registre/{text.Reference}");
        json.WriteStartArray("texts");
        foreach (var part in sheet.Parts(t))
            foreach (var field in part.Fields)
            {
                json.WriteStartObject();
                json.WriteString("part", part.Title);
                json.WriteString("label", field.Label);
                json.WriteString("text", PublicSheet.OnOneLine(field));
                json.WriteEndObject();
            }
        json.WriteEndArray();
        json.WritePropertyName("content");
        json.WriteRawValue(text.Document);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }
}
