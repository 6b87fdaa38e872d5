using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Reminders;

/// <summary>I am away: who reads my reminders until I am back.</summary>
[SignedIn]
public sealed class AwayModel(Absences absences, TimeProvider clock, IStringLocalizer t) : PageModel
{
    public const string Address = "/mon-compte/absence";

    [BindProperty]
    public AwayForm Form { get; set; } = new();

    public Absence? Current { get; private set; }
    public IReadOnlyList<Option> Colleagues { get; private set; } = [];
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Dates.Paris).DateTime);

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Current is { } away && away.To >= Today) Form = new AwayForm { Cover = away.Cover.ToString(), From = DateParts.From(away.From), To = DateParts.From(away.To) };
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Form.Cover is null || Colleagues.All(one => one.Value != Form.Cover)) ModelState.AddModelError("Form.Cover", "Choisissez une personne de la liste.");
        if (Form.From.IsEmpty) ModelState.AddModelError("Form.From", "Indiquez le premier jour.");
        if (Form.To.IsEmpty) ModelState.AddModelError("Form.To", "Indiquez le dernier jour.");
        if (Form.To.Date < Today) ModelState.AddModelError("Form.To", "Choisissez un jour à venir.");
        else if (Form.To.Date < Form.From.Date) ModelState.AddModelError("Form.To", "Le dernier jour vient avant le premier.");
        else if (Form.To.Date > Form.From.Date?.AddDays(Absences.LongestDays)) ModelState.AddModelError("Form.To", "Une absence dure six mois au plus : au-delà, désignez quelqu’un.");
        if (!ModelState.IsValid || Form.From.Date is not { } from || Form.To.Date is not { } to) return Page();
        await absences.SaveAsync(Guid.Parse(Form.Cover!), from, to);
        FrameFilter.Leave(TempData, new("done", t.Get("C’est noté : {0} reçoit vos rappels du {1} au {2}.", Colleagues.First(one => one.Value == Form.Cover).Label, Dates.Short(from), Dates.Short(to))));
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostBackAsync()
    {
        await absences.EndAsync();
        FrameFilter.Leave(TempData, new("done", t.Get("Vous êtes de retour : vos rappels ne vont plus qu’à vous.")));
        return Redirect(Address);
    }

    private async Task LoadAsync() => (Current, Colleagues) = (await absences.MineAsync(), await absences.ColleaguesAsync(Today));
}

public sealed class AwayForm
{
    public string? Cover { get; set; }
    public DateParts From { get; set; } = new();
    public DateParts To { get; set; } = new();
}
