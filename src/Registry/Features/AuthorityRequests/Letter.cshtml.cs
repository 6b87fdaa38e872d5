using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.AuthorityRequests;

/// <summary>The letter to the authority, to print or to copy: as it left, or as it would leave.</summary>
[Requires(Function.AuthorityRequests, Right.ReadOwn)]
public sealed class LetterModel(AuthorityRequestStore store, AuthorityDesk desk, Visitor visitor) : PageModel
{
    public AuthorityRequest Inquiry { get; private set; } = null!;
    public string Text { get; private set; } = "";
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/requetes-d-autorites";

    public async Task<IActionResult> OnGetAsync(string inquiry)
    {
        // Under secrecy there is nothing to redirect yet.
        if (await store.FindAsync(inquiry) is not { State: not AuthorityRequestStatus.SecrecyImposed } found) return NotFound();
        (Inquiry, Text) = (found, desk.Letter(found, null));
        return Page();
    }
}
