using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A published version as it was frozen, held against the history now.</summary>
[Requires(Function.ReadRecords)]
public sealed class VersionModel(RecordStore store, VersionProof proof, Visitor visitor) : PageModel
{
    public ProcessingRecord Record { get; private set; } = null!;
    public RecordVersion Version { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export) && Version.Number == Record.PublishedVersion;
    public bool MayReturn => visitor.Can(Function.DraftRecord, Right.Write) && RecordStates.MayReturn(Record.State) && (Record.State != RecordStatus.Published || Version.Number != Record.PublishedVersion);
    public VersionEvidence Evidence { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, int number)
    {
        if (await store.FindAsync(reference) is not { } record) return NotFound();
        if (await store.FindVersionAsync(record.Id, number) is not { } found) return NotFound();
        (Record, Version) = (record, found);
        Evidence = await proof.CheckAsync(record, found);
        return Page();
    }
}
