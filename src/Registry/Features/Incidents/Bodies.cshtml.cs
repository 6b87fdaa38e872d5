using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Incidents;

/// <summary>It concerns more bodies than was thought at first.</summary>
[Requires(Function.ReportIncident, Right.WriteOwn)]
public sealed class BodiesModel(IncidentStore store, IncidentFileStore files, IncidentDesk desk, Visitor visitor, IStringLocalizer t) : PageModel, IBodiesPage
{
    [BindProperty]
    public BodiesForm Picked { get; set; } = new();

    public Incident Found { get; private set; } = null!;

    /// <summary>Those that have no file yet.</summary>
    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/incidents/{Found.Reference}";

    public async Task<IActionResult> OnGetAsync(string incident) => await RefuseAsync(incident, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string incident, string? look, string? next)
    {
        if (await RefuseAsync(incident, toChange: true) is { } refusal) return refusal;
        if (Picked.Searches(look, next, ModelState))
        {
            ModelState.Clear();
            return Page();
        }
        // The form sent twice: everybody is told already.
        if (Clients.Count == 0) return Redirect(Back);
        if (Picked.Check(ModelState, Clients) is not { } bodies) return Page();
        var opened = await desk.ReachMoreAsync(Found, bodies);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’alerte {0} est partie. Dossiers ouverts : {1}.", Found.Reference, opened)));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (!visitor.SpeaksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(reference, toChange) is not { } found) return NotFound();
        Found = found;
        var reached = await files.ReachedAsync(found.Id);
        Clients = [.. (await files.ClientsAsync()).Where(client => !reached.Contains(client.Id))];
        return null;
    }
}
