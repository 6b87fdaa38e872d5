using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Conventions;

/// <summary>The convention on paper (domain §4, DOC_CONVENTION_SUMMARY): parties, dates, next notice, obligations, tariffs, article 28.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class PrintModel(ConventionDesk desk, Visitor visitor) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public LifeLine? Line { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        Line = LifeLine.Of(reading.Convention, reading.Sheet, reading.Today);
        return Page();
    }
}
