using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>The sheet on paper: the version in force or the one asked; the draft when it is asked or there is nothing else, said as such.</summary>
[Requires(Function.ReadRecords)]
public sealed class PrintModel(RecordStore store, RecordOpinionStore opinions, RecordDesk desk, Visitor visitor, TimeProvider clock) : PageModel
{
    public ProcessingRecord Record { get; private set; } = null!;
    public RecordVersion? Version { get; private set; }
    public Sheet Sheet { get; private set; } = null!;
    public IReadOnlyList<RecordOpinion> Opinions { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string reference, [FromQuery(Name = "version")] string? asked, [FromQuery(Name = "projet")] string? draft)
    {
        if (await store.FindAsync(reference) is not { } record) return NotFound();
        Record = record;
        var drafting = draft is not null || record.PublishedVersion is null;
        var number = asked is not null ? int.TryParse(asked, out var typed) ? typed : -1 : drafting ? null : record.PublishedVersion;
        if (number is null && !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return NotFound();
        if (number is not null)
        {
            Version = await store.FindVersionAsync(record.Id, number.Value);
            if (Version is null) return NotFound();
        }
        Sheet = Version is null ? record.ReadSheet() : SheetJson.Read(Version.Content);
        Sheet.Publication.InternalNotes = null;
        // Beside an older version stand the opinions of its time; what was decided on them is told as it is now.
        if (desk.ReadsOpinions)
            Opinions = [.. (await opinions.ListAsync(record.Id)).Where(opinion => Version?.SupersededAt is not { } until || opinion.RecordedAt < until)];
        return Page();
    }
}
