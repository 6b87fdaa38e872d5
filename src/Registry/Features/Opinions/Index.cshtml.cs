using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Opinions;

/// <summary>The opinions asked of the officer on something else than a sheet.</summary>
[Requires(Function.Opinions)]
[Requires(Function.Opinions, Right.WriteOwn)]
public sealed class IndexModel(OpinionStore store, Visitor visitor) : PageModel
{
    public IReadOnlyList<OfficerOpinion> Opinions { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayAsk => visitor.Can(Function.Opinions, Right.Decide) || visitor.Can(Function.Opinions, Right.WriteOwn);

    public async Task OnGetAsync() => Opinions = await store.ListAsync();
}
