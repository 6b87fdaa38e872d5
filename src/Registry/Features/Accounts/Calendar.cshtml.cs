using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Features.Today;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>The secret address of my calendar, and the language in which I am written to.</summary>
[SignedIn]
public sealed class CalendarModel(Calendars calendars, Recipients recipients, WeeklyWishes weekly, IStringLocalizer t) : PageModel
{
    public const string Address = "/mon-compte/agenda";
    private static readonly string[] Known = ["fr", "en"];

    public DateTimeOffset? MadeAt { get; private set; }
    public string Locale { get; private set; } = "fr";

    /// <summary>She gets her list by mail on Mondays.</summary>
    public bool Weekly { get; private set; }

    /// <summary>Shown in the answer that makes it and never again.</summary>
    public string? NewAddress { get; private set; }

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostMakeAsync()
    {
        NewAddress = await calendars.MakeAsync(User.PersonId());
        await LoadAsync();
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync()
    {
        await calendars.RevokeAsync(User.PersonId());
        FrameFilter.Leave(TempData, new("done", t.Get("L’adresse de votre agenda n’ouvre plus rien.")));
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostLanguageAsync([FromForm] string? language)
    {
        if (!Known.Contains(language)) return BadRequest();
        await recipients.SpeakAsync(User.PersonId(), language!);
        FrameFilter.Leave(TempData, new("done", t.Get("La langue de vos messages est enregistrée.")));
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostWeeklyAsync([FromForm] string? wanted)
    {
        await weekly.SayAsync(wanted == "oui");
        FrameFilter.Leave(TempData, new("done", wanted == "oui" ? t.Get("Vous recevrez le résumé du lundi.") : t.Get("Vous ne recevrez plus le résumé du lundi.")));
        return Redirect(Address);
    }

    private async Task LoadAsync()
    {
        Weekly = await weekly.AreWantedAsync();
        MadeAt = await calendars.MadeAtAsync(User.PersonId());
        Locale = (await recipients.FindAsync(User.PersonId()))?.Locale ?? "fr";
    }
}
