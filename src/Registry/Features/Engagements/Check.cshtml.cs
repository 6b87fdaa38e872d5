using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

/// <summary>The check of article 28 on a contract that is no convention; a convention has its own.</summary>
[Requires(Function.ResponsibilityMatrix, Right.Write)]
public sealed class CheckModel(EngagementDesk desk, EngagementStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public Article28Form Form { get; set; } = new();

    public Engagement Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}";
    public Article28FormView View => new(Form, Seen, Back, Conflict);
    private string Seen { get; set; } = "";
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid engagement)
    {
        if (await store.FindAsync(engagement) is not { } found) return NotFound();
        Found = found;
        if (found.ConventionId is not null) return StatusCode(StatusCodes.Status409Conflict);
        var check = found.Read(Organisation.Id).Article28;
        (Form, Seen) = (Article28Form.Of(check), SheetJson.HashOf(check));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagement, string? seen)
    {
        if (await store.FindAsync(engagement, toChange: true) is not { } found) return NotFound();
        (Found, Seen) = (found, seen ?? "");
        if (found.ConventionId is not null) return StatusCode(StatusCodes.Status409Conflict);
        if (PostedPart.Accept(ModelState, Form, t)) foreach (var (field, key) in Form.Faults()) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid)
        {
            Form = Article28Form.Of(Form.Check());
            return Page();
        }
        var (sheet, check) = (found.Read(Organisation.Id), Form.Check());
        var changes = SheetDifferences.Compare(sheet.Article28, check, key => t.Get(key));
        if (changes.Count == 0) return Redirect(Back);
        if (Seen != SheetJson.HashOf(sheet.Article28))
        {
            (Conflict, Seen, Form) = (changes, SheetJson.HashOf(sheet.Article28), Article28Form.Of(check));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        var told = PostedPart.Changes(sheet.Article28, check, t);
        sheet.Article28 = check;
        if (!await store.CheckAsync(engagement, sheet, found.Version)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.Article28Checked, engagement, $"{found.Processor} · {found.Service}", changes: told);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le contrôle est enregistré.")));
        return Redirect(Back);
    }
}
