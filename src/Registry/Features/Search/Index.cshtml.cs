using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Facts;

namespace Registry.Features.Search;

/// <summary>Looks through all that the person may see.</summary>
[SignedIn]
public sealed class IndexModel(SearchStore store) : PageModel
{
    public string Text { get; private set; } = "";
    public string[] Words { get; private set; } = [];

    /// <summary>What was looked for instead, when nothing answers to what was typed.</summary>
    public string? Corrected { get; private set; }
    public IReadOnlyList<FoundOrganisation> Organisations { get; private set; } = [];
    public IReadOnlyList<FoundRecord> Records { get; private set; } = [];
    public int Total => Records.Count == 0 ? 0 : Records[0].Total;
    public int Pages => Math.Max(1, (Total + SearchStore.PageSize - 1) / SearchStore.PageSize);
    public int PageNumber { get; private set; } = 1;

    public string Page(int number) => QueryString.Create(new Dictionary<string, string?> { ["q"] = Text, ["page"] = $"{number}" }).ToString();

    public async Task OnGetAsync([FromQuery(Name = "q")] string? typed, [FromQuery(Name = "page")] string? page)
    {
        // Read as the search reads it: half letters and controls out, two hundred characters.
        Text = string.Concat((typed ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(200)).Trim();
        if (SearchWords.Of(Text) is not { } words) return;
        var asked = int.TryParse(page, out var number) && number > 0 ? number : 1;
        Words = words;
        (Organisations, Records) = await store.FindAsync(words, SearchWords.Number(Text), asked);
        if (Organisations.Count == 0 && Records.Count == 0 && await store.CorrectAsync(words) is { } other)
        {
            (Organisations, Records) = await store.FindAsync(other, null, asked);
            if (Organisations.Count > 0 || Records.Count > 0) (Corrected, Words) = (string.Join(' ', other), other);
        }
        PageNumber = Math.Min(asked, Pages);
    }
}
