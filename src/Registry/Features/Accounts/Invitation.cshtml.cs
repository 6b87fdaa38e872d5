using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>
/// The link of an invitation. The button opens the way through password and factor; the link is used up when the account becomes
/// active, so that an interrupted start can be taken up again within the 48 hours.
/// </summary>
[AllowAnonymous]
public sealed class InvitationModel(Links links, Passages passages, AccountManager manager) : PageModel
{
    public string? Name { get; private set; }

    public async Task OnGetAsync(string token) => Name = (await FindAsync(token))?.Account.Name;

    public async Task<IActionResult> OnPostAsync(string token)
    {
        if (await FindAsync(token) is not { } found) return Page();
        await passages.OpenAsync(Response, found.Account.Id, Passage.Invitation, link: found.Link.TokenHash);
        return RedirectToPage("InvitationPassword");
    }

    private async Task<(Link Link, Account Account)?> FindAsync(string token) =>
        await links.FindAsync(token, Link.Invitation) is { } link
        && await manager.FindByIdAsync(link.AccountId.ToString()) is { Status: Account.Invited } account
            ? (link, account)
            : null;
}
