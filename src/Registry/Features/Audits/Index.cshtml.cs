using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Audits;

/// <summary>The audits of an organisation.</summary>
[Requires(Function.Audits)]
public sealed class IndexModel(AuditStore store, Visitor visitor) : PageModel
{
    public IReadOnlyList<Audit> Audits { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayAdd => visitor.Can(Function.Audits, Right.Write);

    public async Task OnGetAsync() => Audits = await store.ListAsync();
}
