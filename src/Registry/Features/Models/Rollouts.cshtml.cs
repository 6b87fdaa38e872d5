using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Models;

/// <summary>The rollouts there were, newest first.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class RolloutsModel(ModelStore store, RolloutStore rollouts) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<RolloutLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (await store.LibraryAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        Lines = await rollouts.ListAsync(library, Most);
        return Page();
    }
}
