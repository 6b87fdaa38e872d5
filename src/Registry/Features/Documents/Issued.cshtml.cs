using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Documents;

namespace Registry.Features.Documents;

/// <summary>A document as it was issued: read and downloaded from the text that was kept, whatever has become of the data and of the template.</summary>
[Requires(Function.Documents, Right.ReadOwn)]
[LeavesTrace]
public sealed class IssuedModel(DocumentDesk desk, Visitor visitor) : PageModel
{
    public IssuedDocument Document { get; private set; } = null!;
    public DocumentText Text { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool PrintsPdf => desk.PrintsPdf;
    public string? Unavailable { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid issued)
    {
        if (!await FindAsync(issued)) return NotFound();
        desk.NoteReading(Document);
        return Page();
    }

    public Task<IActionResult> OnPostPdfAsync(Guid issued) => TakeAsync(issued, pdf: true);

    public Task<IActionResult> OnPostDocxAsync(Guid issued) => TakeAsync(issued, pdf: false);

    private async Task<IActionResult> TakeAsync(Guid issued, bool pdf)
    {
        if (!await FindAsync(issued)) return NotFound();
        if (!await desk.MayTakeMoreAsync()) return StatusCode(StatusCodes.Status429TooManyRequests);
        try
        {
            var file = await desk.WriteAsync(Text, desk.Find(Document.Code), null, pdf, HttpContext.RequestAborted);
            return File(file.Content, file.MediaType, file.Name);
        }
        catch (PdfUnavailableException unavailable)
        {
            Unavailable = unavailable.Message;
            return Page();
        }
    }

    private async Task<bool> FindAsync(Guid issued)
    {
        if (await desk.IssuedAsync(issued) is not var (document, content)) return false;
        (Document, Text) = (document, content.Document);
        return true;
    }
}
