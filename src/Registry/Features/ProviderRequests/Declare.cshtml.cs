using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>Declares an incident or a demand to the help desk; from a breach of unknown origin, asks for the help of the provider. Taken into account once declared, not before.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
public sealed class DeclareModel(ProviderRequestStore store, ProviderRequestDesk desk, BreachTickets breaches, AlertCall call, Data.Db db, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public DeclareForm Form { get; set; } = new();

    /// <summary>The breach from whose file the help is asked.</summary>
    public TicketBreach? Breach { get; private set; }
    public IReadOnlyList<AskedProvider> Providers { get; private set; } = [];
    public IReadOnlyList<string> Askers { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayDemand => desk.MayAsk(ProviderRequest.TicketNature);
    public string Back => Breach is null ? $"/o/{Organisation.Slug}/demandes-au-prestataire" : $"/o/{Organisation.Slug}/violations/{Breach.Reference}";

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "violation")] string? breach)
    {
        if (await OpenAsync(breach) is { } refusal) return refusal;
        Form.Id = Guid.CreateVersion7();
        Form.Kind = Breach is null ? ProviderRequest.Incident : ProviderRequest.Assistance;
        if (Providers.Count == 1) Form.With = Providers[0].ConventionId.ToString();
        if (Breach is not null) (Form.Priority, Form.Text) = ("P1", t["Aider à trouver l’origine de la violation de données et à corriger : journaux, traces, correctifs, calendrier."].Value);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery(Name = "violation")] string? breach)
    {
        if (await OpenAsync(breach) is { } refusal) return refusal;
        if (Form.Check(ModelState, Providers, Breach is not null) is not { } provider) return Page();
        var asked = new Asked { Reason = Form.Text!, Breach = Breach?.Reference };
        var declared = desk.New(Form.Id, ProviderRequest.TicketNature, ProviderRequest.ByBeneficiary, provider, Organisation.Name, Organisation.Id, Form.Kind, Form.System!, asked, Organisation.Zone);
        var request = declared with { Priority = Form.Priority, BreachId = Breach?.Id };
        request = Form.Kind == ProviderRequest.Demand ? await desk.HandOverAsync(request) : desk.Declare(request);
        if (await store.AddAsync(request) is not var (kept, added)) return StatusCode(StatusCodes.Status409Conflict);
        var rejected = kept.State == ProviderRequestStatus.RejectedNotAuthorised;
        if (added && rejected) desk.Tell(Actions.ProviderRequestRejected, kept, outcome: "REFUSED");
        else if (added)
        {
            desk.Tell(Actions.ProviderRequestSubmitted, kept, kept.Authority);
            db.AfterCommit(() => call.TellAsync<ProviderRequestAlerts>(kept.ProviderId));
        }
        FrameFilter.Leave(TempData, rejected ? new FrameFlash("late", t.Get("La demande {0} est rejetée : elle doit venir du correspondant ou de son délégataire.", kept.Reference))
            : new FrameFlash("done", t.Get("{0} est déclaré à {1}, qui le prend en compte dès maintenant.", kept.Reference, kept.ProviderName)));
        return Redirect(Breach is null ? $"{Back}/{kept.Reference}" : $"{Back}#concours");
    }

    private async Task<IActionResult?> OpenAsync(string? breach)
    {
        if (!desk.MayPrepare) return StatusCode(StatusCodes.Status403Forbidden);
        if (breach is not null)
        {
            if (!visitor.Can(Function.Breaches, Right.Write) || await breaches.FindAsync(breach) is not { } found) return NotFound();
            Breach = found;
        }
        Providers = await store.ProvidersAsync();
        if (!MayDemand) Askers = await store.WhoMayAskAsync(ProviderRequest.TicketNature);
        return null;
    }
}
