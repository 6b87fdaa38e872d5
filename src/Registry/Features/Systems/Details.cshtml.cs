using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Controls;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Systems;

[Requires(Function.ReadRecords)]
public sealed class DetailsModel(SystemStore store, RecordUses uses, SystemControls attested, TimeProvider clock, Trail trail, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    private const int MostLines = 100;

    public InformationSystem Found { get; private set; } = null!;
    public IReadOnlyList<RecordUse> Uses { get; private set; } = [];
    public IReadOnlyList<Attestation> Controls { get; private set; } = [];
    public IReadOnlyList<Patch> Patches { get; private set; } = [];
    public DateOnly Today => Organisation.Today(clock);
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/applications/{Found.Id}{rest}";
    public bool MayChange => visitor.Can(Function.DraftRecord, Right.Write);

    public async Task<IActionResult> OnGetAsync(Guid system)
    {
        if (await store.FindAsync(system) is not { } found) return NotFound();
        Found = found;
        Uses = await uses.ListAsync(system);
        (Controls, Patches) = await attested.OfAsync(system);
        if (visitor.Can(Function.DraftRecord, Right.Read) || visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, system, MostLines);
        return Page();
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid system, bool active)
    {
        if (!ModelState.IsValid) return StatusCode(StatusCodes.Status400BadRequest);
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.SwitchAsync(system, active) is not { } name) return NotFound();
        journal.Record(new Event(Organisation.Id, Actions.SystemChanged.Code, KnownThings.System, system, new EventDetails
        {
            Subject = name, Changes = [new Change(Languages.Key("Proposée dans les fiches"), active ? "Non" : "Oui", active ? "Oui" : "Non")],
        }));
        FrameFilter.Leave(TempData, new FrameFlash("done", active ? t.Get("« {0} » est de nouveau proposé.", name) : t.Get("« {0} » n’est plus proposé. Les fiches qui le citent n’ont pas changé.", name)));
        return Redirect($"/o/{Organisation.Slug}/applications/{system}");
    }
}
