using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.AnnualReports;

/// <summary>How far an order is, what failed and why, and each report that was made.</summary>
[Requires(Function.Recommendations, Right.Write)]
public sealed class OrderModel(ReportOrderStore orders, Visitor visitor, Journal journal) : PageModel
{
    public ReportArea Area { get; private set; } = null!;
    public ReportOrder Found { get; private set; } = null!;
    public IReadOnlyList<ReportTarget> Targets { get; private set; } = [];
    public bool IsSomebodyElses => Found.PersonId != visitor.PersonId;

    public async Task<IActionResult> OnGetAsync(Guid space, Guid order)
    {
        if (!await FindAsync(space, order)) return NotFound();
        Targets = await orders.TargetsAsync(Found);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid space, Guid order)
    {
        if (!await FindAsync(space, order)) return NotFound();
        if (await orders.ResumeAsync(Found))
            journal.Record(new Event(Found.OrganisationId, Actions.ReportsOrdered.Code, ReportOrder.ObjectType, Found.Id, new EventDetails { Subject = $"{Found.Year}" }));
        return Redirect($"/espaces/{space}/bilans/{order}");
    }

    private async Task<bool> FindAsync(Guid space, Guid order)
    {
        if (await orders.AreaAsync(space) is not { } area || await orders.FindAsync(area.LeadId, order) is not { } found || found.AreaId != area.Id) return false;
        (Area, Found) = (area, found);
        return true;
    }
}
