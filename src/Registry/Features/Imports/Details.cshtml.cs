using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Imports;

/// <summary>The second step: what each row would become, then all of it or nothing; afterwards what was imported, and the way back.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class DetailsModel(ImportStore store, ImportDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public const int Shown = 100;

    [BindProperty]
    public ImportForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public RegisterImport Import { get; private set; } = null!;
    public ImportBook? Book { get; private set; }
    public ImportPlan Plan { get; private set; } = new([]);
    public IReadOnlyList<(int Number, string Title, bool Untouched)> Brought { get; private set; } = [];

    /// <summary>The row that the reader asked to see whole.</summary>
    public ImportedRow? Row { get; private set; }
    public string Here => $"/o/{Organisation.Slug}/traitements/importer/{Import.Id}";
    public int ToAdd => Plan.Count(ImportFate.New);

    public IReadOnlyList<(string Title, IReadOnlyList<ReadField> Fields)> Reading =>
        Row is null ? [] : [.. SheetSections.All.Select(section => (section.Title, new SheetReader(t, Row.Sheet).Read(section))).Where(part => part.Item2.Count > 0)];

    public async Task<IActionResult> OnGetAsync(Guid import, [FromQuery(Name = "ligne")] int? row)
    {
        if (await ReadAsync(import, toChange: false) is { } answer) return answer;
        Form.Version = Import.Version;
        Row = Plan.Outcomes.FirstOrDefault(one => one.Row.Number == row)?.Row;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid import)
    {
        if (await ReadAsync(import, toChange: true) is { } answer) return answer;
        // Sent twice, or done by a colleague meanwhile: the report says what there is.
        if (Import.Status != ImportStatus.Read) return Redirect(Here);
        if (Form.Version != Import.Version) return StatusCode(StatusCodes.Status409Conflict);
        var adds = ToAdd + (Form.Taken == ImportForm.Add ? Plan.Count(ImportFate.Taken) : 0);
        if (Plan.Count(ImportFate.Faulty) > 0 && !Form.LeaveOut) ModelState.AddModelError("Form.LeaveOut", "Des lignes sont à corriger : corrigez le fichier et relisez-le, ou laissez ces lignes de côté.");
        if (Plan.Count(ImportFate.Taken) > 0 && Form.Taken is not (ImportForm.Add or ImportForm.Skip)) ModelState.AddModelError("Form.Taken", "Dites quoi faire des noms déjà présents.");
        if (ModelState.IsValid && adds == 0) ModelState.AddModelError("", "Il n’y a aucune fiche à ajouter.");
        if (adds > ImportDesk.MostRecords) ModelState.AddModelError("", t.Get(ImportDesk.TooManyAtOnce, ImportDesk.MostRecords));
        if (!ModelState.IsValid) return Page();
        if (!await desk.ImportAsync(Import, Plan, Form.Taken == ImportForm.Add)) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", adds == 1 ? t.Get("1 fiche est importée, en brouillon.") : t.Get("{0} fiches sont importées, en brouillon.", adds)));
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostDropAsync(Guid import)
    {
        if (await store.FindAsync(import, toChange: true) is not { } found) return NotFound();
        Import = found;
        if (found.Status != ImportStatus.Read) return Redirect(Here);
        if (!await store.EndAsync(found, ImportStatus.Dropped)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.ImportDropped, found.Id, null, found.Sha256);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’import est abandonné, ce qui était lu est effacé.")));
        return Redirect($"/o/{Organisation.Slug}/traitements/importer");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid import)
    {
        if (await store.FindAsync(import, toChange: true) is not { } found) return NotFound();
        Import = found;
        if (found.Status != ImportStatus.Done) return Redirect(Here);
        if (await desk.UndoAsync(found) is not { } undone) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Fiches retirées : {0}. Fiches restées, parce que quelqu’un les avait modifiées : {1}.", undone.Gone, undone.Kept)));
        return Redirect(Here);
    }

    private async Task<IActionResult?> ReadAsync(Guid import, bool toChange)
    {
        if (await store.FindAsync(import, toChange) is not { } found) return NotFound();
        Import = found;
        if (found.Status != ImportStatus.Read)
        {
            Brought = await store.BroughtAsync(import);
            return null;
        }
        if (await store.OpenAsync(import) is not { } book) return NotFound();
        (Book, var choice) = (book, found.ReadChoice());
        if (!choice.Own && (book.IsJson || !choice.Map.ContainsValue(ImportTargets.Title) || found.Version == 1)) return Redirect(Here + "/colonnes");
        Plan = await desk.PlanAsync(book, choice);
        return null;
    }

    public sealed class ImportForm
    {
        public const string Add = "ajouter", Skip = "ignorer";

        public int Version { get; set; }

        [OneOf(Skip, Add)]
        public string? Taken { get; set; }
        public bool LeaveOut { get; set; }

        public static IReadOnlyList<Option> Choices { get; } =
            [new(Skip, Languages.Key("Les ignorer : le registre garde ses fiches")), new(Add, Languages.Key("Les ajouter comme nouvelles fiches, sous un nom suivi de « (importée) »"))];
    }
}
