using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>The registers of all organisations within reach, as one list.</summary>
[Requires(Function.ReadRecords)]
public sealed class AreaModel(RecordListStore store, Visitor visitor) : PageModel
{
    public RegisterView List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var filter = RecordFilter.Read(Request.Query);
        var register = await store.ListAsync(filter);
        const string path = "/registre";
        // A bare address opens the view that she keeps for it; "?tout" is how she asks for everything.
        if (Request.Query.Count == 0 && register.Views.FirstOrDefault(view => view.Opens) is { } kept) return Redirect(path + kept.Query);
        List = RegisterView.Of(register, filter, path, visitor, store.Today);
        return Page();
    }
}
