using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Records;

/// <summary>Edits one part of the sheet. An incomplete draft is kept; what cannot be read at all is said by its field and nothing is lost.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class EditModel(RecordDesk desk, SectionDesk sections, Visitor visitor, TimeProvider clock, IStringLocalizer t) : PageModel
{
    public RecordReading Reading { get; private set; } = null!;
    public SheetSection Section { get; private set; } = null!;
    public object Part { get; private set; } = null!;

    /// <summary>The hash of the part as the form was opened: tells whether somebody saved the same part meanwhile (S-90).</summary>
    public string Seen { get; private set; } = "";

    /// <summary>Set when somebody did: her text against this one, field by field.</summary>
    public IReadOnlyList<SheetDifference> Conflict { get; private set; } = [];

    /// <summary>What stands beside the form: an unsaved draft, the save that can be taken back, comments.</summary>
    public SectionMargin Margin { get; private set; } = SectionMargin.Nothing;

    /// <summary>The form shows what was sent and not saved: rows were added, or something could not be read.</summary>
    public bool Typed { get; private set; }
    public RecordDraft? Resumed { get; private set; }

    public string Back => $"/o/{visitor.Organisation.Slug}/traitements/{Reading.Record.Reference}";
    public string Here => $"{Back}/modifier/{Section.Key}";
    public CurrentOrganisation Organisation => visitor.Organisation;

    /// <summary>Asked of what is in the form now: a row confirmed a moment ago no longer misses.</summary>
    public IReadOnlyList<PublicationMessage> Missing => [.. Reading.Judge(Reading.With(Section, Part)).For(Section.Key)];

    public SheetForm Describe() => new(Reading.With(Section, Part), Reading.InForce is not null, key => t.Get(key)) { Offered = Offered, Holds = desk.Holds };
    private Offer Offered { get; set; } = Offer.None;

    public async Task<IActionResult> OnGetAsync(string reference, string section)
    {
        if (await RefuseAsync(reference, section, toChange: false) is { } refusal) return refusal;
        Part = Section.Get(Reading.Sheet);
        Seen = SheetJson.HashOf(Part);
        Margin = await sections.MarginAsync(Reading, Section);
        if (Margin.Draft is not { } kept) return Page();
        var typed = Section.New();
        await TryUpdateModelAsync(typed, Section.Type, SheetForm.Prefix, SectionTyping.Read(kept.Form), _ => true);
        SheetForm.KeepReserved(typed, Part, desk.Holds);
        // A draft sent at the very moment of the save says what is saved: there is nothing to resume.
        if (ModelState.IsValid && SectionTyping.SaysTheSame(typed, Part)) Margin = Margin with { Draft = null };
        else if (Request.Query.ContainsKey("brouillon")) (Part, Seen, Resumed) = (typed, kept.Seen, kept);
        if (Resumed is null) ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, string section, string? rows, string? next, string? seen)
    {
        if (await RefuseAsync(reference, section, toChange: true) is { } refusal) return refusal;
        var form = await TypedAsync(seen);
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
        if (await sections.TitleFaultAsync(form, Reading.Record.Id) is { } fault) ModelState.TryAddModelError("Form.Title", fault);
        if (ModelState.IsValid) return await SaveAsync(form, next);
        SectionInput.KeepTyped(ModelState);
        return Page();
    }

    /// <summary>The two texts become one, as chosen; it is shown again before it is saved.</summary>
    public async Task<IActionResult> OnPostChooseAsync(string reference, string section, string? seen)
    {
        if (await RefuseAsync(reference, section, toChange: true) is { } refusal) return refusal;
        var form = await TypedAsync(seen);
        if (!ModelState.IsValid) return Page();
        SheetMerge.Take(Section.Get(Reading.Sheet.Copy()), form, SectionTyping.TakenFromTheOther(Request.Form));
        ModelState.Clear();
        return Page();
    }

    /// <summary>The script sends the form here while its author rests: kept for her alone, and no change of the record.</summary>
    public async Task<IActionResult> OnPostDraftAsync(string reference, string section, string? seen)
    {
        if (await RefuseAsync(reference, section, toChange: false) is { } refusal) return refusal;
        ModelState.Clear();
        var at = await sections.KeepDraftAsync(Reading.Record.Id, Section, await SectionTyping.WriteAsync(Request.Form), seen);
        var end = User.SessionEnd();
        return new JsonResult(new { at = Dates.Hour(at, Organisation.Zone), left = (int)(end.At - clock.GetUtcNow()).TotalSeconds, final = end.Final });
    }

    public async Task<IActionResult> OnPostForgetAsync(string reference, string section)
    {
        if (await RefuseAsync(reference, section, toChange: false) is { } refusal) return refusal;
        await sections.ForgetDraftAsync(Reading.Record.Id, Section);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le brouillon est abandonné. Voici le texte enregistré.")));
        return Redirect(Here);
    }

    private async Task<object> TypedAsync(string? seen)
    {
        var form = Section.New();
        await TryUpdateModelAsync(form, Section.Type, SheetForm.Prefix);
        SheetForm.KeepReserved(form, Section.Get(Reading.Sheet), desk.Holds);
        (Seen, Part, Typed) = (seen ?? "", form, true);
        return form;
    }

    private async Task<IActionResult> SaveAsync(object form, string? next)
    {
        var saved = await sections.SaveAsync(Reading, Section, form, Seen);
        if (saved.TooLong)
        {
            ModelState.AddModelError("", "La fiche entière est devenue trop longue : raccourcissez des textes.");
            SectionInput.KeepTyped(ModelState);
            return Page();
        }
        if (saved.Meanwhile) return StatusCode(StatusCodes.Status409Conflict);
        if (saved.Conflict.Count > 0)
        {
            (Conflict, Seen) = (saved.Conflict, SheetJson.HashOf(Section.Get(Reading.Sheet)));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        if (saved.Changed)
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", t.Get(Section.Title)), t.Get("Annuler mon dernier enregistrement"), $"{Back}/annuler/{Section.Key}"));
        var following = SheetSections.All.SkipWhile(other => other != Section).Skip(1).FirstOrDefault();
        return Redirect(next == "continue" && following is not null ? $"{Back}/modifier/{following.Key}" : $"{Back}#{Section.Key}");
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string section, bool toChange)
    {
        if (SheetSections.Find(section) is not { } found || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        (Section, Reading) = (found, reading);
        Offered = await sections.OfferAsync(found);
        return desk.RefusalToDraft(reading) is { } status ? StatusCode(status) : null;
    }
}
