using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.ProviderRequests;

/// <summary>What all organisations that this body serves ask of it, in one queue.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
public sealed class QueueModel(ProviderRequestStore store, ProviderRequestDesk desk, Visitor visitor) : PageModel
{
    public ProviderRequestsView List { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.WorksForProvider) return StatusCode(StatusCodes.Status403Forbidden);
        var filter = ProviderRequestFilter.Read(Request.Query);
        List = new(filter, await store.ListAsync(filter, asProvider: true), $"/o/{Organisation.Slug}/assistance", true, Organisation.Zone);
        return Page();
    }
}
