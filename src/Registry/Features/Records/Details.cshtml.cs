using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Responsibilities;
using Registry.History;

namespace Registry.Features.Records;

[Requires(Function.ReadRecords)]
public sealed class DetailsModel(RecordDesk desk, ModelShelf shelf, RecordStore store, RecordOpinionStore opinions, RecordCommentStore comments, RecordDuties duties, Trail trail, Visitor visitor) : PageModel
{
    private const int LinesInMargin = 6;

    public RecordReading Reading { get; private set; } = null!;
    public ProcessingRecord Record => Reading.Record;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool ReadsDocuments => visitor.Can(Function.Documents, Right.ReadOwn);
    public IReadOnlyList<RecordAct> Acts { get; private set; } = [];
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];
    public IReadOnlyList<RecordOpinion> Opinions { get; private set; } = [];
    public bool MayGiveOpinion => visitor.Can(Function.Opinions, Right.Write) && Record.State is not (RecordStatus.Archived or RecordStatus.Abandoned);
    public bool MayDecideOpinion => visitor.Can(Function.Opinions, Right.Decide) && Opinions.Any(opinion => opinion.Waits);
    public bool MayWaive => visitor.Can(Function.Dpia, Right.Decide) && Reading.Sheet.Dpia.Missing && RecordStates.MayWaive(Record.State);

    /// <summary>What the rules and the body's profile still lack, for a sheet that is on its way.</summary>
    public IReadOnlyList<PublicationMessage> Missing => Record.State is RecordStatus.Archived or RecordStatus.Abandoned ? []
        : Record.State == RecordStatus.Published ? Reading.Outcome.Messages : [.. Reading.Outcome.Messages, .. Reading.Outcome.BodyLacks];
    public IReadOnlyList<RecordComment> Comments { get; private set; } = [];
    public bool MayComment => desk.MayComment(Record);
    public bool ReadsAssessment => visitor.Can(Function.DraftRecord, Right.Read);
    public bool MayCopy => visitor.Can(Function.DraftRecord, Right.WriteOwn);
    public CommentsView CommentsOf(SheetSection section, string title) =>
        new([.. Comments.Where(one => one.Section == section.Key)], title, Organisation.Zone, MayComment ? At($"/commentaires?partie={section.Key}") : null);
    public IReadOnlyList<RecordConvention> Duties { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public int HistoryCount { get; private set; }
    public bool MayEdit { get; private set; }
    public bool MayLabel => visitor.Can(Function.DraftRecord, Right.Write);
    public bool WaitsForMe { get; private set; }
    public Deadline? Review { get; private set; }
    public bool MayExport => visitor.Can(Function.ReadRecords, Right.Export);
    public DateOnly Today => desk.Today;
    public IReadOnlyList<ToConfirm> ToConfirm { get; private set; } = [];

    /// <summary>The model that the sheet came from, when it has a revision that the sheet has not seen.</summary>
    public ShelfModel? NewerModel { get; private set; }
    public bool MayMakeModel => visitor.Can(Function.Templates, Right.Write);

    /// <summary>The act that moves the record on, if it is this person's: the one filled button.</summary>
    public RecordAct? MainAct => !WaitsForMe ? null
        : Acts.FirstOrDefault(act => act.To != RecordStatus.ChangesRequested && desk.Passes(act, Reading)) ?? (Acts.Count > 0 ? Acts[0] : null);

    public string At(string rest = "") => $"/o/{Organisation.Slug}/traitements/{Record.Reference}{rest}";

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (await desk.ReadAsync(reference) is not { } reading) return NotFound();
        if (!desk.ReadsDrafts(reading.IsAuthor))
            return reading.InForce is { } inForce ? Redirect($"/o/{Organisation.Slug}/traitements/{reading.Record.Reference}/versions/{inForce.Number}") : NotFound();
        Reading = reading;
        Acts = desk.ActsFor(reading);
        MayEdit = desk.MayDraft(reading);
        WaitsForMe = RecordStates.WaitsFor(Record.State, visitor.RoleCodes, visitor.Delegations);
        if (Record.ReviewDueOn is not null && Record.State is RecordStatus.Submitted or RecordStatus.InReview) Review = desk.ReviewDeadline(Record);
        if (MayEdit) ToConfirm = SheetToConfirm.Read(reading.Sheet);
        if (Record.ModelCode is { } code && visitor.Can(Function.DraftRecord, Right.WriteOwn) && await shelf.FindAsync(code, Organisation.Id) is { } model && model.IsNewerThan(Record)) NewerModel = model;
        if (Record.PublishedVersion is not null) Versions = await store.VersionsAsync(Record.Id);
        if (desk.ReadsOpinions) Opinions = await opinions.ListAsync(Record.Id);
        Comments = await comments.ListAsync(Record.Id);
        if (visitor.Can(Function.ResponsibilityMatrix, Right.Read) && visitor.Can(Function.Conventions, Right.Read)) Duties = await duties.OfAsync(Record.Id);
        History = await trail.ListAsync(Organisation.Id, Record.Id, LinesInMargin);
        HistoryCount = await trail.CountAsync(Organisation.Id, Record.Id);
        return Page();
    }
}
