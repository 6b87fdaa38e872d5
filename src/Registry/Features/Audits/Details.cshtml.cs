using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Recommendations;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Audits;

/// <summary>One audit and what it found; a finding becomes a recommendation in one press.</summary>
[Requires(Function.Audits)]
public sealed class DetailsModel(AuditStore store, RecommendationDesk recommendations, Trail trail, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int MostLines = 50;

    public Audit Audit { get; private set; } = null!;
    public IReadOnlyList<AuditFinding> Findings { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayWrite => visitor.Can(Function.Audits, Right.Write);
    public bool MayRecommend => recommendations.MayPropose;
    public bool ReadsRecommendations => recommendations.Reads;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/audits/{Audit.Id}{rest}";

    public async Task<IActionResult> OnGetAsync(Guid audit) => await OpenAsync(audit) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRecommendAsync(Guid audit, [FromForm] Guid finding)
    {
        if (!await OpenAsync(audit)) return NotFound();
        if (!MayRecommend) return StatusCode(StatusCodes.Status403Forbidden);
        if (Findings.FirstOrDefault(one => one.Id == finding) is not { } found) return NotFound();
        if (await recommendations.ProposeAsync(Guid.CreateVersion7(), found.ToRecommendation(Audit), found.Id) is not { } reference) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La recommandation est enregistrée.")));
        return Redirect($"/o/{Organisation.Slug}/recommandations/{reference}");
    }

    private async Task<bool> OpenAsync(Guid audit)
    {
        if (await store.FindAsync(audit) is not { } found) return false;
        (Audit, Findings) = (found, await store.FindingsAsync(audit));
        if (visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, audit, MostLines);
        return true;
    }
}
