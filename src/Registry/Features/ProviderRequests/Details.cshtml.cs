using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>A request as the organisation that asks reads it; she who may ask can also take it back before somebody begins.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
[Requires(Function.Restorations, Right.ReadOwn)]
public sealed class DetailsModel(ProviderRequestStore store, ProviderRequestDesk desk, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 100, LongestReason = 2000;

    public sealed class Cancellation
    {
        public int Seen { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty]
    public Cancellation Form { get; set; } = new();

    public ProviderRequestReading Reading { get; private set; } = null!;
    public bool Stale { get; private set; }
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public IReadOnlyList<string> Askers { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes-au-prestataire";
    public bool MayCancel => desk.MovesFor(Reading.Request).Any(move => move.Slug == ProviderRequestStates.Cancel);
    public bool MayEdit => Reading.Request.State == ProviderRequestStatus.Draft && desk.MayPrepare;

    public async Task<IActionResult> OnGetAsync(string ask)
    {
        if (!await OpenAsync(ask, toChange: false)) return NotFound();
        Form.Seen = Reading.Request.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string ask)
    {
        if (!await OpenAsync(ask, toChange: true)) return NotFound();
        var request = Reading.Request;
        if (ProviderRequestStates.Find(request.Nature, request.State, ProviderRequestStates.Cancel) is not { } move) return Changed();
        if (!MayCancel) return StatusCode(StatusCodes.Status403Forbidden);
        Form.Reason = TypedText.Clean(Form.Reason);
        TypedText.Judge(ModelState, ("Reason", Form.Reason, true));
        if (Form.Reason?.Length > LongestReason) ModelState.AddModelError("Form.Reason", "Écrivez 2 000 caractères au plus.");
        if (!ModelState.IsValid) return Page();
        var changed = desk.After(move, request, Form.Reason);
        if (Form.Seen != request.Version || !await store.SaveAsync(changed)) return Changed();
        desk.Tell(Actions.ProviderRequestStepped, changed, Form.Reason, move: move);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La demande {0} est annulée.", request.Reference)));
        return Redirect($"{Back}/{request.Reference}");
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Reading.Request.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> OpenAsync(string ask, bool toChange)
    {
        if (await desk.ReadAsync(ask, toChange) is not { } request) return false;
        Reading = ProviderRequestDesk.Reading(request, await store.EntriesAsync(request), Organisation);
        if (request.State is ProviderRequestStatus.RejectedNotAuthorised or ProviderRequestStatus.Draft && !desk.MayAsk(request.Nature)) Askers = await store.WhoMayAskAsync(request.Nature);
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, request.Id, MostLines);
        return true;
    }
}
