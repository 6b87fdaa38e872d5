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

    public string At(int page) => $"?{(OfObject ? $"sur={Subject.Slug}&objet={Uri.EscapeDataString(Reference!)}&" : "")}page={page}";

    /// <summary>The page of the object, when its reference is its address.</summary>
    public string? ObjectAt => OfObject && Subject.Of is { } of ? $"/o/{Organisation.Slug}/{of}/{Uri.EscapeDataString(Reference!)}" : null;

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "sur")] string? about, [FromQuery(Name = "objet")] string? reference, [FromQuery(Name = "page")] int page = 1)
    {
        if (!ModelState.IsValid || page is < 1 or > 10_000 || reference is { Length: > 200 }) return NotFound();
        if (about is not null)
        {
            if (DocumentSubject.Find(about) is not { } subject || (subject.Code != "ORGANISATION" && string.IsNullOrWhiteSpace(reference))) return NotFound();
            (Subject, Reference) = (subject, subject.Code == "ORGANISATION" ? null : reference);
        }
        var readable = desk.Readable;
        Makeable = [.. readable.Where(template => template.About == Subject.Code).OrderBy(template => template.Title, StringComparer.Ordinal)];
        PageNumber = page;
        var found = await store.ListAsync([.. readable.Select(template => template.Code)], OfObject ? Subject.Code : null, Reference, (page - 1) * DocumentStore.PageSize);
        HasNext = found.Count > DocumentStore.PageSize;
        Issued = [.. found.Take(DocumentStore.PageSize)];
        return Page();
    }
}
