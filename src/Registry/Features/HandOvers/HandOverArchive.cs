using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.HandOvers;

/// <summary>What went into a file made for an authority.</summary>
public sealed record HandOverContent(byte[] Archive, string Sha256, int Records, int Versions, bool Intact);

/// <summary>
/// One ZIP with the register as it stood on a day, every version's exact text, and the extract of the history that proves them, so that the authority can check
/// it without us. It is in French whoever makes it.
/// </summary>
public sealed class HandOverArchive(RegisterOnDay register, HandOverProof proof, Db db, Visitor visitor, IStringLocalizer t, TimeProvider clock)
{
    /// <summary>It is held in memory once, on its way to the database.</summary>
    private const long MostBytes = 256 << 20;

    private const int RecordsAtOnce = 50;

    /// <summary>Null when the file is larger than the table takes.</summary>
    public async Task<HandOverContent?> MakeAsync(HandOverForm form, DateOnly day)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");  // of this call only: it does not flow back
        var body = await register.BodyAsync();
        var before = register.EndOf(day);
        var about = About(body, form, day);
        var sums = new StringBuilder();
        await using var file = RegisterExport.Temporary();
        var records = new List<Guid>();
        ProofOutcome outcome;
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var format in new[] { RegisterFormat.Json, RegisterFormat.Xlsx })
                await AddAsync(zip, sums, "registre." + RegisterWriter.Extension(format), async stream =>
                {
                    using var writer = RegisterWriter.Open(format, stream, new RegisterColumns(t, notes: false), about, notes: false);
                    writer.Begin(body);
                    await foreach (var entry in EntriesAsync(before)) writer.Add(body, entry);
                    writer.Finish();
                });
            await AddAsync(zip, sums, "registre.html", async stream =>
            {
                await using var html = new HandOverHtml(stream, t);
                html.Begin(about, body);
                await foreach (var entry in EntriesAsync(before))
                {
                    html.Add(entry, body);
                    records.Add(entry.RecordId);
                }
                html.End(about.Footer);
            });
            var versions = new List<ReadVersion>();
            foreach (var some in records.Chunk(RecordsAtOnce))
            {
                await db.RenewAsync();
                foreach (var version in await register.VersionsAsync(before, some))
                {
                    versions.Add(ReadVersion.Of(version));
                    await AddAsync(zip, sums, $"versions/{version.Reference}-v{version.VersionNumber}.json", stream => stream.WriteAsync(Encoding.UTF8.GetBytes(version.Content)).AsTask());
                }
            }
            outcome = null!;
            await AddAsync(zip, sums, "historique/lignes.jsonl", async stream => outcome = await proof.WriteAsync(stream, [.. records], versions));
            await AddAsync(zip, sums, "VERIFICATION.json", stream => stream.WriteAsync(outcome.ToJson(clock.GetUtcNow())).AsTask());
            await AddAsync(zip, sums, "LISEZ-MOI.txt", stream => stream.WriteAsync(Encoding.UTF8.GetBytes(ReadMe(body, form, day, records.Count, versions.Count, outcome))).AsTask());
            await AddAsync(zip, null, "SHA256SUMS", stream => stream.WriteAsync(Encoding.UTF8.GetBytes(sums.ToString())).AsTask());
        }
        if (file.Length >= MostBytes) return null;
        file.Position = 0;
        var archive = new byte[file.Length];
        await file.ReadExactlyAsync(archive);
        return new HandOverContent(archive, Convert.ToHexStringLower(SHA256.HashData(archive)), records.Count, outcome.Versions, outcome.Intact);
    }

    private async IAsyncEnumerable<RegisterEntry> EntriesAsync(DateTimeOffset before)
    {
        for (var after = 0; await register.NextAsync(before, after) is { Count: > 0 } entries; after = entries[^1].Number)
        {
            await db.RenewAsync();
            foreach (var entry in entries)
                yield return entry;
        }
    }

    /// <summary>Each part is made apart, so that its hash is known and no part is held in memory.</summary>
    private static async Task AddAsync(ZipArchive zip, StringBuilder? sums, string path, Func<Stream, Task> write)
    {
        await using var part = RegisterExport.Temporary();
        await write(part);
        await part.FlushAsync();
        part.Position = 0;
        sums?.Append(Convert.ToHexStringLower(await SHA256.HashDataAsync(part))).Append("  ").Append(path).Append('\n');
        part.Position = 0;
        await using var entry = await zip.CreateEntry(path, CompressionLevel.Optimal).OpenAsync();
        await part.CopyToAsync(entry);
    }

    private RegisterAbout About(RegisterBody body, HandOverForm form, DateOnly day)
    {
        var now = clock.GetUtcNow();
        var footer = t.Get("Registre de {0} au {1}, remis par {2} le {3}", body.Name, Dates.Full(day), visitor.Name, Dates.Instant(now, body.Zone));
        return new RegisterAbout(t.Get("Registre des activités de traitement au {0}", Dates.Full(day)), "ON_DAY", now, visitor.Name, null, null, day,
        [
            (t.Get("Organisme"), body.Name),
            (t.Get("SIREN"), body.Siren),
            (t.Get("Registre au"), day),
            (t.Get("Textes exportés"), t.Get("les versions en vigueur ce jour-là")),
            (t.Get("Remis à"), form.Authority),
            (t.Get("Référence de la demande"), form.Reference),
            (t.Get("Remis le"), TimeZoneInfo.ConvertTime(now, body.Zone).DateTime),
            (t.Get("Remis par"), visitor.Name),
        ], t.Get("Nombre de fiches"), footer);
    }

    private string ReadMe(RegisterBody body, HandOverForm form, DateOnly day, int records, int versions, ProofOutcome outcome)
    {
        using var stream = typeof(HandOverArchive).Assembly.GetManifestResourceStream("hand-over/LISEZ-MOI.txt")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\r\n");  // the simplest of editors must open it
        var now = clock.GetUtcNow();
        (string Hole, string Value)[] values =
        [
            ("organisme", body.Name), ("siren", body.Siren ?? "non renseigné"), ("jour", Dates.Full(day)), ("autorite", form.Authority ?? ""), ("reference", form.Reference ?? "sans référence"),
            ("remis-le", Dates.Instant(now, body.Zone)), ("remis-par", visitor.Name), ("fiches", $"{records}"), ("versions", $"{versions}"),
            ("premiere", $"{outcome.First}"), ("derniere", $"{outcome.Last}"), ("lignes", $"{outcome.Lines}"), ("avec-mots", $"{outcome.WithWords}"),
            ("resultat", outcome.Intact ? "rien d’anormal n’a été trouvé" : "des écarts ont été trouvés : ils sont énumérés dans VERIFICATION.json"),
        ];
        // One pass over the template: what a person typed is never read as a hole.
        return System.Text.RegularExpressions.Regex.Replace(text, @"\{\{([a-z-]+)\}\}", hole => values.First(value => value.Hole == hole.Groups[1].Value).Value);
    }
}
