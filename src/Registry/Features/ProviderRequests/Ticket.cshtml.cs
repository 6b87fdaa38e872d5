using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProviderRequests;

/// <summary>A request at the provider's help desk: taken by one, carried out or not, with what was done. Two who take it at once: the second is told by whom.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
public sealed class TicketModel(ProviderRequestStore store, ProviderRequestDesk desk, ProviderRequestCourse course, Data.Db db, Visitor visitor, IStringLocalizer t) : PageModel
{
    public const string Action = "action";
    private const int LongestText = 4000;

    public sealed class Doing
    {
        public Guid Id { get; set; }
        public int Seen { get; set; }
        public string? Move { get; set; }
        public string? Text { get; set; }
    }

    [BindProperty]
    public Doing Form { get; set; } = new();

    public ProviderRequestReading Reading { get; private set; } = null!;
    public IReadOnlyList<ProviderRequestMove> Moves { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/assistance";
    public bool Stale { get; private set; }
    public bool MayNote => desk.IsHelpdesk && Reading.Request is { IsAccess: false, State: ProviderRequestStatus.InProgress };
    /// <summary>Somebody else was quicker; her own form sent twice is only late.</summary>
    public string? TakenByOther => Reading.Request.TakenById == visitor.PersonId ? null : Reading.Request.TakenBy;
    public bool Waits => ProviderRequestDesk.WaitsForTelling(Reading.Request);

    public async Task<IActionResult> OnGetAsync(Guid ticket)
    {
        if (await OpenAsync(ticket, toChange: false) is { } refusal) return refusal;
        (Form.Id, Form.Seen) = (Guid.CreateVersion7(), Reading.Request.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid ticket)
    {
        if (await OpenAsync(ticket, toChange: true) is { } refusal) return refusal;
        if (!desk.IsHelpdesk) return StatusCode(StatusCodes.Status403Forbidden);
        var request = Reading.Request;
        if (Form.Move == Action ? !MayNote : ProviderRequestStates.Find(request.Nature, request.State, Form.Move) is not { } found || !Moves.Contains(found)) return Changed();
        var move = Moves.FirstOrDefault(one => one.Slug == Form.Move);
        if (!Check(move)) return Page();
        if (move is null) return await NoteAsync(request);
        var changed = desk.After(move, request, Form.Text);
        if (Form.Seen != request.Version || !await store.SaveAsync(changed)) return Changed();
        desk.Tell(Actions.ProviderRequestStepped, changed, move.NeedsText ? Form.Text : null, move: move);
        // A restoration is a list of dated actions: what ends it is the last of them.
        if (!request.IsAccess && move.NeedsText) await store.AddEntryAsync(changed, Form.Id, desk.Now, Form.Text!);
        if (move.NeedsText) db.AfterCommit(() => course.TrySettleAsync(request.OrganisationId, request.Id));
        FrameFilter.Leave(TempData, new FrameFlash("done", move.NeedsText ? t.Get("{0} : c’est enregistré, le demandeur est prévenu.", t.Get(move.LabelKey)) : t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect($"{Back}/{request.Id}");
    }

    private async Task<IActionResult> NoteAsync(ProviderRequest request)
    {
        if (await store.AddEntryAsync(request, Form.Id, desk.Now, Form.Text!)) desk.Tell(Actions.ProviderRequestNoted, request, Form.Text);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’action est notée.")));
        return Redirect($"{Back}/{request.Id}");
    }

    private bool Check(ProviderRequestMove? move)
    {
        Form.Text = TypedText.Clean(Form.Text);
        TypedText.Judge(ModelState, ("Text", Form.Text, true));
        if (Form.Text?.Length > LongestText) ModelState.AddModelError("Form.Text", "Écrivez 4 000 caractères au plus.");
        if (Form.Text is null && move?.Slug is ProviderRequestStates.Impossible) ModelState.AddModelError("Form.Text", "Écrivez pourquoi c’est impossible : le demandeur lira cette raison.");
        else if (Form.Text is null && (move is null || move.NeedsText)) ModelState.AddModelError("Form.Text", "Écrivez ce qui a été fait : le demandeur le lira.");
        if (move?.Slug == ProviderRequestStates.Take && Waits) ModelState.AddModelError("", "L’organisme n’est pas encore prévenu : la restauration commence après.");
        return ModelState.IsValid;
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Reading.Request.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> OpenAsync(Guid ticket, bool toChange)
    {
        if (!desk.WorksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindTicketAsync(ticket, toChange) is not { } request) return NotFound();
        Reading = ProviderRequestDesk.Reading(request, await store.EntriesAsync(request), Organisation);
        Moves = desk.MovesFor(request);
        return null;
    }
}
