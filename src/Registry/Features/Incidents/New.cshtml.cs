using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Incidents;

/// <summary>One act of the help desk: the incident is said once, and one file opens in each body it concerns.</summary>
[Requires(Function.ReportIncident, Right.WriteOwn)]
public sealed class NewModel(IncidentFileStore files, IncidentDesk desk, Visitor visitor, IStringLocalizer t) : PageModel, IFactsPage, IBodiesPage
{
    [BindProperty]
    public IncidentForm Form { get; set; } = new();

    [BindProperty]
    public BodiesForm Picked { get; set; } = new();

    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!visitor.SpeaksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        Clients = await files.ClientsAsync();
        (Form.Id, Form.NoticedAt) = (Guid.CreateVersion7(), DateParts.From(desk.Now, Organisation.Zone));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? look, string? next)
    {
        if (!visitor.SpeaksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        Clients = await files.ClientsAsync();
        if (Picked.Searches(look, next, ModelState))
        {
            ModelState.Clear();
            return Page();
        }
        var facts = Form.Check(ModelState, Organisation.Zone, desk.Now);
        var bodies = Picked.Check(ModelState, Clients);
        if (facts is null || bodies is null || !ModelState.IsValid) return Page();
        var (incident, _) = await desk.ReportAsync(Form.Id, facts, bodies);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’alerte {0} est partie. Dossiers ouverts : {1}.", incident.Reference, bodies.Count)));
        return Redirect($"/o/{Organisation.Slug}/incidents/{incident.Reference}");
    }
}
