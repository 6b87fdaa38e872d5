using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

[Requires(Function.ReadRecords)]
[FollowsChain]
public sealed class IndexModel(RecordListStore store, Visitor visitor) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export);
    public bool MayImport => visitor.Can(Function.DraftRecord, Right.Write);
    public RegisterView List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var filter = RecordFilter.Read(Request.Query);
        var register = await store.ListAsync(filter);
        var path = $"/o/{Organisation.Slug}/traitements";
        // A bare address opens the view that she keeps for it; "?tout" is how she asks for everything.
        if (Request.Query.Count == 0 && register.Views.FirstOrDefault(view => view.Opens) is { } kept) return Redirect(path + kept.Query);
        List = RegisterView.Of(register, filter, path, visitor, store.Today);
        return Page();
    }
}
