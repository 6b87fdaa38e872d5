using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Edits one part of the sheet. An incomplete draft is kept; what cannot be read at all is said by its field and nothing is lost.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class EditModel(RecordDesk desk, RecordStore store, OfficeStore office, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int LargestSheet = 600_000;

    public RecordReading Reading { get; private set; } = null!;
    public SheetSection Section { get; private set; } = null!;
    public object Part { get; private set; } = null!;

    /// <summary>The hash of the part as the form was opened: tells whether somebody saved the same part meanwhile (S-90).</summary>
    public string Seen { get; private set; } = "";

    /// <summary>Set when somebody did: her text against this one, field by field.</summary>
    public IReadOnlyList<SheetDifference> Conflict { get; private set; } = [];

    public string Back => $"/o/{visitor.Organisation.Slug}/traitements/{Reading.Record.Reference}";
    public CurrentOrganisation Organisation => visitor.Organisation;

    /// <summary>Asked of what is in the form now: a row confirmed a moment ago no longer misses.</summary>
    public IReadOnlyList<PublicationMessage> Missing => [.. Reading.Judge(Reading.With(Section, Part)).For(Section.Key)];

    public SheetForm Describe() => new(Reading.With(Section, Part), Reading.InForce is not null, key => t.Get(key)) { Units = Units, Holds = desk.Holds };
    private IReadOnlyList<string> Units { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, string section)
    {
        if (await RefuseAsync(reference, section, toChange: false) is { } refusal) return refusal;
        Show(Section.Get(Reading.Sheet));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string section, string? rows, string? next, string? seen)
    {
        if (await RefuseAsync(reference, section, toChange: true) is { } refusal) return refusal;
        var form = Section.New();
        await TryUpdateModelAsync(form, Section.Type, SheetForm.Prefix);
        SheetForm.KeepReserved(form, Section.Get(Reading.Sheet), desk.Holds);
        Seen = seen ?? "";
        Part = form;
        if (rows is not null)
        {
            SectionInput.ChangeRows(ModelState, Request.Form, form, rows);
            return Page();
        }
        // What could not even be read stays as it was typed; the rest is judged on the cleaned text, whose rows may have moved.
        if (!ModelState.IsValid) return Page();
        // Who concludes today need not say so.
        if (form is DpiaSection { Conclusion.Length: > 0, DecidedOn: null } screening) screening.DecidedOn = desk.Today;
        SectionInput.Clean(ModelState, form, t);
        await CheckTitleAsync();
        if (!ModelState.IsValid) return KeepTyped();
        return await SaveAsync(form, next);
    }

    private async Task<IActionResult> SaveAsync(object form, string? next)
    {
        var sheet = Reading.With(Section, form);
        var stored = Section.Get(Reading.Sheet);
        var conflict = Languages.InFrench(() => SheetDifferences.Compare(Section, stored, form, Reading.Sheet, Reading.Sheet, key => t.Get(key)));
        if (Seen != SheetJson.HashOf(stored) && conflict.Count > 0)
        {
            Conflict = SheetDifferences.Compare(Section, stored, form, Reading.Sheet, Reading.Sheet, key => t.Get(key));
            Seen = SheetJson.HashOf(stored);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        if (System.Text.Encoding.UTF8.GetByteCount(SheetJson.Write(sheet)) > LargestSheet)
        {
            ModelState.AddModelError("", "La fiche entière est devenue trop longue : raccourcissez des textes.");
            return KeepTyped();
        }
        if (conflict.Count > 0)
        {
            if (!await store.SaveAsync(Reading.Record, sheet, Reading.Judge(sheet).Percent)) return StatusCode(StatusCodes.Status409Conflict);
            desk.Tell(Actions.RecordChanged, Reading.Record.Id, $"{Reading.Record.Reference} · {Section.Title}",
                changes: [.. conflict.Select(one => new Change(one.Row is null ? one.LabelKey : $"{one.LabelKey} ({one.Row})", one.Old, one.New))]);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", t.Get(Section.Title))));
        }
        var following = SheetSections.All.SkipWhile(other => other != Section).Skip(1).FirstOrDefault();
        return Redirect(next == "continue" && following is not null ? $"{Back}/modifier/{following.Key}" : $"{Back}#{Section.Key}");
    }

    private async Task CheckTitleAsync()
    {
        if (Part is not IdentificationSection identification) return;
        if (string.IsNullOrEmpty(identification.Title))
            ModelState.TryAddModelError("Form.Title", "Donnez un nom au traitement.");
        else if (await store.TitleIsTakenAsync(identification.Title, Reading.Record.Id))
            ModelState.TryAddModelError("Form.Title", "Une autre fiche porte déjà ce nom : choisissez-en un autre.");
    }

    private PageResult KeepTyped()
    {
        SectionInput.KeepTyped(ModelState);
        return Page();
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string section, bool toChange)
    {
        if (SheetSections.Find(section) is not { } found || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        (Section, Reading) = (found, reading);
        if (found.Type == typeof(IdentificationSection)) Units = await office.UnitsAsync();
        if (desk.MayDraft(reading)) return null;
        // The right person at the wrong moment is a conflict of states; the wrong person is refused.
        return StatusCode(RecordStates.MayEdit(reading.Record.State, visitor.RoleCodes) ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict);
    }

    private void Show(object part)
    {
        Part = part;
        Seen = SheetJson.HashOf(part);
    }
}
