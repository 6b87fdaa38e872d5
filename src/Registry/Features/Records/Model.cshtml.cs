using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A model of the library, read before it is taken.</summary>
[SignedIn]
public sealed class ModelModel : PageModel
{
    public RecordModel Found { get; private set; } = null!;

    /// <summary>The organisation from which one came to look, when there is one: its own page decides whether the sheet may be taken there.</summary>
    public string? For { get; private set; }

    public IActionResult OnGet(string code, [FromQuery(Name = "pour")] string? slug)
    {
        For = slug is { Length: <= 80 } && slug.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') ? slug : null;
        if (RecordModels.Find(code) is not { } found) return NotFound();
        Found = found;
        return Page();
    }
}
