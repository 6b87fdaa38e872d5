using Registry.Access;
using Registry.Deadlines;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>A record as its pages need it: the sheet, the version in force, what the rules say and what this person may do now.</summary>
public sealed record RecordReading(
    ProcessingRecord Record, Sheet Sheet, RecordVersion? InForce, PublicationContext Context, PublicationOutcome Outcome, bool IsAuthor)
{
    /// <summary>The rules asked of another text of the same record, as it is being typed for instance.</summary>
    public PublicationOutcome Judge(Sheet sheet) => PublicationRules.Judge(sheet, Context);

    /// <summary>The sheet as it would be with that part.</summary>
    public Sheet With(SheetSection section, object part)
    {
        var sheet = Sheet.Copy();
        section.Set(sheet, part);
        return sheet;
    }
}

/// <summary>Brings a record together for a page, and writes its events.</summary>
public sealed class RecordDesk(RecordStore store, OfficeStore office, Visitor visitor, Journal journal, TimeProvider clock)
{
    public const string ObjectType = "RECORD";
    private const int ReviewWorkingDays = 15;

    public async Task<RecordReading?> ReadAsync(string reference, bool toChange = false)
    {
        if (await store.FindAsync(reference, toChange) is not { } record) return null;
        var inForce = record.PublishedVersion is { } number ? await store.FindVersionAsync(record.Id, number) : null;
        var sheet = record.ReadSheet();
        var context = await ContextAsync(record.Id, inForce);
        return new RecordReading(record, sheet, inForce, context, PublicationRules.Judge(sheet, context), record.AuthorId == visitor.PersonId);
    }

    public async Task<PublicationOutcome> JudgeNewAsync(Sheet sheet) => PublicationRules.Judge(sheet, await NewContextAsync());

    /// <summary>What the rules ask of the organisation about a sheet that is not there yet: the same for many at once.</summary>
    public Task<PublicationContext> NewContextAsync() => ContextAsync(null, null);

    private async Task<PublicationContext> ContextAsync(Guid? record, RecordVersion? inForce)
    {
        var (officer, representative, siren, opinion) = await office.StandingAsync(record);
        return new PublicationContext
        {
            HasDpo = officer,
            HasRepresentative = representative,
            HasSiren = siren,
            DpoOpinionGiven = opinion,
            InForce = inForce is null ? null : SheetJson.Read(inForce.Content),
            IsPublicAuthority = visitor.Organisation.Type is not ("ASSOCIATION" or "COMPANY" or "SEM_SPL"),
        };
    }

    /// <summary>Who has only a small letter in the matrix touches only the drafts she began.</summary>
    public bool MayDraft(RecordReading reading) =>
        RecordStates.MayEdit(reading.Record.State, visitor.RoleCodes)
        && (visitor.Can(Function.DraftRecord, Right.Write) || (visitor.Can(Function.DraftRecord, Right.WriteOwn) && reading.IsAuthor));

    /// <summary>Whoever drafts here says what she thinks while the sheet lives, in whatever state it is.</summary>
    public bool MayComment(ProcessingRecord record) =>
        record.State is not (RecordStatus.Archived or RecordStatus.Abandoned)
        && (visitor.Can(Function.DraftRecord, Right.Write) || (visitor.Can(Function.DraftRecord, Right.WriteOwn) && record.AuthorId == visitor.PersonId));

    /// <summary>Null for who may change the text now. The right person at the wrong moment is a conflict of states; the wrong person is refused.</summary>
    public int? RefusalToDraft(RecordReading reading) => MayDraft(reading) ? null
        : RecordStates.MayEdit(reading.Record.State, visitor.RoleCodes) ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict;

    public IReadOnlyList<RecordAct> ActsFor(RecordReading reading) =>
        [.. RecordStates.All.Where(act => act.From.Contains(reading.Record.State) && MayDo(act, reading))
            .Where(act => act.Guard != ActGuard.DpoSilent || IsDpoSilent(reading.Record))];

    /// <summary>The table says which roles; a contributor among them does it on her own sheets only (matrix F05).</summary>
    public bool MayDo(RecordAct act, RecordReading reading) => GrantFor(act, reading) is not null || (act.OrAuthor && reading.IsAuthor);

    private Grant? GrantFor(RecordAct act, RecordReading reading) => visitor.Grants.FirstOrDefault(grant =>
        act.IsFor([grant.Role.Code()], grant.Delegations) && (grant.Role != Role.Contributor || reading.IsAuthor));

    /// <summary>Who reads sheets only once they are published: their drafts, history and internal notes are not hers (matrix F05, F08).</summary>
    public bool ReadsDrafts(bool isAuthor) => visitor.Can(Function.DraftRecord, Right.Read) || isAuthor;

    public bool Passes(RecordAct act, RecordReading reading) =>
        RecordStates.Passes(act, reading.Outcome, SubmittedOn(reading.Record), Today);

    /// <summary>Thirty days after the submission and no word of the officer (T-RE-06b): what is missing may still be completed then.</summary>
    public bool IsDpoSilent(ProcessingRecord record) => SubmittedOn(record) is { } day && RecordStates.IsDpoSilent(day, Today);

    /// <summary>The assistant, who drafts for the officer, reads what she gave (matrix F13).</summary>
    public bool ReadsOpinions => visitor.Can(Function.Opinions, Right.Read) || visitor.Can(Function.Opinions, Right.WriteOwn);

    /// <summary>Whether the visitor holds the office that alone writes such a field.</summary>
    public bool Holds(Role role) => visitor.Grants.Any(grant => grant.Role == role);

    /// <summary>The day by which the officer reads the sheet again: our aim, not a delay of the law.</summary>
    public Deadline ReviewDeadline(ProcessingRecord record) =>
        WorkingDays.Add(SubmittedOn(record) ?? Today, ReviewWorkingDays,
            visitor.Organisation.Calendar, StartEvent.Submitted);

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
