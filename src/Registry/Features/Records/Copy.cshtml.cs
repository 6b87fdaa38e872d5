using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Begins a record from another one of the same organisation: its text, never its state, its versions, nor what somebody signed.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class CopyModel(RecordStore store, RecordDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public CopyForm Form { get; set; } = new();

    public ProcessingRecord Record { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Reference}";

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await ReadAsync(reference) is null) return NotFound();
        Form.Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (await ReadAsync(reference) is not { } sheet) return NotFound();
        Strip(sheet);
        sheet.Identification.Title = Form.Title;
        foreach (var error in SheetText.Clean(sheet.Identification)) ModelState.TryAddModelError("Form." + error.Path, t.Get(error.MessageKey, error.Arguments));
        if (string.IsNullOrEmpty(sheet.Identification.Title)) ModelState.TryAddModelError("Form.Title", "Donnez un nom au traitement.");
        else if (await store.TitleIsTakenAsync(sheet.Identification.Title, Form.Id))
            ModelState.TryAddModelError("Form.Title", "Une fiche porte déjà ce nom : ouvrez-la, ou choisissez un autre nom.");
        if (!ModelState.IsValid) return Page();
        var (number, added) = await store.AddAsync(Form.Id, sheet, (await desk.JudgeNewAsync(sheet)).Percent, Record.ModelRevision);
        var copy = ProcessingRecord.ReferenceOf(number);
        if (added) desk.Tell(Actions.RecordCopied, Form.Id, $"{Record.Reference} → {copy} · {sheet.Identification.Title}");
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La fiche {0} est une copie de {1}. Vérifiez chaque partie avant de la soumettre.", copy, Record.Reference)));
        return Redirect($"/o/{Organisation.Slug}/traitements/{copy}");
    }

    /// <summary>What was said or signed of that processing alone: the officer's and the controller's words, the screening, the notes between them.</summary>
    private static void Strip(Sheet sheet)
    {
        sheet.Stamp = null;
        foreach (var section in SheetSections.All) SheetForm.KeepReserved(section.Get(sheet), section.New(), _ => false);
        (sheet.Dpia.Conclusion, sheet.Dpia.Reason, sheet.Dpia.DecidedOn, sheet.Dpia.DpiaStatus) = (null, null, null, null);
        sheet.Publication.InternalNotes = null;
        sheet.Identification.ImplementedOn = null;
        sheet.Purposes.PurposeChangeNote = null;
    }

    /// <summary>Who reads only what is published copies what is published.</summary>
    private async Task<Sheet?> ReadAsync(string reference)
    {
        if (await store.FindAsync(reference) is not { } record) return null;
        Record = record;
        if (desk.ReadsDrafts(record.AuthorId == visitor.PersonId)) return record.ReadSheet();
        return record.PublishedVersion is { } number && await store.FindVersionAsync(record.Id, number) is { } version ? SheetJson.Read(version.Content) : null;
    }

    public sealed class CopyForm
    {
        /// <summary>Made with the form: sending it twice adds one record (S-92).</summary>
        public Guid Id { get; set; }
        public string? Title { get; set; }
    }
}
