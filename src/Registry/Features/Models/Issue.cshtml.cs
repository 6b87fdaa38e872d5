using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>Issues the next revision of a model: what changes, why, and which registers will be asked to compare.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class IssueModel(ModelStore store, ModelShelf shelf, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public IssueForm Form { get; set; } = new();

    private Sheet _before = null!;

    public LibraryModel Own { get; private set; } = null!;
    public IReadOnlyList<SheetDifference> Changes { get; private set; } = [];
    public int Copies { get; private set; }
    public int Next => Own.Revision + 1;
    public string Back => $"/modeles/{Own.Code}";

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (await RefuseAsync(code, toChange: false) is { } refusal) return refusal;
        Form.Seen = Own.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code)
    {
        if (await RefuseAsync(code, toChange: true) is { } refusal) return Own is { Changed: false } && Form.Seen < Own.Version ? Redirect(Back) : refusal;  // pressed twice: it is out
        var note = TypedText.Clean(Form.Note);
        if (note is null) ModelState.TryAddModelError("Form.Note", "Dites en une phrase ce qui change.");
        else if (note.Length > 500) ModelState.TryAddModelError("Form.Note", "Écrivez 500 caractères au plus.");
        else if (TypedText.HasHidden(note, lines: true)) ModelState.TryAddModelError("Form.Note", TypedText.HiddenCharacter);
        if (Form.Seen != Own.Version) ModelState.AddModelError("", "Le modèle a changé depuis que vous avez ouvert cette page : relisez ce qui change.");
        if (!ModelState.IsValid)
        {
            Form.Seen = Own.Version;
            ModelState.Remove("Form.Seen");
            return Page();
        }
        if (!await store.IssueAsync(Own, ModelSheet.Of(Own.ReadSheet()), note!)) return StatusCode(StatusCodes.Status409Conflict);
        journal.Record(new Event(Own.OrganisationId, Actions.ModelIssued.Code, DetailsModel.ObjectType, Own.Id, new EventDetails
        {
            Subject = Languages.InFrench(() => t.Get("{0}, révision {1}", Own.Title, Next)), Reason = note,
            Changes = [.. Languages.InFrench(ChangesSince).Select(one => one.Change)],
        }));
        FrameFilter.Leave(TempData, Copies > 0
            ? new FrameFlash("done", t.Get("La révision {0} est publiée. Voici les fiches qui viennent d’un texte plus ancien.", Next))
            : new FrameFlash("done", t.Get("La révision {0} est publiée. On peut maintenant la reprendre.", Next)));
        return Redirect(Copies > 0 ? $"{Back}/copies" : Back);
    }

    private IReadOnlyList<SheetDifference> ChangesSince() => SheetDifferences.Compare(_before, ModelSheet.Of(Own.ReadSheet()), key => t.Get(key));

    private async Task<IActionResult?> RefuseAsync(string code, bool toChange)
    {
        if (await store.LibraryAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(library, code, toChange) is not { } own) return NotFound();
        Own = own;
        if (!own.Changed || own.Retired) return StatusCode(StatusCodes.Status409Conflict);
        _before = own.Revision == 0 ? new Sheet() : await shelf.ReadAsync(code, own.Revision, library) ?? new Sheet();
        Changes = ChangesSince();
        Copies = (await store.CopiesAsync(library, code)).GetValueOrDefault(code)?.Copies ?? 0;
        return null;
    }

    public sealed class IssueForm
    {
        public int Seen { get; set; }
        public string? Note { get; set; }
    }
}
