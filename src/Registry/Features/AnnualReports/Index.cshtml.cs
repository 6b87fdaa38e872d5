using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.AnnualReports;

/// <summary>The annual reports of an area: that of the whole, and those of all its bodies as one order.</summary>
[Requires(Function.Recommendations, Right.Write)]
public sealed class IndexModel(ReportOrderStore orders, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    public sealed class OrderForm
    {
        public Guid Id { get; set; }
    }

    [BindProperty]
    public OrderForm Form { get; set; } = new();

    public ReportArea Area { get; private set; } = null!;
    public IReadOnlyList<ReportOrder> Orders { get; private set; } = [];

    /// <summary>The day of an area is that of Paris where its bodies have several.</summary>
    public int Year => AnnualReportDocuments.YearOn(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime));

    public async Task<IActionResult> OnGetAsync(Guid space)
    {
        if (await orders.AreaAsync(space) is not { } area) return NotFound();
        (Area, Orders, Form.Id) = (area, await orders.ListAsync(area), Guid.CreateVersion7());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid space)
    {
        if (await orders.AreaAsync(space) is not { } area) return NotFound();
        if (Form.Id == Guid.Empty) return BadRequest();
        if (await orders.AddAsync(area, Form.Id, Year))
            journal.Record(new Event(area.LeadId, Actions.ReportsOrdered.Code, ReportOrder.ObjectType, Form.Id, new EventDetails { Subject = Languages.InFrench(() => t.Get("{0} : {1} organismes", Year, area.Bodies)) }));
        else if (await orders.FindAsync(area.LeadId, Form.Id) is null)
        {
            FrameFilter.Leave(TempData, new FrameFlash("soon", t["Une commande de cet espace est déjà en cours."]));
            return Redirect($"/espaces/{space}/bilans");
        }
        return Redirect($"/espaces/{space}/bilans/{Form.Id}");
    }
}
