using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.Files;
using Registry.History;

namespace Registry.Features.Assessments;

/// <summary>The impact assessment of a record, exchanged with the CNIL's PIA tool: read here, written there.</summary>
[Requires(Function.DraftRecord, Right.Read)]
[TakesFiles]
public sealed class DetailsModel(AssessmentStore store, RecordDesk desk, PiaDraft draft, Visitor visitor, IStringLocalizer t, TimeProvider clock) : PageModel
{
    [BindProperty]
    public IFormFile? Source { get; set; }

    [BindProperty]
    public AttachForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public RecordReading Record { get; private set; } = null!;
    public Assessment? Attached { get; private set; }
    public PiaReading? Reading { get; private set; }
    public bool MayAttach => visitor.Can(Function.DraftRecord, Right.Write) && Record.Record.State is not (RecordStatus.Archived or RecordStatus.Abandoned);
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export);
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Record.Reference}";

    public async Task<IActionResult> OnGetAsync(string reference) => await ReadAsync(reference, toChange: false) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: true)) return NotFound();
        if (!visitor.Can(Function.DraftRecord, Right.Write)) return StatusCode(StatusCodes.Status403Forbidden);
        if (!MayAttach) return StatusCode(StatusCodes.Status409Conflict);
        var (document, refusal) = await TakeAsync();
        if (refusal is not null) ModelState.AddModelError(nameof(Source), t.Get(refusal.Message, refusal.Arguments));
        if (!ModelState.IsValid || document is null) return Page();
        var text = document.Text;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (Attached?.Sha256 != hash)
        {
            if (!await store.AttachAsync(Record.Record.Id, text, hash, Form.Version)) return StatusCode(StatusCodes.Status409Conflict);
            desk.Tell(Actions.AssessmentAttached, Record.Record.Id, EventDetails.WithFingerprint(Record.Record.Reference, hash));
        }
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’analyse d’impact est jointe à la fiche.")));
        return Redirect(Back + "/analyse-d-impact");
    }

    /// <summary>What leaves has its line in the history (S-65), so it is a form.</summary>
    public async Task<IActionResult> OnPostExportAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: false)) return NotFound();
        if (!MayExport) return StatusCode(StatusCodes.Status403Forbidden);
        var text = Attached?.Document ?? draft.Of(Record.Sheet, visitor.Name, clock.GetUtcNow()).Text;
        var content = Encoding.UTF8.GetBytes(text);
        desk.Tell(Actions.AssessmentExported, Record.Record.Id, EventDetails.WithFingerprint(Record.Record.Reference, Convert.ToHexStringLower(SHA256.HashData(content))));
        return File(content, "application/json", $"pia-{Organisation.Slug}-{Record.Record.Reference.ToLowerInvariant()}.json");
    }

    private async Task<(PiaDocument?, PiaRefusal?)> TakeAsync()
    {
        if (Source is not { Length: > 0 }) return (null, new("Choisissez un fichier sur votre appareil."));
        if (Source.Length > FileInspection.Largest) return (null, new(PiaDocument.TooLarge));
        using var content = new MemoryStream((int)Source.Length);
        await Source.CopyToAsync(content);
        return PiaDocument.Read(content.ToArray());
    }

    private async Task<bool> ReadAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return false;
        Record = reading;
        Attached = await store.FindAsync(reading.Record.Id);
        if (Attached is not null) Reading = new PiaReading(PiaDocument.Parse(Attached.Document));
        return true;
    }

    public sealed class AttachForm
    {
        /// <summary>The one that was seen; 0 for none (S-90).</summary>
        public int Version { get; set; }
    }
}
