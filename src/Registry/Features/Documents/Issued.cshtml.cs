using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;

namespace Registry.Features.Documents;

/// <summary>A document as it was issued: read and downloaded from the text that was kept, whatever has become of the data and of the template.</summary>
[Requires(Function.Documents, Right.ReadOwn)]
[LeavesTrace]
public sealed class IssuedModel(DocumentDesk desk, DocumentNotices notices, Visitor visitor, IStringLocalizer t) : PageModel
{
    public sealed class NoticeForm
    {
        public Guid Id { get; set; }

        [Required(ErrorMessage = "Choisissez une personne.")]
        public string? Person { get; set; }
    }

    [BindProperty]
    public NoticeForm Form { get; set; } = new();

    public IReadOnlyList<DocumentNotice> Notices { get; private set; } = [];
    public IReadOnlyList<Option> Readers { get; private set; } = [];
    public bool Moved { get; private set; }
    public bool MaySend => Template is { } template && desk.MayIssue(template);
    private DocumentTemplate? Template => desk.Find(Document.Code);
    public IssuedDocument Document { get; private set; } = null!;
    public DocumentText Text { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool PrintsPdf => desk.PrintsPdf;
    public string? Unavailable { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid issued)
    {
        if (!await FindAsync(issued)) return NotFound();
        desk.NoteReading(Document);
        await ShowAsync();
        Form.Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostNoticeAsync(Guid issued)
    {
        if (!await FindAsync(issued)) return NotFound();
        if (!MaySend) return StatusCode(StatusCodes.Status403Forbidden);
        await ShowAsync();
        if (!ModelState.IsValid || Form.Id == Guid.Empty) return Page();
        switch (Guid.TryParse(Form.Person, out var person) ? await notices.SendAsync(Form.Id, Document, Template!, person) : NoticeOutcome.NotAReader)
        {
            case NoticeOutcome.NotAReader: ModelState.AddModelError("Form.Person", "Cette personne ne peut pas lire ce document."); return Page();
            case NoticeOutcome.NoAccount: ModelState.AddModelError("Form.Person", "Cette personne n’a pas de compte : remettez-lui le document imprimé."); return Page();
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t["Le courriel part avec un lien vers le document."]));
        return Redirect($"/o/{Organisation.Slug}/documents/emis/{issued}");
    }

    private async Task ShowAsync()
    {
        Moved = await desk.MovedAsync(Document, Text.Language);
        Notices = await notices.ListAsync(Document.Id);
        if (MaySend) Readers = [.. (await notices.ReadersAsync(Template!)).Select(reader => new Option(reader.PersonId.ToString(), reader.Name))];
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
            ModelState.Clear();
            await ShowAsync();
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
