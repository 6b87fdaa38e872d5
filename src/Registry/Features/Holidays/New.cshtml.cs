using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Holidays;

/// <summary>A day that the calendar of a territory has wrong. It moves deadlines of everybody there: a second factor first.</summary>
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor]
public sealed class NewModel(HolidayStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public HolidayForm Form { get; set; } = new();

    private bool MayCorrect => visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin);

    public IActionResult OnGet()
    {
        if (!MayCorrect) return StatusCode(StatusCodes.Status403Forbidden);
        (Form.Id, Form.Is) = (Guid.CreateVersion7(), HolidayForm.Added);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayCorrect) return StatusCode(StatusCodes.Status403Forbidden);
        if (!Form.Check(ModelState)) return Page();
        if (await store.AddAsync(Form.Id, Form))
            journal.Record(IndexModel.Line(Form.IsHoliday ? Actions.HolidayAdded : Actions.HolidayRemoved, Form.Id, Form.Territory!, Form.Day!.Value, Form.Name!, Form.Reason));
        else if (!await store.IsKeptAsync(Form.Id))
        {
            ModelState.AddModelError("Form.Day", "Ce jour porte déjà une correction sur ce territoire : retirez-la d’abord.");
            return Page();
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le {0} est corrigé. Les délais en cours sont recalculés dans les minutes qui viennent.", Dates.Full(Form.Day!.Value))));
        return Redirect("/jours-feries?territoire=" + Form.Territory);
    }
}
