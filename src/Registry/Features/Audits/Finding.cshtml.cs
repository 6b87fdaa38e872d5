using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Audits;

/// <summary>What an audit found: written, later settled.</summary>
[Requires(Function.Audits, Right.Write)]
public sealed class FindingModel(AuditStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const string Added = "nouveau";

    [BindProperty]
    public FindingForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Audit Audit { get; private set; } = null!;
    public AuditFinding? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/audits/{Audit.Id}";
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer le constat"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(Guid audit, string finding)
    {
        if (!await OpenAsync(audit, finding)) return NotFound();
        if (Kept is null) Id = Guid.CreateVersion7();
        else (Form, Seen) = (FindingForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid audit, string finding, int? seen)
    {
        if (!await OpenAsync(audit, finding)) return NotFound();
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Organisation.Today(clock))) ModelState.AddModelError(field, t.Get(key));
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        if (Kept is null)
        {
            if (await store.AddFindingAsync(Audit.Id, Id, Form)) Told(Actions.FindingAdded, new FindingForm());
            return Redirect(Back);
        }
        var before = FindingForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveFindingAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        Told(Actions.FindingChanged, before);
        return Redirect(Back);
    }

    // Under the audit's own id: its page shows the life of its findings.
    private void Told(Happening happening, FindingForm before)
    {
        journal.Record(new Event(Organisation.Id, happening.Code, Audit.ObjectType, Audit.Id, new EventDetails { Subject = Audit.Scope, Changes = PostedPart.Changes(before, Form, t) is { Count: > 0 } changes ? changes : null }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le constat est enregistré.")));
    }

    private async Task<bool> OpenAsync(Guid audit, string finding)
    {
        if (await store.FindAsync(audit) is not { } found) return false;
        Audit = found;
        return finding == Added || (Guid.TryParse(finding, out var id) && (Kept = await store.FindingsAsync(audit, id) is [var one] ? one : null) is not null);
    }
}
