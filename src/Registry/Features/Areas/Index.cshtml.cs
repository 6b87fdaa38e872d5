using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Areas;

[Requires(Function.Organisations, Right.Write)]
public sealed class IndexModel(AreaStore store, Visitor visitor) : PageModel
{
    public IReadOnlyList<AreaLine> Areas { get; private set; } = [];
    public bool MayAdd => visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin);

    public async Task OnGetAsync() => Areas = await store.ListAsync();
}
