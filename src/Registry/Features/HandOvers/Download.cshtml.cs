using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.HandOvers;

/// <summary>A file that was handed out, again, for whoever may take the register out: as grave as an export, and counted with them (S-84).</summary>
[Requires(Function.ReadRecords, Right.Export)]
[RecentSecondFactor]
public sealed class DownloadModel(HandOverStore store, RegisterExport export, Visitor visitor, Journal journal) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public HandOver HandOver { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await store.FindAsync(id) is not { } found) return NotFound();
        HandOver = found;
        return Page();
    }

    /// <summary>A download is told like an export, so it is a form and not a link (S-65).</summary>
    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await store.FindAsync(id) is not { } found) return NotFound();
        if (!await export.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        journal.Record(new Event(Organisation.Id, Actions.HandOverDownloaded.Code, "HAND_OVER", id, new EventDetails { Subject = EventDetails.WithFingerprint(found.FileName, found.Sha256) }));
        return File(await store.ReadArchiveAsync(id), "application/zip", found.FileName);
    }
}
