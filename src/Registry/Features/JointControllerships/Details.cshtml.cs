using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;
using Registry.History;

namespace Registry.Features.JointControllerships;

[Requires(Function.ReadRecords)]
public sealed class DetailsModel(JointControllershipStore store, RecordUses uses, Trail trail, Visitor visitor, TimeProvider clock) : PageModel
{
    private const int MostLines = 100;

    public JointControllership Found { get; private set; } = null!;
    public IReadOnlyList<RecordUse> Uses { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/responsabilites-conjointes/{Found.Id}{rest}";
    public DateOnly Today => Organisation.Today(clock);
    public bool MayChange => visitor.Can(Function.DraftRecord, Right.Write);

    public async Task<IActionResult> OnGetAsync(Guid agreement)
    {
        if (await store.FindAsync(agreement) is not { } found) return NotFound();
        Found = found;
        Uses = await uses.ListAsync(agreement);
        if (visitor.Can(Function.DraftRecord, Right.Read) || visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, agreement, MostLines);
        return Page();
    }
}
