using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Recommendations;

/// <summary>One recommendation and its steps.</summary>
[Requires(Function.Recommendations, Right.ReadOwn)]
public sealed class DetailsModel(RecommendationStore store, RecommendationDesk desk, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50;

    [BindProperty]
    public DecisionForm Form { get; set; } = new();

    public Recommendation Advice { get; private set; } = null!;
    public IReadOnlyList<RecommendationMove> Moves { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => desk.Today;
    public bool MayEdit => desk.MayPropose && Advice.State == RecommendationStatus.Proposed;
    public bool ReadsAudits => visitor.Can(Function.Audits, Right.Read);
    public string At(string rest = "") => $"/o/{Organisation.Slug}/recommandations/{Advice.Reference}{rest}";
    public bool Asks(params RecommendationNeeds[] needs) => Moves.Any(move => needs.Contains(move.Needs));
    public DateOnly? RestsUntil => Advice is { State: RecommendationStatus.Declined, DecidedOn: { } decided } ? decided.AddMonths(RecommendationStates.MonthsOfRest) : null;

    public async Task<IActionResult> OnGetAsync(string advice)
    {
        if (await RefuseAsync(advice, toChange: false) is { } refusal) return refusal;
        (Form.Seen, Form.Progress) = (Advice.Version, Advice.Progress);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string advice)
    {
        if (await RefuseAsync(advice, toChange: true) is { } refusal) return refusal;
        if (desk.Find(Advice, Form.Move) is not { } move) return Changed();
        if (desk.GrantFor(move) is null) return StatusCode(StatusCodes.Status403Forbidden);
        if (!Form.Check(ModelState, move.Needs)) return Page();
        if (Form.Seen != Advice.Version || !await desk.TakeAsync(move, Advice, Form)) return Changed();
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect(At());
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Advice.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> RefuseAsync(string advice, bool toChange)
    {
        if (!desk.Reads) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(advice, toChange) is not { } found) return NotFound();
        (Advice, Moves) = (found, desk.MovesFor(found));
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, found.Id, MostLines);
        return null;
    }
}
