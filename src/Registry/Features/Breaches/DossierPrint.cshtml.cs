using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Breaches;

/// <summary>The whole dossier on paper.</summary>
[Requires(Function.Breaches)]
public sealed class DossierPrintModel(BreachDesk desk, Visitor visitor) : PageModel
{
    public BreachReading Reading { get; private set; } = null!;
    public IReadOnlyList<DossierSection> Sections { get; private set; } = [];
    public IReadOnlyList<DossierField> Missing => Dossier.Missing(Sections);
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DateTimeOffset Now => desk.Now;

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await desk.ReadAsync(breach) is not { Breach.IsIncident: false } reading) return NotFound();
        Reading = reading;
        Sections = await desk.DossierAsync(reading);
        return Page();
    }
}
