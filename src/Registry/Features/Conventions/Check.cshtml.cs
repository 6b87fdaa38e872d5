using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>Says of each item of article 28 whether the text covers it, and where.</summary>
[Requires(Function.ResponsibilityMatrix, Right.Write)]
public sealed class CheckModel(ConventionDesk desk, ConventionStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public Article28Form Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/article-28");
    public Article28FormView View => new(Form, Seen, Back, Conflict);
    private string Seen { get; set; } = "";
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await RefuseAsync(convention, toChange: false) is { } refusal) return refusal;
        (Form, Seen) = (Article28Form.Of(Reading.Sheet.Article28), SheetJson.HashOf(Reading.Sheet.Article28));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string? seen)
    {
        if (await RefuseAsync(convention, toChange: true) is { } refusal) return refusal;
        Seen = seen ?? "";
        var accepted = PostedPart.Accept(ModelState, Form, t);
        if (accepted) foreach (var (field, key) in Form.Faults()) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid)
        {
            Form = Article28Form.Of(Form.Check());
            return Page();
        }
        var (stored, check) = (Reading.Sheet.Article28, Form.Check());
        var changes = SheetDifferences.Compare(stored, check, key => t.Get(key));
        if (changes.Count == 0) return Redirect(Back);
        if (Seen != SheetJson.HashOf(stored))
        {
            (Conflict, Seen, Form) = (changes, SheetJson.HashOf(stored), Article28Form.Of(check));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        var sheet = Reading.Sheet.Copy();
        sheet.Article28 = check;
        if (ConventionStore.IsTooLong(sheet))
        {
            ModelState.AddModelError("", "La convention entière est devenue trop longue : raccourcissez des textes.");
            return Page();
        }
        if (!await store.SaveAsync(Reading.Convention, sheet, partiesToo: false)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.Article28Checked, Reading.Convention, changes: PostedPart.Changes(stored, check, t));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le contrôle est enregistré.")));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string convention, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (ClausesModel.MayCheckIn(reading, visitor)) return null;
        return StatusCode(reading.Keeps && visitor.Can(Function.ResponsibilityMatrix, Right.Write) ? StatusCodes.Status409Conflict : StatusCodes.Status403Forbidden);
    }
}
