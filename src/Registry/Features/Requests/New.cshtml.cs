using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>T-RR-01, for what did not come by the public form.</summary>
[Requires(Function.Requests, Right.Write)]
public sealed class NewModel(RequestStore store, RequestDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public RequestForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;

    public void OnGet() => Form.Id = Guid.CreateVersion7();

    public async Task<IActionResult> OnPostAsync()
    {
        var request = Form.Check(ModelState, desk.Today, desk.Now, visitor);
        if (!ModelState.IsValid || request is null) return Page();
        if (await store.AddAsync(request) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added) desk.Tell(Actions.RequestReceived, kept);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La demande {0} est enregistrée. Réponse due au plus tard le {1}.", kept.Reference, Dates.Full(kept.Clock(Organisation.Calendar).Due.DueOn))));
        return Redirect($"/o/{Organisation.Slug}/demandes/{kept.Reference}");
    }
}
