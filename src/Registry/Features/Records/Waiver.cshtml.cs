using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>The controller signs that the record goes on without the assessment it needs (V-14). Nobody signs it for her.</summary>
[Requires(Function.Dpia, Right.Decide)]
public sealed class WaiverModel(RecordDesk desk, RecordStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public WaiverForm Form { get; set; } = new();

    public RecordReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Reading.Record.Reference}";
    public bool Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await RefuseAsync(reference, toChange: false) is { } refusal) return refusal;
        Form.Seen = Reading.Record.Version;
        Form.Reason = Reading.Sheet.Dpia.WaiverReason;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (await RefuseAsync(reference, toChange: true) is { } refusal) return refusal;
        Form.Check(ModelState);
        if (!ModelState.IsValid) return Page();
        if (Form.Seen != Reading.Record.Version)
        {
            Stale = true;
            Form.Seen = Reading.Record.Version;
            ModelState.Clear();
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        var sheet = Reading.Sheet.Copy();
        (sheet.Dpia.WaiverReason, sheet.Dpia.WaivedBy, sheet.Dpia.WaivedOn) = (Form.Reason, visitor.Name, desk.Today);
        if (!await store.SaveAsync(Reading.Record, sheet, Reading.Judge(sheet).Percent)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.AssessmentWaived, Reading.Record.Id, Reading.Record.Reference, Form.Reason);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Votre décision est enregistrée. La fiche la montrera tant que l’analyse d’impact manque.")));
        return Redirect($"{Back}#aipd");
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        if (!reading.Sheet.Dpia.Missing || !RecordStates.MayWaive(reading.Record.State)) return StatusCode(StatusCodes.Status409Conflict);
        Reading = reading;
        return null;
    }
}
