using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Makes an earlier version's text the working text again: opens a revision where one is needed, publishes nothing.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class ReturnModel(RecordStore store, RecordDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    public RecordReading Reading { get; private set; } = null!;
    public RecordVersion Version { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Reading.Record.Reference}";
    public bool OpensRevision => Reading.Record.State == RecordStatus.Published;
    public IReadOnlyList<SheetDifference> Differences { get; private set; } = [];

    /// <summary>Another record bears the version's name by now, or somebody changed the sheet after the page was opened.</summary>
    public bool Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, int number) => await ReadAsync(reference, number, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string reference, int number, int seen)
    {
        if (await ReadAsync(reference, number, toChange: true) is { } refusal) return refusal;
        var sheet = Former();
        if (seen != Reading.Record.Version || await store.TitleIsTakenAsync(sheet.Identification.Title!, Reading.Record.Id))
        {
            Refused = true;
            ModelState.Clear();
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        var to = OpensRevision ? RecordStatus.InRevision : Reading.Record.State;
        var reason = Languages.InFrench(() => t.Get("Retour au texte de la version {0}", number));
        var changes = Languages.InFrench(() => SheetDifferences.Compare(Reading.Sheet, sheet, key => t.Get(key)));
        if (!await store.ReturnAsync(Reading.Record, sheet, to, Reading.Judge(sheet).Percent)) return StatusCode(StatusCodes.Status409Conflict);
        if (OpensRevision) desk.Tell(Actions.RevisionOpened, Reading.Record.Id, Reading.Record.Reference, reason);
        desk.Tell(Actions.RecordReturned, Reading.Record.Id, $"{Reading.Record.Reference} · v{number}",
            changes: [.. changes.Select(one => one.Change)]);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le texte de la version {0} est le nouveau brouillon. Relisez-le, puis soumettez-le.", number)));
        return Redirect(Back);
    }

    /// <summary>The version's text, with what was never in it (internal notes) and what only its author may write as they are now.</summary>
    private Sheet Former()
    {
        var sheet = SheetJson.Read(Version.Content);
        sheet.Stamp = null;
        foreach (var section in SheetSections.All) SheetForm.KeepReserved(section.Get(sheet), section.Get(Reading.Sheet), _ => false);
        sheet.Publication.InternalNotes = Reading.Sheet.Publication.InternalNotes;
        return sheet;
    }

    private async Task<IActionResult?> ReadAsync(string reference, int number, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        if (await store.FindVersionAsync(reading.Record.Id, number) is not { } version) return NotFound();
        (Reading, Version) = (reading, version);
        var mayOpen = reading.Record.State == RecordStatus.Published && desk.MayDo(RecordStates.Find(RecordStatus.Published, "ouvrir-une-revision")!, reading);
        if (!RecordStates.MayReturn(reading.Record.State)) return StatusCode(StatusCodes.Status409Conflict);
        if (!mayOpen && desk.RefusalToDraft(reading) is { } status) return StatusCode(reading.Record.State == RecordStatus.Published ? StatusCodes.Status403Forbidden : status);
        Differences = SheetDifferences.Compare(reading.Sheet, Former(), key => t.Get(key));
        return null;
    }
}
