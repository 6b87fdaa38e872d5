using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.History;

namespace Registry.Features.Engagements;

/// <summary>One recourse to a processor: its terms, the check of its text, those who work for it in turn.</summary>
[Requires(Function.ReadRecords)]
public sealed class DetailsModel(EngagementStore store, SubProcessorStore subProcessors, Trail trail, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int MostLines = 100;

    public Engagement Found { get; private set; } = null!;
    public EngagementSheet Sheet { get; private set; } = new();
    public IReadOnlyList<(SubProcessor One, int Depth)> Chain { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateOnly Today => Organisation.Today(clock);
    public string At(string rest = "") => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}{rest}";
    public bool MayChange => visitor.Can(Function.DraftRecord, Right.Write);
    public bool MayCheck => visitor.Can(Function.ResponsibilityMatrix, Right.Write);
    public bool MayDecide => visitor.Can(Function.ResponsibilityMatrix, Right.Decide);
    public bool ReadsClauses => visitor.Can(Function.ResponsibilityMatrix, Right.Read);

    /// <summary>The convention's own check stands for the engagement: one text is checked once.</summary>
    public bool ByConvention => Found.ConventionId is not null;
    public string? ConventionPath => Found.ConventionNumber is { } number
        ? $"/o/{Organisation.Slug}/conventions/{new KnownText(Found.KeeperId!.Value, Found.ConventionId!.Value, number, "", "").Path(Organisation.Id)}" : null;
    public double? Score => ByConvention && Found.ConventionScore is { } score ? score : Article28.Score(Sheet.Article28);

    public async Task<IActionResult> OnGetAsync(Guid engagement)
    {
        if (await store.FindAsync(engagement) is not { } found) return NotFound();
        (Found, Sheet) = (found, found.Read(Organisation.Id));
        Chain = SubProcessor.Chain(await subProcessors.ListAsync(engagement));
        if (visitor.Can(Function.DraftRecord, Right.Read) || visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, engagement, MostLines);
        return Page();
    }
}
