using System.Text.Json;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Documents;

/// <summary>A document made now from the data as they are.</summary>
/// <param name="Fault">Why the officer's own text was not used: a release no longer fills one of its names.</param>
public sealed record MadeDocument(DocumentTemplate Template, DocumentContent Content, DocumentText Text, IReadOnlyDictionary<string, object?> Values, string? Fault);

/// <summary>A file that leaves, with its line in the history.</summary>
public sealed record DocumentFile(byte[] Content, string Name, string MediaType);

/// <summary>Makes documents, in French whoever asks, issues them, and says who may.</summary>
public sealed class DocumentDesk(
    DocumentTemplates templates, IEnumerable<IDocumentSource> sources, DocumentStore store, PdfPrinter printer, Visitor visitor, Journal journal, TimeProvider clock)
{
    public const int MostInAnHour = 60;
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public bool PrintsPdf => printer.IsThere;

    /// <summary>Those of which this visitor may read something here; what of them is hers is the builder's to say.</summary>
    public IReadOnlyList<DocumentTemplate> Readable => [.. templates.All.Where(MayRead)];

    /// <summary>An auditor judges how files are handled; the persons in them are not hers to know (F19, "R masked").</summary>
    public bool MayRead(DocumentTemplate template) => visitor.Grants.Any(grant => Rights.Allows(template.Reader.Function, template.Reader.Right, grant.Role) && !(template.Sealed && grant.Role == Role.Auditor));

    public bool MayIssue(DocumentTemplate template) => GrantToIssue(template) is not null;

    private Grant? GrantToIssue(DocumentTemplate template) => template.Issuers.Select(issuer => visitor.GrantFor(issuer.Function, issuer.Right)).FirstOrDefault(grant => grant is not null);

    public DocumentTemplate? Find(string code) => templates.Find(code) is { } template && MayRead(template) ? template : null;

    /// <summary>Null when there is no such document, no such object, or neither for this visitor.</summary>
    /// <param name="tried">A text that is being written, instead of the one in force.</param>
    /// <param name="language">French, or one that it is shipped in.</param>
    public async Task<MadeDocument?> MakeAsync(string code, string? reference, string? number = null, string? recipient = null, DocumentTemplate? tried = null, string language = "fr")
    {
        if (Find(code) is not { } template || !templates.Speaks(code, language) || sources.FirstOrDefault(source => source.Codes.Contains(code)) is not { } source) return null;
        if (template.About == "ORGANISATION" ? reference is not null : string.IsNullOrWhiteSpace(reference)) return null;
        if (await Languages.In(language, () => source.BuildAsync(code, reference ?? "")) is not { } content) return null;
        if (language == "fr") return await MadeAsync(template, content, number, recipient, tried);
        var translated = templates.Find(code, language)!;
        return await MadeAsync(translated, content with { Title = $"{translated.Title} ({content.ObjectReference})" }, number, recipient, translated, language);
    }

    /// <summary>The other languages that it is shipped in.</summary>
    public bool SpeaksEnglish(DocumentTemplate template) => templates.Speaks(template.Code, "en");

    /// <summary>The document with each of its names in the place of what it stands for: nobody's data.</summary>
    public async Task<MadeDocument> SampleAsync(DocumentTemplate tried) =>
        await MadeAsync(tried, new DocumentContent(tried.Title, null, "", TemplateSample.Of(tried), "Destinataire d’exemple", "Destinataire d’exemple\n1, rue de l’Exemple\n00000 Exemple"), null, null, tried);

    private async Task<MadeDocument> MadeAsync(DocumentTemplate template, DocumentContent content, string? number, string? recipient, DocumentTemplate? tried, string language = "fr")
    {
        var body = await store.BodyAsync(template.Code);
        string? fault = null;
        try
        {
            template = tried ?? (body.OwnText is { } own ? template.With(own) : template);
        }
        catch (TemplateException broken)
        {
            fault = broken.Message;
        }
        return Languages.In(language, () =>
        {
            var english = language == "en";
            var (now, zone) = (clock.GetUtcNow(), visitor.Organisation.Zone);
            var today = Dates.Full(visitor.Organisation.Today(clock));
            var values = new Dictionary<string, object?>(content.Values)
            {
                ["today"] = today, ["reference"] = number,
                ["body"] = new Dictionary<string, object?>
                {
                    ["name"] = body.Name, ["siren"] = Siren(body.Siren), ["address"] = body.Address, ["city"] = body.City, ["contact"] = body.Contact,
                    ["head"] = BodyHeads.Of(visitor.Organisation.Type) switch { BodyHead.Mayor => english ? "The mayor" : "Le maire", BodyHead.President => english ? "The president" : "Le président", _ => english ? "The legal representative" : "Le représentant légal" },
                },
                ["officer"] = new Dictionary<string, object?> { ["name"] = body.Officer, ["contact"] = body.OfficerContact },
            };
            var filled = template.Fill(values);
            var title = MarkdownText.Plain(content.Title);
            return new MadeDocument(template, content with { Title = title }, new DocumentText
            {
                Code = template.Code, Title = title, Language = language, Markdown = filled.Markdown, TemplateVersion = template.Version, Reference = number, Legal = template.Legal, Contents = template.Contents,
                Confidentiality = template.Confidentiality, Recipient = recipient ?? content.Recipient,
                Addressee = content.Addressee is { } addressee ? string.Join('\n', addressee.Split('\n').Select(MarkdownText.Plain).Where(line => line.Length > 0)) : null,
                Missing = [.. filled.Missing.Select(name => template.Inputs.GetValueOrDefault(name, name))],
                Letterhead = template.Letterhead ? new(body.Name, Siren(body.Siren), body.Address, body.Contact, body.City, today) : null,
                Stamp = english ? $"{body.Name} · {number ?? "not issued"} · made on {Dates.Instant(now, zone)} · template {template.Version}"
                    : $"{body.Name} · {number ?? "non émis"} · fait le {Dates.Instant(now, zone)} · modèle {template.Version}",
            }, values, fault);
        });
    }

    /// <summary>Keeps the document as it is now under the next number; the id its form brought makes it once.</summary>
    public async Task<bool> IssueAsync(Guid id, string code, string? reference, string? recipient, string language = "fr")
    {
        if (await store.IsIssuedAsync(id)) return true;
        if (Find(code) is not { } template || !MayIssue(template)) return false;
        var year = visitor.Organisation.Today(clock).Year;
        if (await MakeAsync(code, reference, language: language) is null) return false;
        var number = await store.NextNumberAsync(year);
        var made = (await MakeAsync(code, reference, IssuedDocument.ReferenceOf(template.Prefix, year, number), recipient, language: language))!;
        var content = new IssuedContent(made.Text, HtmlDocument.Article(made.Text), JsonSerializer.SerializeToElement(made.Values, DocumentText.Format));
        var sha256 = await store.AddAsync(id, year, number, made.Template, made.Content, content, Snapshot(made.Values));
        if (GrantToIssue(template) is { } grant) journal.Role = grant.Role.Code();
        journal.Record(new Event(visitor.Organisation.Id, Actions.DocumentIssued.Code, template.About, made.Content.ObjectId,
            new EventDetails { Subject = EventDetails.WithFingerprint($"{made.Text.Reference} · {made.Text.Title}", sha256) }));
        return true;
    }

    public async Task<(IssuedDocument Document, IssuedContent Content)?> IssuedAsync(Guid id) =>
        await store.FindAsync(id) is { } found && Find(found.Document.Code) is not null ? found : null;

    /// <summary>Whether the data behind a notice or a register that was issued have moved since.</summary>
    public async Task<bool> MovedAsync(IssuedDocument document, string language)
    {
        if (document.ValuesSha256 is not { } then || Find(document.Code) is not { Follows: true }) return false;
        return await MakeAsync(document.Code, document.About == "ORGANISATION" ? null : document.ObjectReference, language: language) is { } made && Snapshot(made.Values) != then;
    }

    /// <summary>The day and the number are the paper's own.</summary>
    private static string Snapshot(IReadOnlyDictionary<string, object?> values) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        values.Where(value => value.Key is not ("today" or "reference")).OrderBy(value => value.Key, StringComparer.Ordinal).ToDictionary(value => value.Key, value => value.Value), DocumentText.Format)));

    public async Task<bool> MayTakeMoreAsync() => await store.TakenLatelyAsync() < MostInAnHour;

    /// <summary>The file, and the line that says who took it. A document that was issued always gives the same text.</summary>
    public async Task<DocumentFile> WriteAsync(DocumentText text, DocumentTemplate? template, Guid? about, bool pdf, CancellationToken stop)
    {
        var content = pdf ? await printer.PrintAsync(text, stop) : DocxDocument.Write(text);
        var name = $"{(text.Reference ?? text.Code["DOC_".Length..]).Replace('_', '-').ToLowerInvariant()}-{visitor.Organisation.Slug}-{visitor.Organisation.Today(clock):yyyy-MM-dd}.{(pdf ? "pdf" : "docx")}";
        journal.Record(new Event(visitor.Organisation.Id, Actions.DocumentTaken.Code, template?.About ?? "DOCUMENT", about,
            new EventDetails { Subject = EventDetails.WithFingerprint(name, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))) }));
        return new(content, name, pdf ? "application/pdf" : Docx);
    }

    /// <summary>What is read of persons leaves its trace (S-65).</summary>
    public void NoteReading(IssuedDocument document)
    {
        if (document.Sealed) journal.Record(new Event(visitor.Organisation.Id, Actions.DocumentRead.Code, document.About, null, new EventDetails { Subject = $"{document.Reference} · {document.Title}" }));
    }

    private static string? Siren(string? siren) => siren is { Length: 9 } ? $"{siren[..3]} {siren[3..6]} {siren[6..]}" : siren;
}
