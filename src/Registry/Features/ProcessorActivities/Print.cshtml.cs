using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.ProcessorActivities;

[Requires(Function.ProcessorRecord, Right.ReadOwn)]
public sealed class PrintModel(ProcessorActivityStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    public ProcessorActivity Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<IActionResult> OnGetAsync(string activity)
    {
        if (await store.FindAsync(activity) is not { } found) return NotFound();
        Found = found;
        return Page();
    }
}
