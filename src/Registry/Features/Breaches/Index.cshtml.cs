using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Breaches;

/// <summary>The register of breaches of one organisation, and its incidents. Who has a small letter sees what she reported herself.</summary>
[Requires(Function.Breaches, Right.ReadOwn)]
public sealed class IndexModel(BreachListStore store, BreachDesk desk, Visitor visitor) : PageModel
{
    public BreachesView List { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ReadsAll => visitor.Can(Function.Breaches, Right.Read);
    public bool MayReport => visitor.Can(Function.ReportIncident, Right.Write);
    public bool MayTakeOut => ReadsAll && visitor.Can(Function.Documents, Right.Read);

    public async Task OnGetAsync()
    {
        var filter = BreachFilter.Read(Request.Query);
        List = new(filter, await store.ListAsync(filter, Organisation.Id, ReadsAll ? null : visitor.PersonId), $"/o/{Organisation.Slug}/violations", false, desk.Now);
    }
}
