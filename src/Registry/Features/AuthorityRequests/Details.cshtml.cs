using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.AuthorityRequests;

/// <summary>A request of an authority and its steps, on the side on which the visitor stands.</summary>
[Requires(Function.AuthorityRequests, Right.ReadOwn)]
public sealed class DetailsModel(AuthorityRequestStore store, AuthorityDesk desk, AlertCall call, Data.Db db, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50;

    [BindProperty]
    public StepForm Form { get; set; } = new();

    public AuthorityRequest Inquiry { get; private set; } = null!;
    public IReadOnlyList<AuthorityMove> Moves { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ReadsDocuments => visitor.Can(Function.Documents, Right.ReadOwn) && Inquiry.State != AuthorityRequestStatus.SecrecyImposed;
    public string Back => $"/o/{Organisation.Slug}/requetes-d-autorites";
    public Deadline Due => AuthorityRequest.Due(Inquiry.ReceivedOn, Organisation);
    public bool IsLate => Inquiry.State == AuthorityRequestStatus.Received && Due.IsOver(desk.Now);
    public bool Asks(string field) => Moves.Any(move => move.Needs == field);

    public async Task<IActionResult> OnGetAsync(string inquiry)
    {
        if (!await OpenAsync(inquiry, toChange: false)) return NotFound();
        Form.Seen = Inquiry.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string inquiry)
    {
        if (!await OpenAsync(inquiry, toChange: true)) return NotFound();
        if (AuthorityStates.Find(Inquiry.Side, Inquiry.State, Form.Move) is not { } move) return Changed();
        if (desk.GrantFor(move) is null) return StatusCode(StatusCodes.Status403Forbidden);
        if (!Form.Check(ModelState, move)) return Page();
        if (Form.Seen != Inquiry.Version || !await desk.TakeAsync(move, Inquiry, Form)) return Changed();
        if (move.To == AuthorityRequestStatus.Redirected) db.AfterCommit(() => call.TellAsync<AuthorityAlerts>(Inquiry.ControllerId));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect($"{Back}/{Inquiry.Reference}");
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Inquiry.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> OpenAsync(string inquiry, bool toChange)
    {
        if (await store.FindAsync(inquiry, toChange) is not { } found) return false;
        Inquiry = found;
        Moves = desk.MovesFor(found);
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, found.Id, MostLines);
        return true;
    }
}
