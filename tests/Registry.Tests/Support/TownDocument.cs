using System.Text.Json;
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
