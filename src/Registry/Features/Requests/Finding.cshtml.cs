using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>What a search gave, or why it is no longer needed; corrected as long as the answer is being prepared.</summary>
[Requires(Function.Requests, Right.Write)]
public sealed class FindingModel(SearchSheetStore store, RequestDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public FindingForm Form { get; set; } = new();

    public RequestReading Reading { get; private set; } = null!;
    public SearchTask Found { get; private set; } = null!;
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";

    public async Task<IActionResult> OnGetAsync(string file, Guid search)
    {
        if (await RefuseAsync(file, search, toChange: false) is { } refusal) return refusal;
        Form = FindingForm.Of(Found, desk.Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string file, Guid search)
    {
        if (await RefuseAsync(file, search, toChange: true) is { } refusal) return refusal;
        var answered = Form.Check(Reading.Request.ReceivedOn, Found, desk.Today, ModelState);
        if (!ModelState.IsValid || answered is null) return Page();
        if (!await store.SaveAsync(answered)) return Changed();
        desk.Tell(answered.State == SearchState.Withdrawn ? Actions.RequestSearchWithdrawn : Actions.RequestSearchAnswered, Reading.Request, answered);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La recherche {0} est notée.", Found.Number)));
        return Redirect(Back + "#recherches");
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Found.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> RefuseAsync(string file, Guid search, bool toChange)
    {
        if (await desk.ReadAsync(file, toChange) is not { } reading || reading.Searches.FirstOrDefault(one => one.Id == search) is not { } found) return NotFound();
        (Reading, Found) = (reading, found);
        // What was searched comes in while something is asked of the person as well; a draft that waits for its signature is taken back first.
        return reading.Request.Status == RequestStatus.InProgress || RequestStates.Waits(reading.Request.Status) ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
