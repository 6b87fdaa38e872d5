using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>A restoration that the provider wants by itself: reasons, delay and impact are told to the organisation before it starts, or within a working day when it pressed (§3.5).</summary>
[Requires(Function.Restorations, Right.ReadOwn)]
public sealed class AnnounceModel(ProviderRequestStore store, ProviderRequestDesk desk, ProviderRequestCourse course, Data.Db db, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public RestorationForm Form { get; set; } = new();

    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/assistance";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.WorksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        Clients = await store.ClientsAsync();
        Form.Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!desk.WorksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        Clients = await store.ClientsAsync();
        var client = Clients.FirstOrDefault(one => RestorationForm.Key(one) == Form.With);
        if (!string.IsNullOrEmpty(Form.With) && client is null) ModelState.AddModelError("Form.With", "Aucune convention en cours ne vous lie à cet organisme : choisissez-en un de la liste.");
        if (Form.Check(ModelState, fromProvider: true, Organisation.Zone, desk.Now) is not { } asked || client is null) return Page();
        var request = desk.New(Form.Id, ProviderRequest.RestorationNature, ProviderRequest.ByProvider, new(client.ConventionId, client.Title, Organisation.Id, Organisation.Name, Ending: false), client.Name, client.OrganisationId,
            null, Form.System!, asked, Organisation.Zone) with
        { Status = ProviderRequestStates.Code(ProviderRequestStatus.Submitted), SubmittedAt = desk.Now };
        if (await store.AddAsync(request) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added)
        {
            desk.Tell(Actions.ProviderRequestSubmitted, kept, Form.Reason);
            db.AfterCommit(() => course.TrySettleAsync(kept.OrganisationId, kept.Id));
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La restauration {0} est annoncée à {1}.", kept.Reference, kept.OrganisationName)));
        return Redirect($"{Back}/{kept.Id}");
    }
}
