using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>One mission: where it stands, days spent against days estimated, its plan, its days and its statements.</summary>
[Requires(Function.Interventions)]
public sealed class DetailsModel(MissionStore store, InterventionStore interventions, MissionDesk desk, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50;

    [BindProperty]
    public StepForm Form { get; set; } = new();

    public Mission Mission { get; private set; } = null!;
    public IReadOnlyList<MissionMove> Moves { get; private set; } = [];
    public IReadOnlyList<MissionAction> Plan { get; private set; } = [];
    public IReadOnlyList<Intervention> Interventions { get; private set; } = [];
    public IReadOnlyList<MonthlyStatement> Statements { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => desk.Today;
    public bool MayEdit => desk.MayWrite && Mission.State == MissionPhase.Proposal;
    public bool MayWrite => desk.MayWrite && Mission.State is MissionPhase.InitialCompliance or MissionPhase.OngoingMutualisation;
    public bool MayPlan => desk.MayPlan && !Mission.IsOver;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/missions/{Mission.Id}{rest}";
    public decimal DaysOf(MonthlyStatement statement) => StatementStates.IsFrozen(statement.State) ? statement.TotalDays!.Value
        : Interventions.Where(one => one.Month == statement.Month && Mission.IsInvoiced(one)).Sum(one => one.Days);

    public async Task<IActionResult> OnGetAsync(Guid mission)
    {
        if (!await OpenAsync(mission, toChange: false)) return NotFound();
        Form.Seen = Mission.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid mission)
    {
        if (!await OpenAsync(mission, toChange: true)) return NotFound();
        if (MissionDesk.Find(Mission, Form.Move) is not { } move) return Changed();
        if (desk.GrantFor(move) is null) return StatusCode(StatusCodes.Status403Forbidden);
        if (Form.Seen != Mission.Version || !await desk.TakeAsync(move, Mission)) return Changed();
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect(At());
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Mission.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> OpenAsync(Guid mission, bool toChange)
    {
        if (await store.FindAsync(mission, toChange) is not { } found) return false;
        (Mission, Moves) = (found, desk.MovesFor(found));
        (Plan, Interventions, Statements) = (await store.ActionsAsync(mission), await interventions.ListAsync(mission), await interventions.StatementsAsync(mission));
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, mission, MostLines);
        return true;
    }
}
