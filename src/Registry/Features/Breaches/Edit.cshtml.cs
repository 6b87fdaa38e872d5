using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>One part of what is told of a breach. Two people at once: the second sees both texts and chooses.</summary>
[Requires(Function.Breaches, Right.Write)]
public sealed class EditModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public BreachReading Reading { get; private set; } = null!;
    public BreachPart Part { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}";
    public PartFormView View => new(new SheetForm(new Sheet(), translate: key => t.Get(key)) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private object Form { get; set; } = new();
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(string breach, string chapter)
    {
        if (await RefuseAsync(breach, chapter, toChange: false) is { } refusal) return refusal;
        (Form, Seen) = (Part.Get(Reading.Sheet), Reading.Breach.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach, string chapter, string? rows, int? seen)
    {
        if (await RefuseAsync(breach, chapter, toChange: true) is { } refusal) return refusal;
        (Form, Seen) = (Part.New(), seen ?? 0);
        await TryUpdateModelAsync(Form, Form.GetType(), SheetForm.Prefix);
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form is PeoplePart people) CheckRanges(people);
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        var stored = Part.Get(Reading.Sheet);
        var changes = PostedPart.Changes(stored, Form, t);
        if (changes.Count == 0) return Redirect(Back);
        Part.Set(Reading.Sheet, Form);
        var changed = Reading.Breach with { SheetJson = SheetJson.WritePart(Reading.Sheet), Title = Reading.Sheet.Facts.Title ?? Reading.Breach.Title };
        if (Seen != Reading.Breach.Version || !await store.SaveAsync(changed))
        {
            Conflict = SheetDifferences.Compare(stored, Form, key => t.Get(key));
            Seen = Reading.Breach.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        desk.Tell(Actions.BreachChanged, Reading.Breach, changes: changes);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", t.Get(Part.Title))));
        return Redirect(Back);
    }

    private void CheckRanges(PeoplePart people)
    {
        if (people.RecordsAtMost < people.RecordsAtLeast) ModelState.AddModelError("Form.RecordsAtMost", "Le plus grand nombre est plus petit que l’autre.");
        if (people.SubjectsAtMost < people.SubjectsAtLeast) ModelState.AddModelError("Form.SubjectsAtMost", "Le plus grand nombre est plus petit que l’autre.");
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string part, bool toChange)
    {
        if (BreachSheet.Parts.FirstOrDefault(one => one.Key == part) is not { } known || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        (Reading, Part) = (reading, known);
        return BreachStates.MayEdit(reading.State) ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
