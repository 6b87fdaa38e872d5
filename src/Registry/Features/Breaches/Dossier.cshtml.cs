using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Breaches;

/// <summary>Every field of the authority's form in its order, what is missing, each to copy.</summary>
[Requires(Function.Breaches)]
public sealed class DossierModel(BreachDesk desk, Visitor visitor) : PageModel
{
    public BreachReading Reading { get; private set; } = null!;
    public IReadOnlyList<DossierSection> Sections { get; private set; } = [];
    public IReadOnlyList<DossierField> Missing { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}";

    /// <summary>Where whoever may fills the field; what belongs to the organisation stands on its own pages.</summary>
    public string? Href(DossierField field) => field.Part is null || !desk.MayWrite || !(field.Part == "risque" ? BreachStates.MayAssess(Reading.State) : BreachStates.MayEdit(Reading.State)) ? null
        : field.Part is "profil" or "designations" ? $"/o/{Organisation.Slug}/{field.Part}" : $"{Back}/{field.Part}";

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await desk.ReadAsync(breach) is not { Breach.IsIncident: false } reading) return NotFound();
        Reading = reading;
        Sections = await desk.DossierAsync(reading);
        Missing = Dossier.Missing(Sections);
        return Page();
    }
}
