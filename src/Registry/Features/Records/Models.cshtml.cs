using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

[SignedIn]
public sealed class ModelsModel : PageModel
{
    public string Search { get; private set; } = "";
    public IReadOnlyList<IGrouping<string, RecordModel>> Models { get; private set; } = [];
    public int Count { get; private set; }

    public void OnGet([FromQuery(Name = "q")] string? search)
    {
        Search = search?.Trim() ?? "";
        var found = RecordModels.All.Where(model => Search.Length == 0 || RecordModelSearch.Matches(model, Search)).ToList();
        Count = found.Count;
        Models = [.. found.GroupBy(model => model.Domain)];
    }
}
