using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>Before a grave act the second factor is asked again, and the session gets a new id (S-07, S-37).</summary>
[SignedIn]
public sealed class StepUpModel(Passages passages, TimeProvider clock) : PageModel
{
    [FromQuery(Name = "retour")]
    public string? Back { get; set; }

    public IActionResult OnGet() =>
        User.HasRecentSecondFactor(clock.GetUtcNow()) ? LocalRedirect(ReturnPath.Local(Url, Back)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        await passages.OpenAsync(Response, User.AccountId(), Passage.StepUp, ReturnPath.Local(Url, Back), session: User.SessionId());
        return RedirectToPage("SecondFactor");
    }
}
