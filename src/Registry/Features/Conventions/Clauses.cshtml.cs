using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Conventions;

/// <summary>The text against the thirteen items of article 28: what it covers, what to propose where it does not.</summary>
[Requires(Function.ResponsibilityMatrix)]
public sealed class ClausesModel(ConventionDesk desk, Visitor visitor) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayCheck => MayCheckIn(Reading, visitor);

    public static bool MayCheckIn(ConventionReading reading, Visitor visitor) =>
        reading.Keeps && ConventionStates.MayEdit(reading.Convention.State) && visitor.Can(Function.ResponsibilityMatrix, Right.Write);

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        return Page();
    }
}
