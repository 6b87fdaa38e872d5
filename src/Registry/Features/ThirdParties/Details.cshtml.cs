using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ThirdParties;

[Requires(Function.ReadRecords)]
public sealed class DetailsModel(ThirdPartyStore store, RecordUses uses, Trail trail, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    private const int MostLines = 100;

    public ThirdParty Found { get; private set; } = null!;
    public IReadOnlyList<RecordUse> Uses { get; private set; } = [];

    /// <summary>What it makes or supplies here.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Supplies { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/prestataires/{Found.Id}{rest}";
    public bool MayChange => visitor.Can(Function.DraftRecord, Right.Write);

    public async Task<IActionResult> OnGetAsync(Guid party)
    {
        if (await store.FindAsync(party) is not { } found) return NotFound();
        Found = found;
        Uses = await uses.ListAsync(party);
        Supplies = await store.SuppliesAsync(party);
        if (visitor.Can(Function.DraftRecord, Right.Read) || visitor.Can(Function.History, Right.Read)) History = await trail.ListAsync(Organisation.Id, party, MostLines);
        return Page();
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid party, bool active)
    {
        if (!ModelState.IsValid) return StatusCode(StatusCodes.Status400BadRequest);
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.SwitchAsync(party, active) is not { } name) return NotFound();
        journal.Record(new Event(Organisation.Id, Actions.ThirdPartyChanged.Code, KnownThings.ThirdParty, party, new EventDetails
        {
            Subject = name, Changes = [new Change(Languages.Key("Proposé dans les fiches"), active ? "Non" : "Oui", active ? "Oui" : "Non")],
        }));
        FrameFilter.Leave(TempData, new FrameFlash("done", active ? t.Get("« {0} » est de nouveau proposé.", name) : t.Get("« {0} » n’est plus proposé. Les fiches qui le citent n’ont pas changé.", name)));
        return Redirect($"/o/{Organisation.Slug}/prestataires/{party}");
    }
}
