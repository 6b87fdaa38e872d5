using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Opinions;

/// <summary>One opinion: asked, written, issued, acknowledged, decided on. A draft is the officer's alone.</summary>
[Requires(Function.Opinions)]
[Requires(Function.Opinions, Right.WriteOwn)]
public sealed class DetailsModel(OpinionStore store, Trail trail, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50;

    [BindProperty]
    public OpinionStep Form { get; set; } = new();

    public OfficerOpinion Opinion { get; private set; } = null!;
    public IReadOnlyList<OpinionMove> Moves { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);
    public bool ReadsText => Opinion.IssuedOn is not null;
    public bool Asks(params OpinionNeeds[] needs) => Moves.Any(move => needs.Contains(move.Needs));

    public async Task<IActionResult> OnGetAsync(string opinion)
    {
        if (!await OpenAsync(opinion, toChange: false)) return NotFound();
        Form.Seen = Opinion.Version;
        if (Asks(OpinionNeeds.Draft)) (Form.Conclusion, Form.Body) = (Opinion.Conclusion, Opinion.Body);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string opinion)
    {
        if (!await OpenAsync(opinion, toChange: true)) return NotFound();
        if (OpinionStates.Find(Opinion.State, Form.Move) is not { } move) return Changed();
        if (GrantFor(move) is not { } grant) return StatusCode(StatusCodes.Status403Forbidden);
        if (!Form.Check(ModelState, move.Needs)) return Page();
        if (Form.Seen != Opinion.Version || !await store.MoveAsync(After(move))) return Changed();
        journal.Role = grant.Role.Code();
        journal.Record(new Event(Organisation.Id, Actions.OpinionStepped.Code, OfficerOpinion.ObjectType, Opinion.Id, new EventDetails { Subject = $"{Opinion.Reference} · {move.LabelKey}", Reason = move.Needs is OpinionNeeds.Reason or OpinionNeeds.Decision ? Form.Reason : null }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(move.LabelKey))));
        return Redirect($"/o/{Organisation.Slug}/avis/{Opinion.Reference}");
    }

    private OfficerOpinion After(OpinionMove move)
    {
        var after = Opinion with { Status = OpinionStates.Code(move.To) };
        return move.To switch
        {
            OpinionStatus.Draft => after with { Conclusion = string.IsNullOrEmpty(Form.Conclusion) ? null : Form.Conclusion, Body = Form.Body },
            OpinionStatus.Issued => after with { Conclusion = Form.Conclusion, Body = Form.Body, IssuedOn = Today, IssuedBy = visitor.Name },
            OpinionStatus.Acknowledged => after with { AcknowledgedOn = Today, AcknowledgedBy = visitor.Name },
            OpinionStatus.Decided => after with { Decision = Form.Decision, DecisionReason = Form.Reason, DecidedOn = Today, DecidedBy = visitor.Name },
            OpinionStatus.Withdrawn => after with { WithdrawnReason = Form.Reason },
            _ => after,
        };
    }

    private Grant? GrantFor(OpinionMove move) => visitor.Grants.FirstOrDefault(grant => move.Who.Contains(grant.Role.Code()));

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Opinion.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> OpenAsync(string opinion, bool toChange)
    {
        if (await store.FindAsync(opinion, toChange) is not { } found) return false;
        (Opinion, Moves) = (found, [.. OpinionStates.All.Where(move => move.From == found.State && GrantFor(move) is not null)]);
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, found.Id, MostLines);
        return true;
    }
}
