using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>Takes back one's last save of a section, after showing what that means. Refused once somebody has saved after.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class UndoModel(RecordDesk desk, SectionDesk sections, Visitor visitor, IStringLocalizer t) : PageModel
{
    public RecordReading Reading { get; private set; } = null!;
    public SheetSection Section { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Reading.Record.Reference}";

    /// <summary>From what is saved to what would be saved again; empty when there is nothing to take back any more.</summary>
    public IReadOnlyList<SheetDifference> Differences { get; private set; } = [];
    public string Seen => SheetJson.HashOf(Section.Get(Reading.Sheet));
    private object? Former { get; set; }

    public async Task<IActionResult> OnGetAsync(string reference, string section) => await ReadAsync(reference, section, toChange: false) ?? Shown();

    public async Task<IActionResult> OnPostAsync(string reference, string section, string? seen)
    {
        if (await ReadAsync(reference, section, toChange: true) is { } refusal) return refusal;
        // Pressed twice: the second time the text is no longer the one that was to be taken back.
        if (Former is null || seen != Seen) return Shown(refused: true);
        if (!await sections.UndoAsync(Reading, Section, Former)) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Votre enregistrement est annulé : « {0} » est comme avant.", t.Get(Section.Title))));
        return Redirect($"{Back}#{Section.Key}");
    }

    private PageResult Shown(bool refused = false)
    {
        if (refused) Response.StatusCode = StatusCodes.Status409Conflict;
        else if (Former is not null) Differences = SheetDifferences.Compare(Section, Section.Get(Reading.Sheet), Former, Reading.Sheet, Reading.Sheet, key => t.Get(key));
        return Page();
    }

    private async Task<IActionResult?> ReadAsync(string reference, string section, bool toChange)
    {
        if (SheetSections.Find(section) is not { } found || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        (Section, Reading) = (found, reading);
        if (desk.RefusalToDraft(reading) is { } status) return StatusCode(status);
        Former = await sections.BeforeAsync(reading, found);
        return null;
    }
}
