using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Breaches;

/// <summary>The breaches of all organisations within reach, ranked by the clock.</summary>
[Requires(Function.Breaches)]
public sealed class AreaModel(BreachListStore store, TimeProvider clock) : PageModel
{
    public BreachesView List { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        var filter = BreachFilter.Read(Request.Query);
        List = new(filter, await store.ListAsync(filter, null), "/violations", true, clock.GetUtcNow());
    }
}
