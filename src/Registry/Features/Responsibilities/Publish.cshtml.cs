using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Responsibilities;

/// <summary>Freezes the matrix: from then on breaches and requests ask this version (F11: the representative decides).</summary>
[Requires(Function.ResponsibilityMatrix, Right.Decide)]
public sealed class PublishModel(ConventionDesk desk, MatrixStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NoteForm Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public IReadOnlyList<MatrixWarning> Warnings { get; private set; } = [];
    public MatrixVersion? Last { get; private set; }
    public int Next => (Last?.Number ?? 0) + 1;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/matrice");
    public MatrixIssue Issue { get; private set; } = null!;
    public string Seen { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string convention) => await RefuseAsync(convention, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string convention, string? seen)
    {
        if (await RefuseAsync(convention, toChange: true) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Last?.Sha256 == Seen && seen == Seen) return Redirect($"{Back}/versions/{Last.Number}");  // pressed twice, or nothing changed: it is out
        if (Issue.Matrix.Rows.Count == 0) ModelState.AddModelError("", "La matrice n’a aucune ligne.");
        foreach (var warning in Warnings.Where(warning => warning.Blocks)) ModelState.AddModelError("", t.Get(warning.MessageKey, warning.Row, warning.Party));
        if (seen != Seen) ModelState.AddModelError("", "La matrice a changé depuis que vous avez ouvert cette page : relisez-la.");
        if (!ModelState.IsValid) return Page();
        var number = await store.IssueAsync(Reading.Convention, Issue, Form.Note);
        desk.Tell(Actions.MatrixIssued, Reading.Convention, Languages.InFrench(() => t.Get("{0}, version {1}", Reading.Convention.Reference, number)), Form.Note);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La version {0} est publiée.", number)));
        return Redirect($"{Back}/versions/{number}");
    }

    private async Task<IActionResult?> RefuseAsync(string convention, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (!reading.Keeps) return StatusCode(StatusCodes.Status403Forbidden);
        if (!IndexModel.MayIssueIn(reading, visitor)) return StatusCode(StatusCodes.Status409Conflict);
        var (kept, versions) = await store.FindAsync(reading.Convention);
        if (kept is null) return NotFound();
        Issue = new([.. MatrixParty.Of(reading.Sheet.Parties)], kept.Read());
        (Last, Seen, Warnings) = (versions.Count > 0 ? versions[0] : null, SheetJson.Sha256(Issue.Write()), MatrixRules.Warnings(Issue.Matrix, Issue.Parties));
        return null;
    }

    public sealed class NoteForm
    {
        [Display(Name = "Ce qui change")]
        [ShortText]
        public string? Note { get; set; }
    }
}
