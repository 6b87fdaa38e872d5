using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Reviews;

/// <summary>A review as it was stated: who, when, what was confirmed, what stayed open. For paper too.</summary>
[Requires(Function.ReadRecords)]
public sealed class StatementModel(ReviewStore store, Visitor visitor) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public ReviewStatement Statement { get; private set; } = null!;
    public ReviewContent Said { get; private set; } = null!;

    /// <summary>Sheets without a version are named to who reads drafts; the others read how many there were.</summary>
    public IReadOnlyList<OpenLine> Open => [.. Said.Open.Where(line => line.InForce || visitor.Can(Function.DraftRecord, Right.Read))];
    public bool MayReview => visitor.Can(Function.DraftRecord, Right.Write);

    public async Task<IActionResult> OnGetAsync(int number)
    {
        if (await store.FindAsync(number) is not { } statement) return NotFound();
        (Statement, Said) = (statement, statement.Read());
        return Page();
    }
}
