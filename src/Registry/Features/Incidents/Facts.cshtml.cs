using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Incidents;

/// <summary>What becomes known is shared with all files at once; none of their own text or decisions is touched.</summary>
[Requires(Function.ReportIncident, Right.WriteOwn)]
public sealed class FactsModel(IncidentStore store, IncidentDesk desk, Visitor visitor, IStringLocalizer t) : PageModel, IFactsPage
{
    [BindProperty]
    public IncidentForm Form { get; set; } = new();

    public Incident Found { get; private set; } = null!;
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/incidents/{Found.Reference}";

    public async Task<IActionResult> OnGetAsync(string incident)
    {
        if (await RefuseAsync(incident, toChange: false) is { } refusal) return refusal;
        Form = IncidentForm.Of(Found.Read(), Found.Version, Organisation.Zone);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string incident)
    {
        if (await RefuseAsync(incident, toChange: true) is { } refusal) return refusal;
        if (Form.Check(ModelState, Organisation.Zone, desk.Now) is not { } facts) return Page();
        if (!await desk.ShareAsync(Found, facts, Form.Seen))
        {
            (Stale, Form.Seen) = (true, Found.Version);
            ModelState.Remove("Form.Seen");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Les faits sont partagés avec toutes les collectivités concernées.")));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (!visitor.SpeaksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(reference, toChange) is not { } found) return NotFound();
        Found = found;
        return null;
    }
}
