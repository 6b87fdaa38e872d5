using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>One page for every step of a record's life: says what will happen, asks what has to be written, does it.</summary>
[Requires(Function.ReadRecords)]
public sealed class ActModel(RecordDesk desk, RecordStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ActForm Form { get; set; } = new();

    public RecordReading Reading { get; private set; } = null!;
    public RecordAct Doing { get; private set; } = null!;
    public IReadOnlyList<PublicationMessage> Missing { get; private set; } = [];
    private IEnumerable<PublicationMessage> Blocking => Reading.Outcome.Messages.Where(message => message.Blocking);
    public string Label => t.Get(Doing.LabelKey, NextVersion);
    /// <summary>What the library only proposed and nobody has looked at yet, less what a rule asks anyway: whoever moves the sheet on should know.</summary>
    public IReadOnlyList<ToConfirm> ToConfirm => Doing.Slug is not ("soumettre" or "valider") ? [] :
        [.. SheetToConfirm.Read(Reading.Sheet).Where(point => !Reading.Outcome.Messages.Any(message => message.SectionKey == point.SectionKey && message.FieldPath == point.FieldPath))];
    public bool MayEdit => desk.MayDraft(Reading);
    public int NextVersion => (Reading.Record.PublishedVersion ?? 0) + 1;
    public string Back => $"/o/{visitor.Organisation.Slug}/traitements/{Reading.Record.Reference}";

    public async Task<IActionResult> OnGetAsync(string reference, string act) =>
        await RefuseAsync(reference, act, toChange: false) ?? Page();

    public async Task<IActionResult> OnPostAsync(string reference, string act)
    {
        if (await RefuseAsync(reference, act, toChange: true) is { } refusal) return refusal;
        Form.Check(Doing.Needs, ModelState);
        if (Form.Seen != Reading.Record.Version) return Changed();
        await CheckTitleAsync();
        if (Missing.Count > 0) ModelState.AddModelError("", "Complétez d’abord ce qui manque.");
        if (!ModelState.IsValid) return Page();
        if (!await DoAsync()) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", Done()));
        return Redirect(Back);
    }

    /// <summary>Nobody stamps a text she has not read: who acts on an older one reads the new one first, and keeps what she wrote.</summary>
    public bool Stale { get; private set; }

    private PageResult Changed()
    {
        Stale = true;
        Form.Seen = Reading.Record.Version;
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    // Archived and given-up titles are free to others meanwhile.
    private async Task CheckTitleAsync()
    {
        var title = Doing.Id switch { "T-RE-09" => Reading.Context.InForce!.Identification.Title, "T-RE-12" => Reading.Record.Title, _ => null };
        if (title is not null && await store.TitleIsTakenAsync(title, Reading.Record.Id))
            ModelState.AddModelError("", "Une autre fiche porte maintenant ce nom : renommez-la d’abord.");
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string act, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        if (RecordStates.All.All(known => known.Slug != act)) return NotFound();
        if (RecordStates.Find(reading.Record.State, act) is not { } doing) return StatusCode(StatusCodes.Status409Conflict);
        if (!desk.MayDo(doing, reading)) return StatusCode(StatusCodes.Status403Forbidden);
        // The silence of the officer is not something to complete: too early is the wrong moment.
        if (doing.Guard == ActGuard.DpoSilent && !desk.IsDpoSilent(reading.Record)) return StatusCode(StatusCodes.Status409Conflict);
        (Reading, Doing) = (reading, doing);
        if (!toChange) Form.Seen = reading.Record.Version;
        if (!desk.Passes(doing, reading))
        {
            Missing = [.. doing.Guard switch
            {
                ActGuard.Submission => Blocking.Where(message => PublicationRules.ForSubmission.Contains(message.RuleId)),
                ActGuard.BodyIdentified => reading.Outcome.BodyLacks,
                ActGuard.DpoSilent => Blocking.Concat(reading.Outcome.BodyLacks),
                _ => Blocking,
            }];
        }
        return null;
    }

    private async Task<bool> DoAsync()
    {
        var record = Reading.Record;
        var (done, happening) = Doing.Id switch
        {
            "T-RE-02" or "T-RE-08" => (await store.MoveAsync(record, RecordStatus.Submitted, desk.ReviewDeadline(record with { SubmittedAt = null }).DueOn), Actions.RecordSubmitted),
            "T-RE-03" => (await store.MoveAsync(record, RecordStatus.InReview), Actions.ReviewBegun),
            "T-RE-04" => (await store.MoveAsync(record, RecordStatus.ChangesRequested, correction: Form.Reason), Actions.ChangesRequested),
            "T-RE-05" => (await store.MoveAsync(record, RecordStatus.Validated), Actions.RecordValidated),
            "T-RE-06" or "T-RE-06b" => (await PublishAsync(), Actions.RecordPublished),
            "T-RE-07" => (await store.MoveAsync(record, RecordStatus.InRevision), Actions.RevisionOpened),
            "T-RE-09" => (await store.RestoreAsync(record, Reading.InForce!, Reading.Judge(Reading.Context.InForce!).Percent), Actions.RevisionAbandoned),
            "T-RE-10" => (await store.MoveAsync(record, RecordStatus.Archived, endedOn: Form.EndedOn, dataFate: Form.DataFate), Actions.RecordArchived),
            "T-RE-11" => (await store.MoveAsync(record, RecordStatus.Abandoned), Actions.RecordAbandoned),
            "T-RE-12" => (await store.MoveAsync(record, RecordStatus.InRevision), Actions.RecordReopened),
            _ => throw new InvalidOperationException($"Nothing carries out {Doing.Id}."),
        };
        if (done) desk.Tell(Doing, happening, record.Id, Subject(happening), Form.Told(Doing.Needs, t));
        return done;
    }

    private (string Content, string Sha256) Published { get; set; }

    private async Task<bool> PublishAsync()
    {
        Published = await desk.FreezeAsync(Reading);
        return await store.PublishAsync(Reading.Record, Published.Content, Published.Sha256, Form.Reason!, desk.Today.AddMonths(Reading.Sheet.Publication.ReviewMonths));
    }

    // The hash of what was published stands in the chain: a version that is altered later no longer matches it.
    private string Subject(Happening happening) => happening == Actions.RecordPublished
        ? EventDetails.WithFingerprint($"{Reading.Record.Reference} v{NextVersion}", Published.Sha256)
        : Reading.Record.Reference;

    private string Done() => Doing.To switch
    {
        RecordStatus.Submitted => t.Get("La fiche est soumise. Le délégué la relit."),
        RecordStatus.InReview => t.Get("Vous relisez la fiche. Le service ne peut plus la modifier tant que vous n’avez pas conclu."),
        RecordStatus.ChangesRequested => t.Get("Le service sait ce qu’il doit corriger."),
        RecordStatus.Validated => t.Get("La fiche est validée. Le représentant de l’organisme peut la publier."),
        RecordStatus.Published when Doing.Id == "T-RE-09" => t.Get("La révision est abandonnée. La version en vigueur reste."),
        RecordStatus.Published => t.Get("La version {0} est publiée.", NextVersion),
        RecordStatus.InRevision => t.Get("La révision est ouverte. La version en vigueur le reste jusqu’à la prochaine publication."),
        RecordStatus.Archived => t.Get("La fiche est archivée. Ses versions et son historique sont gardés."),
        _ => t.Get("Le brouillon est abandonné."),
    };
}
