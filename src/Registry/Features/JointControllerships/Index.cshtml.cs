using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.JointControllerships;

/// <summary>What the organisation decides with others (article 26).</summary>
[Requires(Function.ReadRecords)]
public sealed class IndexModel(JointControllershipStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<JointControllership> Lines { get; private set; } = [];
    public bool MayAdd => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public DateOnly Today => Organisation.Today(clock);

    public async Task OnGetAsync() => Lines = await store.ListAsync();
}
