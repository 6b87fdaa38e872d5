using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>A month's days that are invoiced by the day: sent by the officer, validated or disputed by the controller.</summary>
[Requires(Function.Interventions)]
public sealed class StatementModel(MissionDesk desk, AlertCall call, Data.Db db, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50, LongestDispute = 2000;

    [BindProperty]
    public StepForm Form { get; set; } = new();

    public StatementReading Reading { get; private set; } = null!;
    public IReadOnlyList<StatementMove> Moves { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => desk.Today;
    public bool ReadsDocuments => visitor.Can(Function.Documents, Right.ReadOwn);
    public bool MayDispute => Moves.Any(move => move.Slug == StatementStates.Dispute);
    public bool WaitsForItsEnd => Reading.Statement.State is StatementStatus.Draft or StatementStatus.Corrected && Today < Reading.Statement.Month.AddMonths(1);
    public Deadline? Due => Reading.Statement is { State: StatementStatus.Sent, SentOn: { } sent } ? MonthlyStatement.Due(sent, StatementStates.WorkingDaysToValidate, Organisation.Calendar) : null;

    public async Task<IActionResult> OnGetAsync(string month)
    {
        if (!await OpenAsync(month, toChange: false)) return NotFound();
        Form.Seen = Reading.Statement.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string month)
    {
        if (!await OpenAsync(month, toChange: true)) return NotFound();
        if (desk.Find(Reading, Form.Move) is not { } move) return Changed();
        if (desk.GrantFor(move) is null) return StatusCode(StatusCodes.Status403Forbidden);
        if (move.Slug == StatementStates.Dispute && !CheckDispute()) return Page();
        if (Form.Seen != Reading.Statement.Version || !await desk.TakeAsync(move, Reading, Form.Dispute)) return Changed();
        if (move.To == StatementStatus.Sent) db.AfterCommit(() => call.TellAsync<MissionAlerts>(Organisation.Id));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect($"/o/{Organisation.Slug}/etats-mensuels/{Reading.Statement.Reference}");
    }

    private bool CheckDispute()
    {
        TypedText.Judge(ModelState, ("Dispute", Form.Dispute, true));
        Form.Dispute = TypedText.Clean(Form.Dispute);
        if (Form.Dispute is null) ModelState.AddModelError("Form.Dispute", "Dites ce qui est contesté : le délégué le lira.");
        if (Form.Dispute?.Length > LongestDispute) ModelState.AddModelError("Form.Dispute", "Écrivez 2 000 caractères au plus.");
        return ModelState.IsValid;
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Reading.Statement.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> OpenAsync(string month, bool toChange)
    {
        if (await desk.ReadAsync(month, toChange) is not { } reading) return false;
        (Reading, Moves) = (reading, desk.MovesFor(reading));
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, reading.Statement.Id, MostLines);
        return true;
    }
}
