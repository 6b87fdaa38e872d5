using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Facts;

namespace Registry.Features.Search;

/// <summary>Looks through all that the person may see: the first of each kind, or all of one kind by pages.</summary>
[SignedIn]
public sealed class IndexModel(SearchStore store) : PageModel
{
    private const int MostOfEach = 10;
    private const int PageSize = 20;
    public const string Records = "traitements", Systems = "applications", ThirdParties = "prestataires";

    public string Text { get; private set; } = "";
    public string[] Words { get; private set; } = [];

    /// <summary>What was looked for instead, when nothing answers to what was typed.</summary>
    public string? Corrected { get; private set; }
    public Found Found { get; private set; } = new([], [], [], []);

    /// <summary>The one kind that is shown.</summary>
    public string? Only { get; private set; }
    public int PageNumber { get; private set; } = 1;
    public int Pages => Only is null ? 1 : Math.Max(1, (Total(Only) + PageSize - 1) / PageSize);

    public int Total(string kind) => kind switch
    {
        Records when Found.Records is [var first, ..] => first.Total,
        Systems when Found.Systems is [var first, ..] => first.Total,
        ThirdParties when Found.ThirdParties is [var first, ..] => first.Total,
        _ => 0,
    };

    public string Address(string? only = null, int page = 1) => QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Text, ["dans"] = only, ["page"] = page > 1 ? $"{page}" : null }.Where(pair => pair.Value is not null)).ToString();

    public async Task OnGetAsync([FromQuery(Name = "q")] string? typed, [FromQuery(Name = "dans")] string? kind, [FromQuery(Name = "page")] string? page)
    {
        // Read as the search reads it: half letters and controls out, two hundred characters.
        Text = string.Concat((typed ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(200)).Trim();
        Only = kind is Records or Systems or ThirdParties ? kind : null;
        if (SearchWords.Of(Text) is not { } words) return;
        var asked = Only is not null && int.TryParse(page, out var number) && number > 0 ? number : 1;
        var size = Only is null ? MostOfEach : PageSize;
        Words = words;
        Found = await store.FindAsync(words, SearchWords.Number(Text), asked, size);
        if (Found.IsEmpty && await store.CorrectAsync(words) is { } other)
        {
            Found = await store.FindAsync(other, null, asked, size);
            if (!Found.IsEmpty) (Corrected, Words) = (string.Join(' ', other), other);
        }
        PageNumber = Math.Min(asked, Pages);
    }
}
