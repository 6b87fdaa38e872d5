using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Requests;

/// <summary>The requests that persons sent to one organisation, the most pressing first.</summary>
[Requires(Function.Requests)]
public sealed class IndexModel(RequestListStore store, RequestDesk desk, Visitor visitor) : PageModel
{
    public RequestsView List { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayWrite => desk.MayWrite;

    public async Task OnGetAsync()
    {
        var filter = RequestFilter.Read(Request.Query);
        List = new(filter, await store.ListAsync(filter, Organisation.Id), $"/o/{Organisation.Slug}/demandes", false);
    }
}
