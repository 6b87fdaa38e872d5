using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>What the provider promised to measure, what it measured, and whether the promise is kept.</summary>
[Requires(Function.Indicators, Right.ReadOwn)]
public sealed class IndicatorsModel(ConventionDesk desk, IndicatorStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public IReadOnlyList<IndicatorState> States { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayMeasure => desk.MayMeasure(Reading);

    /// <summary>One takes back what one's own organisation gave.</summary>
    public bool MayWithdraw(IndicatorMeasure measure) => MayMeasure && measure.ContributorName == Organisation.Name;

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        (Reading, States) = (reading, IndicatorState.List(reading.Sheet, await store.ListAsync(reading.Convention)));
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string convention, Guid measure)
    {
        if (await desk.ReadAsync(convention, toChange: true) is not { } reading) return NotFound();
        Reading = reading;
        if (!MayMeasure) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.WithdrawAsync(reading.Convention, measure) is not { } code) return NotFound();
        desk.Tell(Actions.MeasureWithdrawn, reading.Convention, $"{reading.Convention.Reference} · {code}");
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La mesure est retirée. L’historique garde sa trace.")));
        return Redirect(At("/indicateurs"));
    }
}
