using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Documents;

/// <summary>A document made from the data as they are: read, downloaded, or issued. What it shows of persons leaves its trace as their file does.</summary>
[Requires(Function.Documents, Right.ReadOwn)]
[LeavesTrace]
public sealed class MakeModel(DocumentDesk desk, Visitor visitor) : PageModel
{
    public sealed class IssueForm
    {
        public Guid Id { get; set; }

        [StringLength(300, ErrorMessage = "Écrivez {1} caractères au plus.")]
        public string? Recipient { get; set; }
    }

    [BindProperty]
    public IssueForm Form { get; set; } = new();

    public MadeDocument Made { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayIssue => desk.MayIssue(Made.Template);
    public bool PrintsPdf => desk.PrintsPdf;
    public string? Unavailable { get; private set; }
    public string Back => $"/o/{Organisation.Slug}/documents{(Made.Template.About == "ORGANISATION" ? "" : $"?sur={DocumentSubject.OfCode(Made.Template.About)!.Slug}&objet={Uri.EscapeDataString(Made.Content.ObjectReference)}")}";

    /// <summary>The object stands in the query, which a handler's name alone would drop.</summary>
    public string PostAt(string handler) => $"{In(Made.Text.Language)}&handler={handler}";

    public string In(string language) => $"?{(Made.Template.About == "ORGANISATION" ? "" : $"objet={Uri.EscapeDataString(Made.Content.ObjectReference)}&")}langue={language}";

    public string? OtherLanguage => !desk.SpeaksEnglish(Made.Template) ? null : Made.Text.Language == "en" ? "fr" : "en";

    /// <summary>Of the document, not of the page: what is not shipped in it is not there.</summary>
    [BindProperty(SupportsGet = true, Name = "langue")]
    public string? Language { get; set; }

    public async Task<IActionResult> OnGetAsync(string paper, [FromQuery(Name = "objet")] string? reference)
    {
        if (!await FindAsync(paper, reference)) return NotFound();
        (Form.Id, Form.Recipient) = (Guid.CreateVersion7(), Made.Text.Recipient);
        return Page();
    }

    public Task<IActionResult> OnPostPdfAsync(string paper, [FromQuery(Name = "objet")] string? reference) => TakeAsync(paper, reference, pdf: true);

    public Task<IActionResult> OnPostDocxAsync(string paper, [FromQuery(Name = "objet")] string? reference) => TakeAsync(paper, reference, pdf: false);

    public async Task<IActionResult> OnPostIssueAsync(string paper, [FromQuery(Name = "objet")] string? reference)
    {
        if (!await FindAsync(paper, reference)) return NotFound();
        if (!MayIssue) return StatusCode(StatusCodes.Status403Forbidden);
        if (Form.Recipient is not null && TypedText.HasHidden(Form.Recipient)) ModelState.AddModelError("Form.Recipient", TypedText.HiddenCharacter);
        if (!ModelState.IsValid || Form.Id == Guid.Empty) return Page();
        if (!await desk.IssueAsync(Form.Id, paper, reference, TypedText.Clean(Form.Recipient), Language ?? "fr")) return NotFound();
        return Redirect($"/o/{Organisation.Slug}/documents/emis/{Form.Id}");
    }

    private async Task<IActionResult> TakeAsync(string paper, string? reference, bool pdf)
    {
        if (!await FindAsync(paper, reference)) return NotFound();
        if (!await desk.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        try
        {
            var file = await desk.WriteAsync(Made.Text, Made.Template, Made.Content.ObjectId, pdf, HttpContext.RequestAborted);
            return File(file.Content, file.MediaType, file.Name);
        }
        catch (PdfUnavailableException unavailable)
        {
            Unavailable = unavailable.Message;
            return Page();
        }
    }

    private async Task<bool> FindAsync(string paper, string? reference)
    {
        if (reference is { Length: > 200 } || await desk.MakeAsync(paper, reference, language: Language ?? "fr") is not { } made) return false;
        Made = made;
        return true;
    }
}
