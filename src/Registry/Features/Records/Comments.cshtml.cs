using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>What the service and the officer say to each other about a sheet, and what the officer notes for herself and her assistants.</summary>
[Requires(Function.DraftRecord)]
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class CommentsModel(RecordStore store, RecordCommentStore comments, RecordDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public CommentForm Form { get; set; } = new();

    public ProcessingRecord Record { get; private set; } = null!;
    public IReadOnlyList<RecordComment> Comments { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Reference}";
    public bool MayWrite => desk.MayComment(Record);
    public bool MayReserve => desk.Holds(Role.Dpo) || desk.Holds(Role.DpoAssistant);

    public async Task<IActionResult> OnGetAsync(string reference, [FromQuery(Name = "partie")] string? section)
    {
        if (!await ReadAsync(reference)) return NotFound();
        (Form.Id, Form.Section) = (Guid.CreateVersion7(), SheetSections.Find(section)?.Key);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (await RefuseAsync(reference) is { } refusal) return refusal;
        Form.Reserved &= MayReserve;
        Form.Check(ModelState);
        if (!ModelState.IsValid) return Page();
        if (await comments.WriteAsync(Record.Id, Form)) Tell(Actions.CommentWritten, Form.Section!, Form.Reserved);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Votre commentaire est écrit.")));
        return Redirect($"{Back}#{Form.Section}");
    }

    public async Task<IActionResult> OnPostSettleAsync(string reference, Guid id)
    {
        if (await RefuseAsync(reference) is { } refusal) return refusal;
        ModelState.Clear();  // the other form of the page was not sent
        if (Comments.FirstOrDefault(one => one.Id == id) is not { } asked) return NotFound();
        if (await comments.SettleAsync(Record.Id, id) is { } section) Tell(Actions.CommentSettled, section, asked.Reserved);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le commentaire est réglé.")));
        return Redirect($"{Back}/commentaires");
    }

    /// <summary>The line says that something was written and not what: the history is read by more people than the comment.</summary>
    private void Tell(Happening happening, string section, bool reserved) =>
        desk.Tell(happening, Record.Id, reserved ? Record.Reference : $"{Record.Reference} · {SheetSections.Find(section)!.Title}");

    private async Task<IActionResult?> RefuseAsync(string reference)
    {
        if (!await ReadAsync(reference)) return NotFound();
        if (MayWrite) return null;
        return StatusCode(visitor.Can(Function.DraftRecord, Right.Write) ? StatusCodes.Status409Conflict : StatusCodes.Status403Forbidden);
    }

    private async Task<bool> ReadAsync(string reference)
    {
        if (await store.FindAsync(reference) is not { } record || !desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return false;
        Record = record;
        Comments = await comments.ListAsync(record.Id, settledToo: true);
        return true;
    }
}
