using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>The library: the product's models and the officer's own, how many registers use each, and which copies are behind.</summary>
[SignedIn]
public sealed class IndexModel(ModelShelf shelf, ModelStore store, Visitor visitor) : PageModel
{
    public string Search { get; private set; } = "";
    public IReadOnlyList<IGrouping<string, ShelfModel>> Models { get; private set; } = [];
    public IReadOnlyList<ShelfModel> Unissued { get; private set; } = [];
    public IReadOnlyList<ShelfModel> Retired { get; private set; } = [];
    public IReadOnlyDictionary<string, CopyCount> Copies { get; private set; } = new Dictionary<string, CopyCount>();
    public int Count { get; private set; }
    public bool KeepsLibrary { get; private set; }
    public int Behind => Copies.Values.Sum(count => count.Behind);

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search)
    {
        Search = search?.Trim() ?? "";
        var found = (await shelf.ListAsync(null)).Where(model => Search.Length == 0 || RecordModelSearch.Matches(model, Search)).ToList();
        Count = found.Count;
        Models = [.. found.GroupBy(model => model.Domain ?? "")];
        if (!visitor.Can(Function.Templates, Right.Write) || await store.LibraryAsync() is not { } library) return;
        KeepsLibrary = true;
        Copies = await store.CopiesAsync(library);
        var own = await store.ListAsync(library);
        Unissued = [.. own.Where(model => !model.IsIssued && !model.Retired)];
        Retired = [.. own.Where(model => model.Retired)];
    }
}
