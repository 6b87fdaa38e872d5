using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>What was sent to the persons. Written once; another one stands after it.</summary>
[Requires(Function.Breaches)]
public sealed class CommunicationModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public CommunicationForm Form { get; set; } = new();

    public BreachReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}";

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: false) is { } refusal) return refusal;
        Form.Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: true) is { } refusal) return refusal;
        var sent = Form.Check(ModelState, Organisation.Zone, desk.Now, Reading.Clock?.AwareAt);
        if (!ModelState.IsValid || sent is not { } at) return Page();
        if (await store.AddEntryAsync(Form.Id, Reading.Breach.Id, EntryKinds.Communication, at, new PeopleCommunication(Form.Channels, Form.Recipients, Form.Text!, Form.Public, Form.Ordered)))
            desk.Tell(Actions.BreachPeopleTold, Reading.Breach);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La communication est enregistrée.")));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (!desk.MayWrite && !visitor.Can(Function.BreachDecisions, Right.Decide)) return StatusCode(StatusCodes.Status403Forbidden);
        return reading.State.Status is BreachStatus.Assessing or BreachStatus.Confirmed or BreachStatus.Handled ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
