using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Requests;

/// <summary>The requests of all organisations within reach, ranked by the day on which the answer is due.</summary>
[Requires(Function.Requests)]
public sealed class AreaModel(RequestListStore store) : PageModel
{
    public RequestsView List { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var filter = RequestFilter.Read(Request.Query);
        List = new(filter, await store.ListAsync(filter, null), "/demandes", true);
    }
}
