using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>Edits one part of the text. What cannot be read is said by its field and nothing typed is lost.</summary>
[BeyondOrganisation]
[Requires(Function.Conventions, Right.WriteOwn)]
public sealed class EditModel(ConventionDesk desk, ConventionStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public ConventionSection Section { get; private set; } = null!;
    public object Part { get; private set; } = null!;

    /// <summary>The hash of the part as the form was opened (S-90).</summary>
    public string Seen { get; private set; } = "";
    public IReadOnlyList<SheetDifference> Conflict { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/texte");
    private Offer Offered { get; set; } = Offer.None;

    public IReadOnlyList<FormField> Describe() => new SheetForm(new Sheet(), translate: key => t.Get(key)) { Offered = Offered, MarksOptional = Part is ConventionSubject }.Describe(Part);

    public async Task<IActionResult> OnGetAsync(string convention, string part)
    {
        if (await RefuseAsync(convention, part, toChange: false) is { } refusal) return refusal;
        (Part, Seen) = (Section.Get(Reading.Sheet), SheetJson.HashOf(Section.Get(Reading.Sheet)));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string part, string? rows, string? next, string? seen)
    {
        if (await RefuseAsync(convention, part, toChange: true) is { } refusal) return refusal;
        var form = Section.New();
        await TryUpdateModelAsync(form, Section.Type, SheetForm.Prefix);
        (Part, Seen) = (form, seen ?? "");
        if (rows is not null)
        {
            SectionInput.ChangeRows(ModelState, Request.Form, form, rows);
            return Page();
        }
        if (!ModelState.IsValid) return Page();
        SectionInput.Clean(ModelState, form, t);
        foreach (var (path, key) in ConventionRules.Faults(form)) ModelState.TryAddModelError($"{SheetForm.Prefix}.{path}", t.Get(key));
        if (!ModelState.IsValid)
        {
            SectionInput.KeepTyped(ModelState);
            return Page();
        }
        return await SaveAsync(form, next);
    }

    private async Task<IActionResult> SaveAsync(object form, string? next)
    {
        var stored = Section.Get(Reading.Sheet);
        if (form is ConventionParties parties) await desk.LinkAsync(parties, Reading.Sheet.Parties);
        var changes = SheetDifferences.Compare(stored, form, key => t.Get(key));
        if (Seen != SheetJson.HashOf(stored) && changes.Count > 0)
        {
            (Conflict, Seen) = (changes, SheetJson.HashOf(stored));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        if (changes.Count > 0)
        {
            var sheet = Reading.Sheet.Copy();
            Section.Set(sheet, form);
            if (ConventionStore.IsTooLong(sheet))
            {
                ModelState.AddModelError("", "La convention entière est devenue trop longue : raccourcissez des textes.");
                SectionInput.KeepTyped(ModelState);
                return Page();
            }
            if (!await store.SaveAsync(Reading.Convention, sheet, partiesToo: form is ConventionParties)) return StatusCode(StatusCodes.Status409Conflict);
            desk.Tell(Actions.ConventionChanged, Reading.Convention, $"{Reading.Convention.Reference} · {Section.Title}", changes: PostedPart.Changes(stored, form, t));
            var saved = (await store.FindAsync(Reading.Convention.Reference))!;
            if (await desk.ResettleAsync(saved, sheet) is null) return StatusCode(StatusCodes.Status409Conflict);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", t.Get(Section.Title))));
        }
        var following = ConventionSections.All.SkipWhile(other => other != Section).Skip(1).FirstOrDefault();
        return Redirect(next == "continue" && following is not null ? desk.At(Reading.Convention, "/modifier/" + following.Key) : $"{Back}#{Section.Key}");
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string part, bool toChange)
    {
        if (ConventionSections.Find(part) is not { } found || await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        (Section, Reading) = (found, reading);
        if (!desk.MayEdit(reading)) return StatusCode(reading.Keeps && !ConventionStates.MayEdit(reading.Convention.State) ? StatusCodes.Status409Conflict : StatusCodes.Status403Forbidden);
        if (found.Type == typeof(ConventionParties))
            Offered = new Offer(new Dictionary<(Type, string), IReadOnlyList<string>> { [(typeof(PartyRow), nameof(PartyRow.Name))] = [.. (await store.KnownBodiesAsync()).Select(body => body.Name)] });
        return null;
    }
}
