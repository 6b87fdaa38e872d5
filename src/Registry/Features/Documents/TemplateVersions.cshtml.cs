using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Documents;

/// <summary>Two texts with their words marked.</summary>
public sealed record ComparedTexts(string Key, string Title, IReadOnlyList<TextSegment> Words)
{
    public static ComparedTexts Of(string key, string title, string older, string newer) => new(key, title, WordDifference.Compare(older, newer));

    public bool Same => Words.All(word => word.Kind == Segment.Same);
}

/// <summary>The versions of a text, what it changes of the shipped one, and what the program has changed of that since.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class TemplateVersionsModel(TemplateDesk desk, Visitor visitor) : PageModel
{
    public TemplateStanding Standing { get; private set; } = null!;
    public IReadOnlyList<TemplateText> Versions { get; private set; } = [];
    public List<ComparedTexts> Compared { get; } = [];
    public bool OfArea { get; private set; }
    public int? Chosen { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string All => $"/o/{Organisation.Slug}/documents/modeles";
    public string Text => $"{All}/{Standing.Shipped.Code}{(OfArea ? "?portee=delegue" : "")}";
    public string At(int version) => $"?{(OfArea ? "portee=delegue&" : "")}version={version}";
    public string TakeUp(int version) => $"{All}/{Standing.Shipped.Code}?{(OfArea ? "portee=delegue&" : "")}reprendre={version}";

    public async Task<IActionResult> OnGetAsync(string paper, [FromQuery(Name = "portee")] string? reach, [FromQuery(Name = "version")] int? version)
    {
        if (!desk.MayWrite) return StatusCode(StatusCodes.Status403Forbidden);
        if (!ModelState.IsValid || reach is not (null or "delegue") || await desk.FindAsync(paper) is not { } standing || (reach is not null && !await desk.KeepsAreaAsync())) return NotFound();
        (Standing, OfArea) = (standing, reach is not null);
        var scope = OfArea ? TemplateText.OfArea : TemplateText.OfBody;
        Versions = await desk.VersionsAsync(paper, scope);
        var own = version is { } number ? Versions.FirstOrDefault(one => one.Number == number) : Versions is [var newest, ..] ? newest : null;
        if (version is not null && own is null) return NotFound();
        Chosen = own?.Number;
        var text = own?.Body ?? standing.Below(scope);
        if (own is not null && own.ShippedBody != standing.Shipped.Body) Compared.Add(ComparedTexts.Of("livre", Languages.Key("Ce qui a changé dans le texte livré"), own.ShippedBody, standing.Shipped.Body));
        Compared.Add(ComparedTexts.Of("ecart", Languages.Key("Du texte livré à celui-ci"), standing.Shipped.Body, text));
        if (Versions.FirstOrDefault(one => one.Number < Chosen) is { } before) Compared.Add(ComparedTexts.Of("avant", Languages.Key("Depuis la version d’avant"), before.Body ?? before.ShippedBody, text));
        return Page();
    }
}
