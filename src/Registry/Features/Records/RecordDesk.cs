using Registry.Access;
using Registry.Deadlines;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>A record as its pages need it: the sheet, the versions, what the rules say and what this person may do now.</summary>
public sealed record RecordReading(ProcessingRecord Record, Sheet Sheet, IReadOnlyList<RecordVersion> Versions, PublicationOutcome Outcome, bool IsAuthor)
{
    public RecordVersion? InForce => Record.PublishedVersion is { } number ? Versions.FirstOrDefault(version => version.Number == number) : null;
}

/// <summary>Brings a record together for a page, and writes its events.</summary>
public sealed class RecordDesk(RecordStore store, OfficeStore office, Visitor visitor, Journal journal, TimeProvider clock)
{
    public const string ObjectType = "RECORD";
    private const int ReviewWorkingDays = 15;

    public async Task<RecordReading?> ReadAsync(string reference, bool toChange = false)
    {
        if (await store.FindAsync(reference, toChange) is not { } record) return null;
        var versions = record.PublishedVersion is null ? [] : await store.VersionsAsync(record.Id);
        var sheet = record.ReadSheet();
        var inForce = versions.FirstOrDefault(version => version.Number == record.PublishedVersion);
        return new RecordReading(record, sheet, versions, await JudgeAsync(sheet, inForce), record.AuthorId == visitor.PersonId);
    }

    public async Task<PublicationOutcome> JudgeAsync(Sheet sheet, RecordVersion? inForce) =>
        PublicationRules.Judge(sheet, await ContextAsync(inForce));

    /// <summary>What the rules ask of the organisation; the same for all its sheets that have no version in force.</summary>
    public async Task<PublicationContext> ContextAsync(RecordVersion? inForce = null)
    {
        var (officer, representative) = await office.InOfficeAsync();
        return new PublicationContext
        {
            HasDpo = officer,
            HasRepresentative = representative,
            InForce = inForce is null ? null : SheetJson.Read(inForce.Content),
            IsPublicAuthority = visitor.Organisation.Type is not ("ASSOCIATION" or "COMPANY" or "SEM_SPL"),
        };
    }

    /// <summary>Who has only a small letter in the matrix touches only the drafts she began.</summary>
    public bool MayDraft(RecordReading reading) =>
        RecordStates.MayEdit(reading.Record.State, visitor.RoleCodes)
        && (visitor.Can(Function.DraftRecord, Right.Write) || (visitor.Can(Function.DraftRecord, Right.WriteOwn) && reading.IsAuthor));

    public IReadOnlyList<RecordAct> ActsFor(RecordReading reading) =>
        [.. RecordStates.All.Where(act => act.From.Contains(reading.Record.State) && MayDo(act, reading))
            .Where(act => act.Guard != ActGuard.DpoSilent || Passes(act, reading))];

    /// <summary>The table says which roles; a contributor among them does it on her own sheets only (matrix F05).</summary>
    public bool MayDo(RecordAct act, RecordReading reading) => GrantFor(act, reading) is not null || (act.OrAuthor && reading.IsAuthor);

    private Grant? GrantFor(RecordAct act, RecordReading reading) => visitor.Grants.FirstOrDefault(grant =>
        act.IsFor([grant.Role.Code()], grant.Delegations) && (grant.Role != Role.Contributor || reading.IsAuthor));

    /// <summary>Who reads sheets only once they are published: their drafts, history and internal notes are not hers (matrix F05, F08).</summary>
    public bool ReadsDrafts(bool isAuthor) => visitor.Can(Function.DraftRecord, Right.Read) || isAuthor;

    public bool Passes(RecordAct act, RecordReading reading) =>
        RecordStates.Passes(act, reading.Outcome, SubmittedOn(reading.Record), Today);

    /// <summary>The day by which the officer reads the sheet again: our aim, not a delay of the law.</summary>
    public Deadline ReviewDeadline(ProcessingRecord record) =>
        WorkingDays.Add(SubmittedOn(record) ?? Today, ReviewWorkingDays,
            HolidayCalendar.For(visitor.Organisation.Territory, visitor.Organisation.GoodFridayObserved), StartEvent.Submitted);

    public DateOnly Today => visitor.Organisation.Today(clock);

    /// <summary>The line of an act names the role in which it was done.</summary>
    public void Tell(RecordAct act, Happening happening, Guid record, string subject, string? reason)
    {
        if (visitor.Grants.FirstOrDefault(grant => act.IsFor([grant.Role.Code()], grant.Delegations)) is { } grant) journal.Role = grant.Role.Code();
        Tell(happening, record, subject, reason);
    }

    /// <summary>
    /// The text of a version: the sheet without its internal notes, and who answered for it on that day (article 30(1)(a)), all under one hash.
    /// </summary>
    public async Task<(string Content, string Sha256)> FreezeAsync(RecordReading reading)
    {
        var sheet = reading.Sheet.Copy();
        sheet.Publication.InternalNotes = null;
        sheet.Stamp = await office.StampAsync(reading.Record);
        var content = SheetJson.Canonical(sheet);
        return (content, SheetJson.Sha256(content));
    }

    public void Tell(Happening happening, Guid record, string subject, string? reason = null, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, ObjectType, record,
            new EventDetails { Subject = subject, Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, Changes = changes is { Count: > 0 } ? changes : null }));

    private DateOnly? SubmittedOn(ProcessingRecord record) => record.SubmittedAt is { } at
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, visitor.Organisation.Zone).DateTime) : null;
}
