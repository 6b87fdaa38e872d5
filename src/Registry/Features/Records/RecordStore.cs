using Dapper;
using Npgsql;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>Every question asked about the records of the current organisation.</summary>
public sealed class RecordStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <param name="own">Set for who reads published sheets only: her own drafts are shown beside them.</param>
    public async Task<IReadOnlyList<RecordLine>> ListAsync(string? text, string? group, Guid? own, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RecordLine>(
            """
            select number, title, unit, status, completeness, sensitive, minors, dpia_due, dpia_waived, published_version, next_review_on,
                   exists (select from record_version v where v.organisation_id = r.organisation_id and v.record_id = r.id
                              and v.number = r.published_version and v.validated_by is null) as unreviewed
              from processing_record r
             where organisation_id = @Organisation
               and (@statuses::text[] is null or status = any(@statuses))
               and (@own is null or author_id = @own or status in ('PUBLISHED', 'IN_REVISION'))
               and (@text is null or title ilike @text or unit ilike @text or sheet #>> '{purposes,purpose}' ilike @text)
             order by number
             limit @limit offset @offset
            """,
            new { Organisation, statuses = RecordGroups.All.First(known => known.Key == group).Statuses, text = Pattern.Containing(text), own, limit, offset })).AsList();
    }

    /// <summary>How many records each state holds, under the same search.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(string? text, Guid? own)
    {
        var connection = await db.OpenAsync();
        var rows = await connection.QueryAsync<(string Status, int Count)>(
            """
            select status, count(*)::int
              from processing_record
             where organisation_id = @Organisation
               and (@own is null or author_id = @own or status in ('PUBLISHED', 'IN_REVISION'))
               and (@text is null or title ilike @text or unit ilike @text or sheet #>> '{purposes,purpose}' ilike @text)
             group by status
            """,
            new { Organisation, text = Pattern.Containing(text), own });
        return rows.ToDictionary(row => row.Status, row => row.Count);
    }

    public async Task<ProcessingRecord?> FindAsync(string reference, bool toChange = false)
    {
        if (ProcessingRecord.NumberOf(reference) is not { } number) return null;
        var connection = await db.OpenAsync();
        // A writer waits for the other one here, then reads what that one left.
        if (toChange)
            await connection.ExecuteAsync(
                "select from processing_record where organisation_id = @Organisation and number = @number for update", new { Organisation, number });
        return await connection.QuerySingleOrDefaultAsync<ProcessingRecord>(
            """
            select id, number, title, status, sheet::text as sheet_json, model_code, model_revision, author_id, published_version, next_review_on, submitted_at,
                   review_due_on, validated_at, validated_by, ended_on, data_fate, correction_comment, correction_by, correction_at,
                   version, created_at, updated_at, updated_by
              from processing_record
             where organisation_id = @Organisation and number = @number
            """,
            new { Organisation, number });
    }

    public async Task<bool> TitleIsTakenAsync(string title, Guid? except)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from processing_record
                            where organisation_id = @Organisation and lower(title) = lower(@title) and id is distinct from @except
                              and status not in ('ARCHIVED', 'ABANDONED'))
            """,
            new { Organisation, title, except });
    }

    public async Task<IReadOnlyList<string>> ModelsInUseAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<string>(
            "select distinct model_code from processing_record where organisation_id = @Organisation and model_code is not null and status <> 'ABANDONED'",
            new { Organisation })).AsList();
    }

    /// <summary>Adds a draft under the id that its form brought; the same form sent twice finds the first one (S-92).</summary>
    public async Task<(int Number, bool Added)> AddAsync(Guid id, Sheet sheet, int completeness, int modelRevision = 1)
    {
        var connection = await db.OpenAsync();
        // Asked under a lock before the number is drawn: a form sent twice changes nothing the second time, not even the counter.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{id}" });
        if (await connection.ExecuteScalarAsync<int?>(
                "select number from processing_record where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, 'T', 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation });
        await connection.ExecuteAsync(
            """
            insert into processing_record (organisation_id, id, number, title, domain, unit, status, sheet, model_code, model_revision, completeness,
                   sensitive, minors, dpia_due, dpia_waived, author_id, created_at, updated_at, updated_by)
            values (@Organisation, @id, @number, @Title, @Domain, @Unit, 'DRAFT', @Sheet::jsonb, @ModelCode, @modelRevision, @completeness,
                   @Sensitive, @Minors, @DpiaDue, @DpiaWaived, @author, @now, @now, @by)
            """,
            Parameters(sheet, new { Organisation, id, number, completeness, modelRevision, author = visitor.PersonId, now = clock.GetUtcNow(), by = visitor.Name }));
        return (number, true);
    }

    public async Task<bool> SaveAsync(ProcessingRecord record, Sheet sheet, int completeness)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processing_record
               set title = @Title, domain = @Domain, unit = @Unit, sheet = @Sheet::jsonb, completeness = @completeness, sensitive = @Sensitive,
                   minors = @Minors, dpia_due = @DpiaDue, dpia_waived = @DpiaWaived, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            Parameters(sheet, new { Organisation, record.Id, record.Version, completeness, now = clock.GetUtcNow(), by = visitor.Name })) == 1;
    }

    /// <summary>Moves the record to another state; what the new state does not know is emptied.</summary>
    public async Task<bool> MoveAsync(ProcessingRecord record, RecordStatus to, DateOnly? reviewDueOn = null, string? correction = null, DateOnly? endedOn = null, string? dataFate = null)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processing_record
               set status = @to, updated_at = @now, updated_by = @by, version = version + 1,
                   submitted_at = case when @to = 'SUBMITTED' then @now when @to in ('IN_REVIEW', 'VALIDATED', 'CHANGES_REQUESTED') then submitted_at end,
                   review_due_on = case when @to = 'SUBMITTED' then @reviewDueOn when @to = 'IN_REVIEW' then review_due_on end,
                   validated_at = case when @to = 'VALIDATED' then @now end,
                   validated_by = case when @to = 'VALIDATED' then @by end,
                   correction_comment = case when @to = 'CHANGES_REQUESTED' then @correction::text end,
                   correction_by = case when @to = 'CHANGES_REQUESTED' then @by end,
                   correction_at = case when @to = 'CHANGES_REQUESTED' then @now end,
                   ended_on = case when @to = 'ARCHIVED' then @endedOn::date end,
                   data_fate = case when @to = 'ARCHIVED' then @dataFate::text end
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            new { Organisation, record.Id, record.Version, to = RecordStates.Code(to), now = clock.GetUtcNow(), by = visitor.Name, reviewDueOn, correction, endedOn, dataFate }) == 1;
    }

    /// <summary>Freezes the sheet as the next version; the one before is superseded at the same instant.</summary>
    public async Task<bool> PublishAsync(ProcessingRecord record, string content, string sha256, string changeSummary, DateOnly nextReviewOn)
    {
        var connection = await db.OpenAsync();
        var number = (record.PublishedVersion ?? 0) + 1;
        var moved = await connection.ExecuteAsync(
            """
            update processing_record
               set status = 'PUBLISHED', published_version = @number, next_review_on = @nextReviewOn, submitted_at = null, review_due_on = null,
                   validated_at = null, validated_by = null, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            new { Organisation, record.Id, record.Version, number, nextReviewOn, now = clock.GetUtcNow(), by = visitor.Name });
        if (moved != 1) return false;
        await connection.ExecuteAsync(
            """
            update record_version set superseded_at = @now where organisation_id = @Organisation and record_id = @Id and superseded_at is null;
            insert into record_version (organisation_id, record_id, number, content, sha256, change_summary, published_at, published_by, validated_by)
            values (@Organisation, @Id, @number, @content, @sha256, @changeSummary, @now, @by, @ValidatedBy)
            """,
            new { Organisation, record.Id, record.ValidatedBy, number, content, sha256, changeSummary, now = clock.GetUtcNow(), by = visitor.Name });
        return true;
    }

    /// <summary>Gives up the working copy: the version in force becomes the sheet again.</summary>
    public Task<bool> RestoreAsync(ProcessingRecord record, RecordVersion inForce, int completeness)
    {
        var sheet = SheetJson.Read(inForce.Content);
        sheet.Stamp = null;
        sheet.Publication.InternalNotes = record.ReadSheet().Publication.InternalNotes;
        return ReturnAsync(record, sheet, RecordStatus.Published, completeness);
    }

    /// <summary>Another text of the same record, and the state that it brings.</summary>
    public async Task<bool> ReturnAsync(ProcessingRecord record, Sheet sheet, RecordStatus to, int completeness)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update processing_record
               set status = @to, title = @Title, domain = @Domain, unit = @Unit, sheet = app.with_current_names(organisation_id, @Sheet::jsonb), completeness = @completeness,
                   sensitive = @Sensitive, minors = @Minors, dpia_due = @DpiaDue, dpia_waived = @DpiaWaived, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            Parameters(sheet, new { Organisation, record.Id, record.Version, to = RecordStates.Code(to), completeness, now = clock.GetUtcNow(), by = visitor.Name })) == 1;
    }

    /// <summary>The versions as the margin names them: a text may be long, and there none is read.</summary>
    public async Task<IReadOnlyList<VersionLine>> VersionsAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<VersionLine>(
            "select number, published_at, superseded_at from record_version where organisation_id = @Organisation and record_id = @id order by number desc",
            new { Organisation, id })).AsList();
    }

    public async Task<RecordVersion?> FindVersionAsync(Guid id, int number)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<RecordVersion>(
            """
            select number, content, sha256, change_summary, published_at, published_by, validated_by, superseded_at
              from record_version
             where organisation_id = @Organisation and record_id = @id and number = @number
            """,
            new { Organisation, id, number });
    }

    private static DynamicParameters Parameters(Sheet sheet, object others)
    {
        var parameters = new DynamicParameters(others);
        parameters.AddDynamicParams(new { sheet.Identification.Title, sheet.Identification.Domain, sheet.Identification.Unit, Sheet = SheetJson.Write(sheet), sheet.ModelCode });
        parameters.AddDynamicParams(RecordFacts.Of(sheet));
        return parameters;
    }
}
