using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>A restoration that the correspondent or her delegate asks for. Somebody else's attempt is kept, rejected.</summary>
[Requires(Function.Restorations, Right.ReadOwn)]
public sealed class RestorationModel(ProviderRequestStore store, ProviderRequestDesk desk, AlertCall call, Data.Db db, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public RestorationForm Form { get; set; } = new();

    public IReadOnlyList<AskedProvider> Providers { get; private set; } = [];
    public IReadOnlyList<string> Askers { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes-au-prestataire";
    public bool MayAsk => desk.MayAsk(ProviderRequest.RestorationNature);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.MayPrepare) return StatusCode(StatusCodes.Status403Forbidden);
        await ReadAsync();
        Form.Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!desk.MayPrepare) return StatusCode(StatusCodes.Status403Forbidden);
        await ReadAsync();
        var provider = Providers.FirstOrDefault(one => one.ConventionId.ToString() == Form.With);
        if (!string.IsNullOrEmpty(Form.With) && provider is null) ModelState.AddModelError("Form.With", "Aucune convention en cours ne vous lie à ce prestataire : choisissez-en un de la liste.");
        if (Form.Check(ModelState, fromProvider: false, Organisation.Zone, desk.Now) is not { } asked || provider is null) return Page();
        var request = await desk.HandOverAsync(desk.New(Form.Id, ProviderRequest.RestorationNature, ProviderRequest.ByBeneficiary, provider, Organisation.Name, Organisation.Id, null, Form.System!, asked, Organisation.Zone));
        if (await store.AddAsync(request) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        var rejected = kept.State == ProviderRequestStatus.RejectedNotAuthorised;
        if (added && rejected) desk.Tell(Actions.ProviderRequestRejected, kept, outcome: "REFUSED");
        else if (added)
        {
            desk.Tell(Actions.ProviderRequestSubmitted, kept, kept.Authority);
            db.AfterCommit(() => call.TellAsync<ProviderRequestAlerts>(kept.ProviderId));
        }
        FrameFilter.Leave(TempData, rejected ? new FrameFlash("late", t.Get("La demande {0} est rejetée : elle doit venir du correspondant ou de son délégataire.", kept.Reference))
            : new FrameFlash("done", t.Get("La demande {0} est transmise à {1}.", kept.Reference, kept.ProviderName)));
        return Redirect($"{Back}/{kept.Reference}");
    }

    private async Task ReadAsync()
    {
        Providers = await store.ProvidersAsync();
        if (!MayAsk) Askers = await store.WhoMayAskAsync(ProviderRequest.RestorationNature);
    }
}
