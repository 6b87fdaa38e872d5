using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A published version as it was frozen, with the check of its hash made now.</summary>
[Requires(Function.ReadRecords)]
public sealed class VersionModel(RecordStore store, Visitor visitor) : PageModel
{
    public ProcessingRecord Record { get; private set; } = null!;
    public RecordVersion Version { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export) && Version.Number == Record.PublishedVersion;
    public bool Intact => SheetJson.Sha256(Version.Content) == Version.Sha256;

    public async Task<IActionResult> OnGetAsync(string reference, int number)
    {
        if (await store.FindAsync(reference) is not { } record) return NotFound();
        if (await store.FindVersionAsync(record.Id, number) is not { } found) return NotFound();
        (Record, Version) = (record, found);
        return Page();
    }
}
