using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>Edits one part of the officer's own model. Nothing reaches a register before the next revision is issued.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class EditModel(ModelStore store, Journal journal, IStringLocalizer t) : PageModel
{
    public LibraryModel Own { get; private set; } = null!;
    public SheetSection Section { get; private set; } = null!;
    public Sheet Sheet { get; private set; } = null!;
    public object Part { get; private set; } = null!;
    public string Seen { get; private set; } = "";
    public IReadOnlyList<SheetDifference> Conflict { get; private set; } = [];
    public string Back => $"/modeles/{Own.Code}";

    public async Task<IActionResult> OnGetAsync(string code, string section)
    {
        if (await RefuseAsync(code, section, toChange: false) is { } refusal) return refusal;
        (Part, Seen) = (Section.Get(Sheet), SheetJson.HashOf(Section.Get(Sheet)));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, string section, string? rows, string? next, string? seen)
    {
        if (await RefuseAsync(code, section, toChange: true) is { } refusal) return refusal;
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
        if (form is IdentificationSection { Title: null or "" }) ModelState.TryAddModelError("Form.Title", "Donnez un nom au modèle.");
        if (!ModelState.IsValid)
        {
            SectionInput.KeepTyped(ModelState);
            return Page();
        }
        var stored = Section.Get(Sheet);
        var changes = SheetDifferences.Compare(Section, stored, form, Sheet, Sheet, key => t.Get(key));
        if (Seen != SheetJson.HashOf(stored) && changes.Count > 0)
        {
            (Conflict, Seen) = (changes, SheetJson.HashOf(stored));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        if (changes.Count > 0)
        {
            var sheet = Sheet.Copy();
            Section.Set(sheet, form);
            if (!await store.SaveAsync(Own, sheet)) return StatusCode(StatusCodes.Status409Conflict);
            var told = Languages.InFrench(() => SheetDifferences.Compare(Section, stored, form, Sheet, Sheet, key => t.Get(key)));
            journal.Record(new Event(Own.OrganisationId, Actions.ModelChanged.Code, DetailsModel.ObjectType, Own.Id, new EventDetails
            {
                Subject = $"{sheet.Identification.Title} · {Section.Title}",
                Changes = [.. told.Select(one => one.Change)],
            }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré. Publiez la révision quand tout est prêt.", t.Get(Section.Title))));
        }
        var following = SheetSections.All.Where(ModelSections.Holds).SkipWhile(other => other != Section).Skip(1).FirstOrDefault();
        return Redirect(next == "continue" && following is not null ? $"{Back}/modifier/{following.Key}" : $"{Back}#{Section.Key}");
    }

    private async Task<IActionResult?> RefuseAsync(string code, string section, bool toChange)
    {
        if (await store.LibraryAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (SheetSections.Find(section) is not { } found || !ModelSections.Holds(found) || await store.FindAsync(library, code, toChange) is not { } own) return NotFound();
        (Section, Own, Sheet) = (found, own, own.ReadSheet());
        return null;
    }
}
