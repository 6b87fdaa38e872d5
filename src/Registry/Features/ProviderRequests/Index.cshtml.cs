using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.ProviderRequests;

/// <summary>What the organisation asked of its providers. Who has a small letter sees what she prepared herself.</summary>
[Requires(Function.AccessRequests, Right.ReadOwn)]
[Requires(Function.Restorations, Right.ReadOwn)]
public sealed class IndexModel(ProviderRequestStore store, ProviderRequestDesk desk, Visitor visitor) : PageModel
{
    public ProviderRequestsView List { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayPrepare => desk.MayPrepare && visitor.Can(Function.AccessRequests, Right.WriteOwn);
    public bool MayRestore => desk.MayAsk(ProviderRequest.RestorationNature);
    public bool MayTakeOut => visitor.Can(Function.AccessRequests, Right.Read) && visitor.Can(Function.Documents, Right.Read);
    public bool ReadsInquiries => visitor.Can(Function.AuthorityRequests, Right.ReadOwn);
    public bool WorksForProvider => desk.WorksForProvider;

    public async Task OnGetAsync()
    {
        var filter = ProviderRequestFilter.Read(Request.Query);
        var author = visitor.Can(Function.AccessRequests, Right.Read) ? (Guid?)null : visitor.PersonId;
        List = new(filter, await store.ListAsync(filter, asProvider: false, author), $"/o/{Organisation.Slug}/demandes-au-prestataire", false, Organisation.Zone);
    }
}
