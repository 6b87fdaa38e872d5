using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Citizens;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.PublicRegisters;

/// <summary>The register as anybody may have it, on paper (CRPA L311-1): from the very sheets that the database has redacted for citizens.</summary>
public sealed class PublicRegisterDocuments(PublicRegisterStore store, Visitor visitor, IStringLocalizer t) : IDocumentSource
{
    public IReadOnlyList<string> Codes { get; } = ["DOC_PUBLIC_REGISTER"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        var (settings, sheets) = (await store.ReadAsync(), await store.TextsAsync());
        return new($"Registre public des traitements de {visitor.Organisation.Name}", null, "", Filling.Of(
            ("online", settings.Enabled), ("count", sheets.Count),
            ("sheets", Filling.Each(sheets, text => (object?)Sheet(text)))));
    }

    private Dictionary<string, object?> Sheet(PublicSheetText text)
    {
        var sheet = PublicSheet.Read(text);
        return Filling.Of(("number", text.Reference), ("title", sheet.Title), ("publishedOn", Dates.Full(text.PublishedOn)),
            ("parts", Filling.Each(sheet.Parts(t).Where(part => part.Fields.Count > 0), part => (object?)Filling.Of(("title", part.Title), ("fields", ReadFields.Fill(part.Fields))))));
    }
}
