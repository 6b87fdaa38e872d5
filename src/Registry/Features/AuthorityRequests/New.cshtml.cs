using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.AuthorityRequests;

/// <summary>What an authority asked of the processor, noted by its help desk or by who answers for its conventions.</summary>
[Requires(Function.AuthorityRequests, Right.ReadOwn)]
public sealed class NewModel(AuthorityRequestStore store, AuthorityDesk desk, AlertCall call, Data.Db db, Visitor visitor, IStringLocalizer t, TimeProvider clock) : PageModel
{
    [BindProperty]
    public ReceivedForm Form { get; set; } = new();

    public IReadOnlyList<ServedController> Served { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/requetes-d-autorites";

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.WorksForProcessor) return StatusCode(StatusCodes.Status403Forbidden);
        Served = await store.ControllersAsync();
        (Form.Id, Form.ReceivedOn) = (Guid.CreateVersion7(), Organisation.Today(clock));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!desk.WorksForProcessor) return StatusCode(StatusCodes.Status403Forbidden);
        Served = await store.ControllersAsync();
        if (Form.Check(ModelState, Served, Organisation.Today(clock)) is not { } controller) return Page();
        var received = Form.ReceivedOn!.Value;
        if (await store.AddAsync(new AuthorityRequest
        {
            OrganisationId = Organisation.Id, Id = Form.Id, Side = AuthorityRequest.Processor, Year = received.Year, ConventionId = controller.ConventionId, ProcessorId = Organisation.Id,
            ProcessorName = Organisation.Name, ControllerId = controller.OrganisationId, ControllerName = controller.Name, ReceivedOn = received, Authority = Form.Authority!, Kind = Form.Kind!,
            LegalReference = Form.LegalReference, DataConcerned = Form.DataConcerned!, Status = AuthorityStates.Code(AuthorityRequestStatus.Received),
            RedirectBy = AuthorityRequest.Due(received, Organisation).DueOn, CreatedAt = desk.Now, CreatedBy = visitor.Name, Version = 1,
        }) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added)
        {
            // Which law, which authority, which data: nothing of it in the chain, a secret may follow.
            desk.Tell(Actions.AuthorityRequestReceived, kept);
            db.AfterCommit(() => call.TellAsync<AuthorityAlerts>(Organisation.Id));
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La requête {0} est enregistrée.", kept.Reference)));
        return Redirect($"{Back}/{kept.Reference}");
    }
}
