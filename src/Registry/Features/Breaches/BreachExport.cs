using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>
/// The register of article 33(5) as a file: every breach, also those not notified, with its line in the history before it leaves (S-65). Written to a temporary
/// file, as the register of processing is, since the answer must not begin before that line is kept.
/// </summary>
public sealed class BreachExport(BreachListStore lists, BreachStore store, Visitor visitor, Journal journal, IStringLocalizer t, TimeProvider clock)
{
    public const int MostInAnHour = 10;
    public const string Schema = "registre-violations/1";

    public async Task<bool> MayTakeMoreAsync() => await store.TakenLatelyAsync() < MostInAnHour;

    public async Task<ExportedFile> WriteAsync(RegisterFormat format, int? year)
    {
        var (organisation, now) = (visitor.Organisation, clock.GetUtcNow());
        var file = RegisterExport.Temporary();
        try
        {
            var footer = t.Get("Exporté par {0}, le {1}", visitor.Name, Dates.Instant(now, organisation.Zone));
            var rows = await AllAsync(year);
            if (format == RegisterFormat.Json) WriteJson(file, rows, now);
            else
            {
                var columns = new BreachColumns(t, organisation, visitor.Grants.All(grant => grant.Role == Role.Auditor) ? footer : null);
                using var table = TableWriter.Open(format switch { RegisterFormat.Xlsx => TableFormat.Xlsx, RegisterFormat.Ods => TableFormat.Ods, _ => TableFormat.Csv }, file, "Violations", columns.Heads);
                foreach (var row in rows) table.Row(columns.Row(row));
                table.Finish(new TableAbout(t.Get("Registre des violations (article 33, paragraphe 5)"),
                [
                    (t.Get("Organisme"), organisation.Name), (t.Get("Année"), year is { } one ? one : t.Get("toutes")), (t.Get("Exporté le"), TimeZoneInfo.ConvertTime(now, organisation.Zone).DateTime),
                    (t.Get("Exporté par"), visitor.Name), (t.Get("Nombre de violations"), rows.Count),
                ], footer));
            }
            file.Position = 0;
            var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
            file.Position = 0;
            var name = $"violations-{organisation.Slug}-{organisation.Today(clock):yyyy-MM-dd}.{RegisterWriter.Extension(format)}";
            journal.Record(new Event(organisation.Id, Actions.BreachRegisterExported.Code, "BREACH_REGISTER", null,
                new EventDetails { Subject = EventDetails.WithFingerprint($"{name} · {rows.Count} {(rows.Count > 1 ? "violations" : "violation")}", hash) }));
            return new ExportedFile(file, name, RegisterWriter.MediaType(format), rows.Count);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>All of one organisation: a commune has tens in its life, so they are held.</summary>
    public async Task<IReadOnlyList<RegisterRow>> AllAsync(int? year)
    {
        var rows = new List<RegisterRow>();
        for (var batch = await lists.NextAsync(year, (0, 0)); batch.Count > 0; batch = await lists.NextAsync(year, (batch[^1].Breach.Year, batch[^1].Breach.Number!.Value))) rows.AddRange(batch);
        return rows;
    }

    private void WriteJson(Stream stream, IReadOnlyList<RegisterRow> rows, DateTimeOffset now)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("organisation", visitor.Organisation.Name);
        json.WriteString("producedAt", now.UtcDateTime);
        json.WriteString("producedBy", visitor.Name);
        json.WriteStartArray("breaches");
        foreach (var (breach, entries) in rows) WriteBreach(json, breach, entries);
        json.WriteEndArray();
        // Last, so that a file that was cut cannot pass for a whole one.
        json.WriteNumber("breachCount", rows.Count);
        json.WriteEndObject();
    }

    private static void WriteBreach(Utf8JsonWriter json, Breach breach, IReadOnlyList<BreachEntry> entries)
    {
        json.WriteStartObject();
        json.WriteString("reference", breach.Reference);
        json.WriteString("title", breach.Title);
        json.WriteString("status", breach.Status);
        json.WriteString("authorityStatus", breach.AuthorityStatus);
        json.WriteString("peopleStatus", breach.PeopleStatus);
        if (breach.RiskLevel is { } level) json.WriteString("riskLevel", level);
        foreach (var (name, at) in new (string, DateTimeOffset?)[]
            {
                ("startedAt", breach.StartedAt), ("endedAt", breach.EndedAt), ("processorAwareAt", breach.ProcessorAwareAt), ("controllerAlertedAt", breach.ControllerAlertedAt),
                ("dpoInformedAt", breach.DpoInformedAt), ("foundAt", breach.FoundAt), ("awareAt", breach.AwareAt), ("notifyBy", breach.NotifyBy), ("decidedAt", breach.DecidedAt),
                ("notifiedAt", breach.NotifiedAt), ("reportedAt", breach.ReportedAt), ("closedAt", breach.ClosedAt),
            })
            if (at is { } moment) json.WriteString(name, moment.UtcDateTime);
        json.WriteBoolean("notifiedLate", breach.NotifiedLate);
        json.WritePropertyName("sheet");
        json.WriteRawValue(breach.SheetJson);
        json.WriteStartArray("entries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("kind", entry.Kind);
            json.WriteString("happenedAt", entry.HappenedAt.UtcDateTime);
            json.WriteString("madeAt", entry.MadeAt.UtcDateTime);
            json.WriteString("madeBy", entry.MadeBy);
            json.WritePropertyName("content");
            json.WriteRawValue(entry.ContentJson);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
