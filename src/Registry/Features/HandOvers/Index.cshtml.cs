using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.HandOvers;

/// <summary>What was handed out to authorities, and the files again for whoever may take the register out.</summary>
[Requires(Function.ReadRecords, Right.Export)]
public sealed class IndexModel(HandOverStore store, Visitor visitor, Journal journal) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<HandOver> Lines { get; private set; } = [];
    public bool MayHandOver => HandOver.MayBeMadeBy(visitor.Grants);

    public async Task OnGetAsync() => Lines = await store.ListAsync();

    /// <summary>A download is told like an export, so it is a form and not a link (S-65).</summary>
    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await store.FindArchiveAsync(id) is not var (name, sha256, archive)) return NotFound();
        journal.Record(new Event(Organisation.Id, Actions.HandOverDownloaded.Code, "HAND_OVER", id, new EventDetails { Subject = EventDetails.WithFingerprint(name, sha256) }));
        return File(archive, "application/zip", name);
    }
}
