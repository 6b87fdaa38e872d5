using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Engagements;

/// <summary>The controller accepts a further processor or objects to it (GDPR 28(2)).</summary>
[Requires(Function.ResponsibilityMatrix, Right.Decide)]
public sealed class DecisionModel(EngagementDesk desk, EngagementStore store, SubProcessorStore subProcessors, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int ShortestReason = 20;

    [BindProperty]
    public DecisionForm Form { get; set; } = new();

    public Engagement Found { get; private set; } = null!;
    public SubProcessor Announced { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}";

    public IReadOnlyList<Option> Outcomes { get; } =
        [new("accepter", Languages.Key("Accepter ce sous-traitant ultérieur")), new("s-opposer", Languages.Key("S’opposer"), Languages.Key("Le sous-traitant ne peut pas lui confier les données."))];

    public async Task<IActionResult> OnGetAsync(Guid engagement, Guid declaration)
    {
        if (await RefuseAsync(engagement, declaration, toChange: false) is { } refusal) return refusal;
        Form.Seen = Announced.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagement, Guid declaration)
    {
        if (await RefuseAsync(engagement, declaration, toChange: true) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form.Seen != Announced.Version) return StatusCode(StatusCodes.Status409Conflict);
        var act = SubProcessorStates.All.Single(act => act.Slug == Form.Act);
        if (!SubProcessorStates.Allows(act, Announced.State, act.Who, Announced.ObjectionOn, desk.Today))
            ModelState.AddModelError("Form.Act", t.Get("L’opposition était possible jusqu’au {0} : le silence vaut accord.", Dates.Full(Announced.ObjectionOn!.Value)));
        if (act.To == SubProcessorDecision.Objected && (Form.Reason?.Length ?? 0) < ShortestReason)
            ModelState.AddModelError("Form.Reason", t.Get("Dites pourquoi, en vingt caractères au moins : le sous-traitant le lira."));
        if (!ModelState.IsValid) return Page();
        if (!await subProcessors.DecideAsync(Announced, act.To, visitor.Name, tacit: false, Form.Reason)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(act.Happening, engagement, $"{Found.Processor} · {Announced.Name}", Form.Reason);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La décision est enregistrée.")));
        return Redirect(Back + "#ulterieurs");
    }

    private async Task<IActionResult?> RefuseAsync(Guid engagement, Guid declaration, bool toChange)
    {
        if (await store.FindAsync(engagement, toChange) is not { } found || await subProcessors.FindAsync(declaration) is not { } announced || announced.EngagementId != engagement) return NotFound();
        (Found, Announced) = (found, announced);
        return announced.State == SubProcessorDecision.Pending ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
