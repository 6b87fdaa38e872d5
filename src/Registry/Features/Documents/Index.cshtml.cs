using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Documents;

namespace Registry.Features.Documents;

/// <summary>What can be made, of the organisation or of one object, and what was issued.</summary>
[Requires(Function.Documents, Right.ReadOwn)]
public sealed class IndexModel(DocumentDesk desk, DocumentStore store, Visitor visitor) : PageModel
{
    public CurrentOrganisation Organisation => visitor.Organisation;
    public DocumentSubject Subject { get; private set; } = DocumentSubject.All[0];
    public string? Reference { get; private set; }
    public IReadOnlyList<DocumentTemplate> Makeable { get; private set; } = [];
    public IReadOnlyList<IssuedDocument> Issued { get; private set; } = [];
    public bool HasNext { get; private set; }
    public int PageNumber { get; private set; } = 1;
    public bool OfObject => Reference is not null;
    public bool WritesTemplates => visitor.Grants.Any(grant => grant.Role == Role.Dpo);

    public string MakeAt(DocumentTemplate template) => $"/o/{Organisation.Slug}/documents/{template.Code}{(OfObject ? $"?objet={Uri.EscapeDataString(Reference!)}" : "")}";

    public string At(int page) => $"?{(OfObject ? $"sur={Subject.Slug}&objet={Uri.EscapeDataString(Reference!)}&" : "")}{(Search.Length > 0 ? $"q={Uri.EscapeDataString(Search)}&" : "")}{(Kind is null ? "" : $"genre={Kind}&")}page={page}";

    /// <summary>What can be chosen among what was issued.</summary>
    public IReadOnlyList<DocumentTemplate> Kinds { get; private set; } = [];
    public string? Kind { get; private set; }
    public string Search { get; private set; } = "";
    public bool IsFiltered => Kind is not null || Search.Length > 0;

    /// <summary>The page of the object, when its reference is its address.</summary>
    public string? ObjectAt => OfObject && Subject.Of is { } of ? $"/o/{Organisation.Slug}/{of}/{Uri.EscapeDataString(Reference!)}" : null;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "sur")] string? about, [FromQuery(Name = "objet")] string? reference, [FromQuery(Name = "q")] string? search, [FromQuery(Name = "genre")] string? kind,
        [FromQuery(Name = "page")] int page = 1)
    {
        if (!ModelState.IsValid || page is < 1 or > 10_000 || reference is { Length: > 200 }) return NotFound();
        if (about is not null)
        {
            if (DocumentSubject.Find(about) is not { } subject || (subject.Code != "ORGANISATION" && string.IsNullOrWhiteSpace(reference))) return NotFound();
            (Subject, Reference) = (subject, subject.Code == "ORGANISATION" ? null : reference);
        }
        var readable = desk.Readable;
        Makeable = [.. readable.Where(template => template.About == Subject.Code).OrderBy(template => template.Title, StringComparer.Ordinal)];
        (PageNumber, Search) = (page, search?.Trim() ?? "");
        Kinds = [.. readable.Where(template => !OfObject || template.About == Subject.Code).OrderBy(template => template.Title, StringComparer.Ordinal)];
        Kind = Kinds.FirstOrDefault(template => template.Code == kind)?.Code;
        var found = await store.ListAsync(Kind is null ? [.. readable.Select(template => template.Code)] : [Kind], OfObject ? Subject.Code : null, Reference, Search, (page - 1) * DocumentStore.PageSize);
        HasNext = found.Count > DocumentStore.PageSize;
        Issued = [.. found.Take(DocumentStore.PageSize)];
        return Page();
    }
}
