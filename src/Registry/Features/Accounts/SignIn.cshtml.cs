using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

[AllowAnonymous]
public sealed class SignInModel(Identity.Accounts accounts, DemoMode demo) : PageModel
{
    [FromQuery(Name = "retour")]
    public string? Back { get; set; }

    public IReadOnlyList<DemoPerson> DemoPeople { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (User.IsSignedIn()) return LocalRedirect(ReturnPath.Local(Url, Back));
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        if (demo.Serves(HttpContext)) DemoPeople = await accounts.ListDemoAsync();
    }
}
