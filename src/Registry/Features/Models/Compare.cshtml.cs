using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Models;

/// <summary>
/// A sheet beside the model it came from, three texts for each thing the model changed: what it was, what it became, what the commune says. Each is
/// taken, kept or written anew; nothing else of the sheet moves.
/// </summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class CompareModel(RecordDesk desk, RecordIntake intake, ModelShelf shelf, Visitor visitor, IStringLocalizer t) : PageModel
{
    public RecordReading Reading { get; private set; } = null!;
    public ShelfModel Model { get; private set; } = null!;
    public ModelMerge? Merge { get; private set; }
    public IReadOnlyList<RevisionNote> Notes { get; private set; } = [];

    /// <summary>The record changed since the page was opened: the points below are the new ones.</summary>
    public bool Stale { get; private set; }
    public bool Opens => Reading.Record.State == RecordStatus.Published;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{visitor.Organisation.Slug}/traitements/{Reading.Record.Reference}";
    public int Version => Reading.Record.Version;

    public MergeAnswer? AnswerTo(MergePoint point) =>
        Enum.TryParse<MergeAnswer>(Request.HasFormContentType ? (string?)Request.Form[$"answer.{point.Id}"] : null, out var answer) && Enum.IsDefined(answer) ? answer
        : point.IsConflict || Request.HasFormContentType ? null : MergeAnswer.Take;

    public string? WrittenFor(MergePoint point) => Request.HasFormContentType ? (string?)Request.Form[$"text.{point.Id}"] : point.Here ?? point.Became;

    public async Task<IActionResult> OnGetAsync(string reference) => await RefuseAsync(reference, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string reference, int seen, int revision)
    {
        if (await RefuseAsync(reference, toChange: true) is { } refusal) return refusal;
        if (!Model.IsNewerThan(Reading.Record)) return Redirect(Back);  // settled meanwhile, or sent twice
        if (Merge is null) return StatusCode(StatusCodes.Status409Conflict);
        if (seen != Version || revision != Model.Revision)
        {
            Stale = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        foreach (var point in Merge.Points)
        {
            var answer = AnswerTo(point);
            if (answer is null || (answer == MergeAnswer.Write && point.Limit is null))
                ModelState.AddModelError(point.Id, "Dites ce que la fiche doit dire ici.");
            else if (answer == MergeAnswer.Write && WrittenFor(point)?.Length > point.Limit)
                ModelState.AddModelError(point.Id, "Ce texte est trop long.");
        }
        if (!ModelState.IsValid) return Page();
        var settled = Merge.Apply(point => (AnswerTo(point)!.Value, WrittenFor(point)));
        foreach (var error in SheetText.Clean(settled)) ModelState.AddModelError("", t.Get(error.MessageKey, error.Arguments));
        if (!ModelState.IsValid)
        {
            // What was applied is not what is stored: the page shows the three texts again.
            Merge = await MergeAsync();
            return Page();
        }
        var taken = Merge.Points.Count(point => AnswerTo(point) != MergeAnswer.Keep);
        if (!await intake.SettleAsync(Reading, settled, Model, Languages.InFrench(() => t.Get("Révision {0} du modèle « {1} »", Model.Revision, Model.Title))))
        {
            ModelState.AddModelError("", "Une autre fiche porte déjà ce nom : gardez le vôtre, ou écrivez-en un autre.");
            Merge = await MergeAsync();
            return Page();
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", taken == 0
            ? t.Get("Vous gardez votre texte. La fiche est à jour de la révision {0}.", Model.Revision)
            : Opens ? t.Get("La fiche est ouverte en révision avec ce que vous avez repris. Relisez-la, puis soumettez-la.")
            : t.Get("La fiche a repris la révision {0} du modèle.", Model.Revision)));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading || reading.Record.ModelCode is not { } code) return NotFound();
        if (!desk.ReadsDrafts(reading.IsAuthor)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await shelf.FindAsync(code, Organisation.Id) is not { IsIssued: true } model) return NotFound();
        (Reading, Model) = (reading, model);
        if (!ModelCopies.IsOpen(reading.Record.State)) return toChange ? StatusCode(StatusCodes.Status409Conflict) : null;
        if (!visitor.Can(Function.DraftRecord, Right.Write) && !desk.MayDraft(reading)) return StatusCode(StatusCodes.Status403Forbidden);
        Merge = await MergeAsync();
        Notes = await shelf.NotesAsync(code, reading.Record.ModelRevision, model.Library);
        return null;
    }

    private async Task<ModelMerge?> MergeAsync()
    {
        var was = await shelf.ReadAsync(Model.Code, Reading.Record.ModelRevision, Reading.Record.ModelLibrary);
        var became = await shelf.ReadAsync(Model.Code, Model.Revision, Model.Library);
        return was is null || became is null ? null : new ModelMerge(was, became, Reading.Sheet, key => t.Get(key));
    }
}
