using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Recommendations;

/// <summary>The recommendations made to one organisation.</summary>
[Requires(Function.Recommendations, Right.ReadOwn)]
public sealed class IndexModel(RecommendationStore store, RecommendationDesk desk, Visitor visitor) : PageModel
{
    private const int Most = 200;

    public RecommendationsView View { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayPropose => desk.MayPropose;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!desk.Reads) return StatusCode(StatusCodes.Status403Forbidden);
        View = new(await store.ListAsync(Organisation.Id, open: false, Most, 0), desk.Today, Everywhere: false);
        return Page();
    }
}
