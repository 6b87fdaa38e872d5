using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Holidays;

/// <summary>The public holidays by which deadlines are counted: those computed, and what the operator corrected. Officers read it.</summary>
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor(WhenPosted = true)]
public sealed class IndexModel(HolidayStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const int YearsAhead = 2;

    public IReadOnlyList<KeptCorrection> Corrections { get; private set; } = [];
    public string Territory { get; private set; } = "METRO";
    public IReadOnlyList<(int Year, IReadOnlyList<Holiday> Days)> Years { get; private set; } = [];
    public bool MayCorrect => visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin);

    public static string NameOf(string territory) => Vocabulary.Current.Label("Territory", territory);

    public async Task OnGetAsync([FromQuery(Name = "territoire")] string? territory)
    {
        if (Vocabulary.Current.Contains("Territory", territory)) Territory = territory!;
        Corrections = await store.ListAsync();
        var calendar = HolidayCalendar.For(Territory, corrections: Corrections.Where(one => one.Territory == Territory).Select(one => new HolidayCorrection(one.Day, one.IsHoliday, one.Name)));
        var year = clock.GetUtcNow().Year;
        Years = [.. Enumerable.Range(year, YearsAhead).Select(one => (one, calendar.In(one)))];
    }

    /// <summary>Withdraws one: the calendar is again as computed on that day.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] Guid correction)
    {
        if (!MayCorrect) return StatusCode(StatusCodes.Status403Forbidden);
        if (!ModelState.IsValid || await store.WithdrawAsync(correction) is not { } gone) return NotFound();
        journal.Record(Line(Actions.HolidayCorrectionWithdrawn, gone.Id, gone.Territory, gone.Day, gone.Name, null));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La correction du {0} est retirée.", Dates.Full(gone.Day))));
        return Redirect("/jours-feries?territoire=" + gone.Territory);
    }

    public static Event Line(Happening happening, Guid id, string territory, DateOnly day, string name, string? reason) =>
        new(null, happening.Code, KeptCorrection.ObjectType, id, new EventDetails { Subject = $"{day:dd/MM/yyyy} · {Vocabulary.Current.Find("Territory", territory)!.French} · {name}", Reason = reason });
}
