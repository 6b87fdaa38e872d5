using System.Text.Json;
using Dapper;
using Registry.Data;
using Registry.Documents;
using Registry.Features.Documents;
using Registry.Features.Shared;
using Registry.History;
using Registry.Tests.Features.Records;

namespace Registry.Tests.Support;

/// <summary>A document of a town that was issued.</summary>
public static class TownDocument
{
    public static readonly DocumentTemplates Templates = new(Typography.French);

    /// <summary>The town's own words of a document that nobody opens in the walk, and somebody who was told of the one that was issued.</summary>
    public static Task<int> WriteAsync(RegistryFixture registry, Town town, Guid issued, string words) => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        await (await db.OpenAsync()).ExecuteAsync(
            """
            insert into document_template_text (organisation_id, id, code, scope, number, body, shipped_body, written_at, written_by) values (@Id, @text, 'DOC_ANNUAL_REPORT', 'BODY', 1, @words, 'Livré', now(), 'Test');
            insert into document_notice (organisation_id, id, document_id, person_id, person_name, sent_at, sent_by) values (@Id, @text, @issued, @text, @words, now(), 'Test')
            """, new { town.Id, text = Guid.CreateVersion7(), issued, words });
        journal.Record(new Event(town.Id, "TEST", "DOCUMENT_TEMPLATE", null, new EventDetails()));
        return 0;
    });

    public static Task<Guid> IssueAsync(RegistryFixture registry, Town town, string title = "Registre de la commune") => registry.WorkAsync(Scope.ForOrganisation(town.Id), async (db, journal) =>
    {
        var (store, template, id) = (new DocumentStore(db, PublishedRecords.Visitor(town), registry.Keys, TimeProvider.System), Templates.Find("DOC_REGISTER_FULL")!, Guid.CreateVersion7());
        var number = await store.NextNumberAsync(2026);
        var text = new DocumentText { Code = template.Code, Title = title, Language = "fr", Markdown = "Texte", TemplateVersion = template.Version, Stamp = "Essai", Reference = IssuedDocument.ReferenceOf(template.Prefix, 2026, number) };
        await store.AddAsync(id, 2026, number, template, new DocumentContent(title, null, "", Filling.Of()), new IssuedContent(text, HtmlDocument.Article(text), JsonSerializer.SerializeToElement(new Dictionary<string, object?>())));
        journal.Record(new Event(town.Id, Actions.DocumentIssued.Code, "ORGANISATION", null, new EventDetails { Subject = title }));
        return id;
    });
}
