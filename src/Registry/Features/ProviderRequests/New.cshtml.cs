using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>An access request: prepared by whoever works here, handed over by the correspondent or her delegate; the same page takes a draft up again.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
public sealed class NewModel(ProviderRequestStore store, ProviderRequestDesk desk, AlertCall call, Data.Db db, Visitor visitor, IStringLocalizer t, TimeProvider clock) : PageModel
{
    private const string Send = "transmettre";

    [BindProperty]
    public AccessForm Form { get; set; } = new();

    public ProviderRequest? Draft { get; private set; }
    public IReadOnlyList<AskedProvider> Providers { get; private set; } = [];
    public IReadOnlyList<string> Askers { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes-au-prestataire";
    public bool MayAsk => desk.MayAsk(ProviderRequest.AccessNature);
    public bool Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? ask)
    {
        if (await OpenAsync(ask, toChange: false) is { } refusal) return refusal;
        if (Draft is null) Form.Id = Guid.CreateVersion7();
        else Form = AccessForm.Of(Draft);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? ask, string? next)
    {
        if (await OpenAsync(ask, toChange: true) is { } refusal) return refusal;
        if (Form.Check(ModelState, Providers, Organisation.Today(clock)) is not { } provider) return Page();
        return Draft is null ? await AddAsync(provider, next == Send) : await ChangeAsync(Draft, provider, next == Send);
    }

    private async Task<IActionResult> AddAsync(AskedProvider provider, bool sends)
    {
        var request = desk.New(Form.Id, ProviderRequest.AccessNature, ProviderRequest.ByBeneficiary, provider, Organisation.Name, Organisation.Id, Form.Kind, Form.System!, Form.ToAsked(), Organisation.Zone);
        if (sends) request = await desk.HandOverAsync(request);
        if (await store.AddAsync(request) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added) Told(kept);
        return Done(kept);
    }

    private async Task<IActionResult> ChangeAsync(ProviderRequest draft, AskedProvider provider, bool sends)
    {
        if (Form.Seen != draft.Version)
        {
            (Stale, Form.Seen) = (true, draft.Version);
            ModelState.Remove("Form.Seen");
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        var changed = draft with
        {
            ConventionId = provider.ConventionId,
            ProviderId = provider.ProviderId,
            ProviderName = provider.ProviderName,
            Kind = Form.Kind,
            System = Form.System!,
            ContentJson = SheetJson.WritePart(Form.ToAsked()),
        };
        if (sends) changed = await desk.HandOverAsync(changed);
        if (!await store.SaveAsync(changed)) return StatusCode(StatusCodes.Status409Conflict);
        Told(changed, again: true);
        return Done(changed);
    }

    private void Told(ProviderRequest request, bool again = false)
    {
        switch (request.State)
        {
            case ProviderRequestStatus.RejectedNotAuthorised:
                desk.Tell(Actions.ProviderRequestRejected, request, outcome: "REFUSED");
                break;
            case ProviderRequestStatus.Submitted:
                desk.Tell(Actions.ProviderRequestSubmitted, request, request.Authority);
                db.AfterCommit(() => call.TellAsync<ProviderRequestAlerts>(request.ProviderId));
                break;
            default:
                desk.Tell(again ? Actions.ProviderRequestChanged : Actions.ProviderRequestPrepared, request);
                break;
        }
    }

    private RedirectResult Done(ProviderRequest request)
    {
        FrameFilter.Leave(TempData, request.State switch
        {
            ProviderRequestStatus.RejectedNotAuthorised => new FrameFlash("late", t.Get("La demande {0} est rejetée : elle doit venir du correspondant ou de son délégataire.", request.Reference)),
            ProviderRequestStatus.Draft => new FrameFlash("done", t.Get("Le brouillon {0} est gardé.", request.Reference)),
            _ => new FrameFlash("done", t.Get("La demande {0} est transmise à {1}.", request.Reference, request.ProviderName)),
        });
        return Redirect($"{Back}/{request.Reference}");
    }

    private async Task<IActionResult?> OpenAsync(string? ask, bool toChange)
    {
        if (ask is not null)
        {
            if (!desk.MayPrepare || await desk.ReadAsync(ask, toChange) is not { IsAccess: true } draft) return NotFound();
            if (draft.State != ProviderRequestStatus.Draft) return StatusCode(StatusCodes.Status409Conflict);
            Draft = draft;
        }
        if (!desk.MayPrepare) return StatusCode(StatusCodes.Status403Forbidden);
        Providers = await store.ProvidersAsync();
        if (!MayAsk) Askers = await store.WhoMayAskAsync(ProviderRequest.AccessNature);
        return null;
    }
}
