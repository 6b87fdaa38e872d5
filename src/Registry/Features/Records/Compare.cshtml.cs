using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>Two texts of one sheet, field by field: versions, or a version and the working text for who reads drafts.</summary>
[Requires(Function.ReadRecords)]
public sealed class CompareModel(RecordStore store, RecordDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ProcessingRecord Record { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Reference}";

    /// <summary>The texts that can be compared, oldest first.</summary>
    public IReadOnlyList<Option> Texts { get; private set; } = [];
    public string? From { get; private set; }
    public string? To { get; private set; }
    public IReadOnlyList<SectionComparison> Sections { get; private set; } = [];
    public string NameOf(string? text) => Texts.First(one => one.Value == text).Label;

    public async Task<IActionResult> OnGetAsync(string reference, [FromQuery(Name = "de")] string? from, [FromQuery(Name = "a")] string? to)
    {
        if (await store.FindAsync(reference) is not { } record) return NotFound();
        Record = record;
        var drafts = desk.ReadsDrafts(record.AuthorId == visitor.PersonId);
        if (record.PublishedVersion is null && !drafts) return NotFound();
        var versions = await store.VersionsAsync(record.Id);
        Texts =
        [
            .. versions.Reverse().Select(version => new Option(version.Number.ToString(CultureInfo.InvariantCulture), t.Get("Version {0}", version.Number))),
            .. drafts && record.State is not (RecordStatus.Published or RecordStatus.Archived) ? new[] { new Option(SheetComparison.Working, t.Get("Texte en préparation")) } : [],
        ];
        if (from is null && to is null && Texts.Count < 2) return Page();
        To = to ?? (Texts.Count > 0 ? Texts[^1].Value : null);
        From = from ?? Texts.TakeWhile(one => one.Value != To).LastOrDefault()?.Value ?? To;
        if (await ReadAsync(From) is not { } older || await ReadAsync(To) is not { } newer) return NotFound();
        Sections = SheetComparison.Of(older, newer, t);
        return Page();
    }

    private async Task<Sheet?> ReadAsync(string? text)
    {
        if (Texts.All(one => one.Value != text)) return null;
        if (text == SheetComparison.Working) return Record.ReadSheet();
        return await store.FindVersionAsync(Record.Id, int.Parse(text!, CultureInfo.InvariantCulture)) is { } version ? SheetJson.Read(version.Content) : null;
    }
}
