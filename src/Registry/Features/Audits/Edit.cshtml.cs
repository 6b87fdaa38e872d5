using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Audits;

/// <summary>One audit: planned, later held with its report.</summary>
[Requires(Function.Audits, Right.Write)]
public sealed class EditModel(AuditStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const string Added = "nouveau";

    [BindProperty]
    public AuditForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Audit? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    private string Back => $"/o/{Organisation.Slug}/audits" + (Kept is null ? "" : $"/{Kept.Id}");
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer l’audit"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(string audit)
    {
        if (!await OpenAsync(audit)) return NotFound();
        if (Kept is null) Id = Guid.CreateVersion7();
        else (Form, Seen) = (AuditForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string audit, int? seen)
    {
        if (!await OpenAsync(audit)) return NotFound();
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Organisation.Today(clock))) ModelState.AddModelError(field, t.Get(key));
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        if (Kept is null)
        {
            if (await store.AddAsync(Id, Form)) Told(Actions.AuditAdded, Id, new AuditForm());
            return Redirect($"{Back}/{Id}");
        }
        var before = AuditForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        Told(Actions.AuditChanged, Kept.Id, before);
        return Redirect(Back);
    }

    private void Told(Happening happening, Guid id, AuditForm before)
    {
        journal.Record(new Event(Organisation.Id, happening.Code, Audit.ObjectType, id, new EventDetails { Subject = Form.Scope, Changes = PostedPart.Changes(before, Form, t) is { Count: > 0 } changes ? changes : null }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’audit est enregistré.")));
    }

    private async Task<bool> OpenAsync(string audit) => audit == Added || (Guid.TryParse(audit, out var id) && (Kept = await store.FindAsync(id)) is not null);
}
