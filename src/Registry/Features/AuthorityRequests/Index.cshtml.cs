using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.AuthorityRequests;

/// <summary>The requests of authorities of one organisation, whether it received them as a processor or was given them as the controller.</summary>
[Requires(Function.AuthorityRequests, Right.ReadOwn)]
public sealed class IndexModel(AuthorityRequestStore store, AuthorityDesk desk, Visitor visitor) : PageModel
{
    public IReadOnlyList<AuthorityRequest> Lines { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayAdd => desk.WorksForProcessor;

    public async Task OnGetAsync() => Lines = await store.ListAsync();
}
