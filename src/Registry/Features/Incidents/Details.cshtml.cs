using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Breaches;

namespace Registry.Features.Incidents;

/// <summary>What the provider sees of its incident: what it shared, whom it told, who said that she knows. Nothing of the files.</summary>
[Requires(Function.ReportIncident, Right.WriteOwn)]
public sealed class DetailsModel(IncidentStore store, IncidentFileStore files, Visitor visitor) : PageModel
{
    public Incident Found { get; private set; } = null!;
    public IReadOnlyList<SharedState> States { get; private set; } = [];
    public IReadOnlyList<Receipt> Receipts { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayShare => visitor.SpeaksForProvider;
    public string At(string rest) => $"/o/{Organisation.Slug}/incidents/{Found.Reference}{rest}";

    public async Task<IActionResult> OnGetAsync(string incident)
    {
        if (await store.FindAsync(incident) is not { } found) return NotFound();
        Found = found;
        States = await store.StatesAsync(found.Id);
        Receipts = await files.ReceiptsAsync(found.Id);
        return Page();
    }
}
