using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

/// <summary>The proof that a further processor is held to the same obligations (GDPR 28(4)), when it comes after the announcement.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class ProofModel(EngagementDesk desk, EngagementStore store, SubProcessorStore subProcessors, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public FlowDownForm Form { get; set; } = new();

    public Engagement Found { get; private set; } = null!;
    public SubProcessor Announced { get; private set; } = null!;
    public bool Stale { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}";

    public async Task<IActionResult> OnGetAsync(Guid engagement, Guid declaration)
    {
        if (!await FindAsync(engagement, declaration, toChange: false)) return NotFound();
        (Form.Proof, Form.Seen) = (Announced.Read().FlowDownProof, Announced.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagement, Guid declaration)
    {
        if (!await FindAsync(engagement, declaration, toChange: true)) return NotFound();
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        var before = Announced.Read().FlowDownProof;
        if (before != Form.Proof)
        {
            if (!await subProcessors.ProveAsync(Announced, Form.Proof!, Form.Seen)) return Changed();
            desk.Tell(Actions.SubProcessorProved, engagement, $"{Found.Processor} · {Announced.Name}", changes: [new Change("Preuve des obligations répercutées", before, Form.Proof)]);
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La preuve est enregistrée.")));
        return Redirect(Back + "#ulterieurs");
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Announced.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<bool> FindAsync(Guid engagement, Guid declaration, bool toChange)
    {
        if (await store.FindAsync(engagement, toChange) is not { } found || await subProcessors.FindAsync(declaration) is not { } announced || announced.EngagementId != engagement) return false;
        (Found, Announced) = (found, announced);
        return true;
    }
}
