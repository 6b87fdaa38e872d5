using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>A model of the library, read before it is taken; the officer makes it hers here, and retires what she no longer offers.</summary>
[SignedIn]
public sealed class DetailsModel(ModelShelf shelf, ModelStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    public const string ObjectType = "RECORD_MODEL";

    public ShelfModel Found { get; private set; } = null!;
    public RecordModel? Shipped { get; private set; }

    /// <summary>The officer's own, when she has it in her library: its text as she works on it.</summary>
    public LibraryModel? Own { get; private set; }
    public Sheet Sheet { get; private set; } = null!;
    public IReadOnlyList<RevisionNote> Revisions { get; private set; } = [];
    public CopyCount? Copies { get; private set; }
    public bool KeepsLibrary { get; private set; }

    /// <summary>The organisation from which one came to look, when there is one: its own page decides whether the sheet may be taken there.</summary>
    public string? For { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, [FromQuery(Name = "pour")] string? slug)
    {
        For = slug is not null && CurrentOrganisation.IsSlug(slug) ? slug : null;
        var library = visitor.Can(Function.Templates, Right.Write) ? await store.LibraryAsync() : null;
        KeepsLibrary = library is not null;
        Own = library is { } owner ? await store.FindAsync(owner, code) : null;
        if ((await shelf.FindAsync(code, null) ?? Own?.AsShelfModel()) is not { } found) return NotFound();
        (Found, Shipped) = (found, RecordModels.Find(code));
        Sheet = Own?.ReadSheet() ?? (await shelf.ReadAsync(code, found.Revision, found.Library))!;
        if (Own is not null) Revisions = await store.RevisionsAsync(Own);
        if (library is { } counted) Copies = (await store.CopiesAsync(counted, code)).GetValueOrDefault(code);
        return Page();
    }

    /// <summary>Makes a model of the product the officer's own, to change it: copies everywhere then follow hers.</summary>
    public async Task<IActionResult> OnPostEditionAsync(string code)
    {
        if (await MineAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (RecordModels.Find(code) is not { } shipped) return NotFound();
        if (await store.FindAsync(library, code) is null)
        {
            var id = Guid.CreateVersion7();
            // Twice the same button: the second finds the first one's.
            if (await store.AddAsync(library, id, code, [.. shipped.OrganisationTypes], ModelSheet.Of(shipped.ToSheet()), revision: 1))
                Tell(library, Actions.ModelAdded, id, shipped.TitleFr);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Ce modèle est maintenant le vôtre. Changez ce que vous voulez, puis publiez la révision.")));
        }
        return Redirect($"/modeles/{code}");
    }

    public async Task<IActionResult> OnPostRetireAsync(string code, bool retired)
    {
        if (await MineAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.FindAsync(library, code, toChange: true) is not { } own) return NotFound();
        if (own.Retired != retired && await store.RetireAsync(own, retired))
        {
            Tell(library, retired ? Actions.ModelRetired : Actions.ModelBroughtBack, own.Id, own.Title);
            FrameFilter.Leave(TempData, retired
                ? new FrameFlash("done", t.Get("Le modèle n’est plus proposé. Les fiches qui en viennent restent."))
                : new FrameFlash("done", t.Get("Le modèle est de nouveau proposé.")));
        }
        return Redirect($"/modeles/{code}");
    }

    private async Task<Guid?> MineAsync() => visitor.Can(Function.Templates, Right.Write) ? await store.LibraryAsync() : null;

    private void Tell(Guid library, Happening happening, Guid model, string title) =>
        journal.Record(new Event(library, happening.Code, ObjectType, model, new EventDetails { Subject = title }));
}
