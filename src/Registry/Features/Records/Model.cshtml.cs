using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A model of the library, read before it is taken.</summary>
[SignedIn]
public sealed class ModelModel : PageModel
{
    public RecordModel Found { get; private set; } = null!;

    public IActionResult OnGet(string code)
    {
        if (RecordModels.Find(code) is not { } found) return NotFound();
        Found = found;
        return Page();
    }
}
