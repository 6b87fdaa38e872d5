using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.JointControllerships;

[Requires(Function.DraftRecord, Right.Write)]
public sealed class EditModel(JointControllershipStore store, RecordUses uses, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AgreementForm Form { get; set; } = new();

    public JointControllership Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/responsabilites-conjointes/{Found.Id}";
    public PartFormView View => new(AgreementForm.Describe(Form), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid agreement)
    {
        if (!await FindAsync(agreement)) return NotFound();
        (Form, Seen) = (Found.Read(), Found.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid agreement, string? rows, int? seen)
    {
        if (!await FindAsync(agreement)) return NotFound();
        Seen = seen ?? 0;
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t) || !Form.Check(ModelState)) return Page();
        if (await store.SubjectIsTakenAsync(Form.Subject!, agreement))
        {
            ModelState.AddModelError("Form.Subject", "Un accord porte déjà cet objet.");
            return Page();
        }
        var stored = Found.Read();
        var changes = PostedPart.Changes(stored, Form, t);
        if (changes.Count == 0) return Redirect(Back);
        if (Seen != Found.Version || !await store.SaveAsync(agreement, Form, Seen))
        {
            Conflict = SheetDifferences.Compare(stored, Form, key => t.Get(key));
            Seen = Found.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.AgreementChanged.Code, JointControllership.ObjectType, agreement, new EventDetails { Subject = Form.Subject, Changes = changes }));
        if (Form.Subject != Found.Subject) await uses.RenameAsync(agreement, Languages.Key("Accord de responsabilité conjointe"), Found.Subject, Form.Subject!);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", Form.Subject!)));
        return Redirect(Back);
    }

    private async Task<bool> FindAsync(Guid agreement)
    {
        if (await store.FindAsync(agreement) is not { } found) return false;
        Found = found;
        return true;
    }
}
