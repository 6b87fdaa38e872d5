using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Systems;

[Requires(Function.DraftRecord, Right.Write)]
public sealed class EditModel(SystemStore store, KnownThings known, RecordUses uses, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public SystemForm Form { get; set; } = new();

    public InformationSystem Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/applications/{Found.Id}";
    public PartFormView View => new(new SheetForm(new Sheet()) { Offered = Offered, MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    private Offer Offered { get; set; } = Offer.None;

    public async Task<IActionResult> OnGetAsync(Guid system)
    {
        if (!await FindAsync(system)) return NotFound();
        (Form, Seen) = (Found.Read(), Found.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid system, string? rows, int? seen)
    {
        if (!await FindAsync(system)) return NotFound();
        Seen = seen ?? 0;
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (await store.NameIsTakenAsync(Form.Name!, system))
        {
            ModelState.AddModelError("Form.Name", "Une application porte déjà ce nom.");
            return Page();
        }
        var stored = Found.Read();
        var changes = PostedPart.Changes(stored, Form, t);
        if (changes.Count == 0) return Redirect(Back);
        var vendor = await known.ThirdPartyAsync(Form.Vendor, "THIRD_PARTY");
        if (Seen != Found.Version || !await store.SaveAsync(system, Form, vendor, Seen))
        {
            Conflict = SheetDifferences.Compare(stored, Form, key => t.Get(key));
            Seen = Found.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.SystemChanged.Code, KnownThings.System, system, new EventDetails { Subject = Form.Name, Changes = changes }));
        if (Form.Name != Found.Name) await uses.RenameAsync(system, Languages.Key("Application"), Found.Name, Form.Name!);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", Form.Name!)));
        return Redirect(Back);
    }

    private async Task<bool> FindAsync(Guid system)
    {
        if (await store.FindAsync(system) is not { } found) return false;
        Found = found;
        Offered = Offers.Of(await known.ThirdPartyNamesAsync());
        return true;
    }
}
