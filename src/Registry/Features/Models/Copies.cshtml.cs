using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Models;

/// <summary>The campaign of a revision: which sheets come from an older text, what each would have to settle, and one act for those that agree.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class CopiesModel(ModelStore store, ModelShelf shelf, RolloutStore rollouts, RolloutStarter starter, IStringLocalizer t) : PageModel
{
    private const int PageSize = 50;

    public ShelfModel Found { get; private set; } = null!;
    public IReadOnlyList<CopyState> Lines { get; private set; } = [];
    public CopyCount Count { get; private set; } = new("", 0, 0);
    public int PageNumber { get; private set; }
    public int Pages => Math.Max(1, (Count.Behind + PageSize - 1) / PageSize);
    public int First => (PageNumber - 1) * PageSize + 1;
    public int UpToDate => Count.Copies - Count.Behind;
    public RevisionNote? Newest { get; private set; }
    public Guid FormId { get; } = Guid.CreateVersion7();

    public async Task<IActionResult> OnGetAsync(string code, [FromQuery(Name = "page")] string? page)
    {
        if (await FindAsync(code) is not { } library) return NotFound();
        PageNumber = Math.Clamp(int.TryParse(page, out var number) ? number : 1, 1, Pages);
        if (await store.FindAsync(library, code) is { } own) Newest = (await store.RevisionsAsync(own)) is [var newest, ..] ? newest : null;
        if (Count.Behind == 0) return Page();
        var copies = await store.ListCopiesAsync(code, Found.Revision, PageSize, First - 1);
        var texts = await shelf.ReadAsync([(code, Found.Revision), .. copies.Select(copy => (code, copy.ModelRevision)).Distinct()], null);
        Lines = [.. copies.Select(copy => new CopyState(copy,
            texts.TryGetValue((code, copy.ModelRevision), out var was) ? new ModelMerge(was, texts[(code, Found.Revision)], SheetJson.Read(copy.SheetJson), key => t.Get(key)) : null))];
        return Page();
    }

    /// <summary>Takes the revision into every copy where the model and the commune do not contradict each other.</summary>
    public async Task<IActionResult> OnPostAsync(string code, Guid form)
    {
        if (await FindAsync(code) is not { } library) return NotFound();
        var targets = await store.BodiesBehindAsync(code, Found.Revision);
        if (targets.Count == 0) return Redirect($"/modeles/{code}/copies");
        await rollouts.PrepareAsync(library, form, RolloutKind.Revise, [(code, Found.Revision)], targets);
        await starter.StartAsync(library, form, Found.Title);
        return Redirect($"/modeles/diffusions/{form}");
    }

    private async Task<Guid?> FindAsync(string code)
    {
        if (await store.LibraryAsync() is not { } library || await shelf.FindAsync(code, null) is not { IsIssued: true } found) return null;
        Found = found;
        Count = (await store.CopiesAsync(library)).GetValueOrDefault(code) ?? new CopyCount(code, 0, 0);
        return library;
    }
}
