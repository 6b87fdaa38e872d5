using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ThirdParties;

[Requires(Function.DraftRecord, Right.Write)]
public sealed class EditModel(ThirdPartyStore store, RecordUses uses, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ThirdPartyForm Form { get; set; } = new();

    public ThirdParty Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/prestataires/{Found.Id}";
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid party)
    {
        if (!await FindAsync(party)) return NotFound();
        (Form, Seen) = (Found.Read(), Found.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid party, string? rows, int? seen)
    {
        if (!await FindAsync(party)) return NotFound();
        Seen = seen ?? 0;
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form.Tidy() is { } wrong) ModelState.AddModelError("Form.Siret", wrong);
        if (await store.NameIsTakenAsync(Form.Name!, party)) ModelState.AddModelError("Form.Name", "Un prestataire porte déjà ce nom.");
        if (!ModelState.IsValid) return Page();
        var stored = Found.Read();
        var changes = PostedPart.Changes(stored, Form, t);
        if (changes.Count == 0) return Redirect(Back);
        if (Seen != Found.Version || !await store.SaveAsync(party, Form, Seen))
        {
            Conflict = SheetDifferences.Compare(stored, Form, key => t.Get(key));
            Seen = Found.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.ThirdPartyChanged.Code, KnownThings.ThirdParty, party, new EventDetails { Subject = Form.Name, Changes = changes }));
        if (Form.Name != Found.Name) await uses.RenameAsync(party, Languages.Key("Sous-traitant"), Found.Name, Form.Name!);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", Form.Name!)));
        return Redirect(Back);
    }

    private async Task<bool> FindAsync(Guid party)
    {
        if (await store.FindAsync(party) is not { } found) return false;
        Found = found;
        return true;
    }
}
