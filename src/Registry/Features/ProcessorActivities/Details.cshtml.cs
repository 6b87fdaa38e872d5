using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.ProcessorActivities;

[Requires(Function.ProcessorRecord, Right.ReadOwn)]
public sealed class DetailsModel(ProcessorActivityStore store, Trail trail, Visitor visitor) : PageModel
{
    private const int MostLines = 100;

    public ProcessorActivity Found { get; private set; } = null!;
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayChange => visitor.Can(Function.ProcessorRecord, Right.Write) && !Found.Ended;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/sous-traitance/{Found.Reference}{rest}";

    public async Task<IActionResult> OnGetAsync(string activity)
    {
        if (await store.FindAsync(activity) is not { } found) return NotFound();
        Found = found;
        if (visitor.Can(Function.DraftRecord, Right.Read) || visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, found.Id, MostLines);
        return Page();
    }
}
