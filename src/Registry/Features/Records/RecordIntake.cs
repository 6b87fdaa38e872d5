using Dapper;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>A sheet to be added as a draft, and the revision of the model that it is a copy of.</summary>
public sealed record TakenSheet(Sheet Sheet, int Revision, Guid? Library);

/// <summary>What comes into a register from the library: many copies at once, a newer revision of one, or their way back.</summary>
public sealed class RecordIntake(Db db, RecordStore store, RecordDesk desk, Visitor visitor, IStringLocalizer t, TimeProvider clock)
{
    /// <summary>Models and names that sheets in use hold already, in any of these organisations.</summary>
    public async Task<ILookup<Guid, (string? Model, string Title)>> HeldAsync(IReadOnlyCollection<Guid> organisations, IReadOnlyCollection<string> models, IReadOnlyCollection<string> titles)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid Organisation, string? Model, string Title)>(
            """
            select organisation_id, model_code, title
              from processing_record
             where organisation_id = any(@organisations) and status not in ('ARCHIVED', 'ABANDONED')
               and (model_code = any(@models) or lower(title) = any(@titles))
            """,
            new { organisations = organisations.ToArray(), models = models.ToArray(), titles = titles.Select(title => title.ToLowerInvariant()).ToArray() }))
            .ToLookup(row => row.Organisation, row => (row.Model, row.Title));
    }

    /// <summary>Adds the sheets as drafts of the current organisation in one statement; each is an event of its own.</summary>
    /// <param name="taken">The sheets.</param>
    /// <param name="rollout">What brought them, a rollout or an import: by it they are taken back together.</param>
    /// <param name="file">The SHA-256 of the file that they come from, which their events then name.</param>
    public async Task AddAllAsync(IReadOnlyList<TakenSheet> taken, Guid rollout, string? file = null)
    {
        if (taken.Count == 0) return;
        var context = await desk.NewContextAsync();
        var connection = await db.OpenAsync();
        var last = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@organisation, 'T', @Count)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + @Count
            returning last
            """,
            new { organisation = visitor.Organisation.Id, taken.Count });
        var rows = taken.Select((one, index) => (Id: Guid.CreateVersion7(), Number: last - taken.Count + 1 + index, one.Revision, one.Library, one.Sheet, Facts: RecordFacts.Of(one.Sheet))).ToList();
        await connection.ExecuteAsync(
            """
            insert into processing_record (organisation_id, id, number, title, domain, unit, status, sheet, model_code, model_revision, model_library, rollout_id,
                   completeness, sensitive, minors, dpia_due, dpia_waived, author_id, created_at, updated_at, updated_by)
            select @organisation, r.id, r.number, r.title, r.domain, r.unit, 'DRAFT', r.sheet::jsonb, r.model, r.revision, r.library, @rollout,
                   r.completeness, r.sensitive, r.minors, r.dpia_due, false, @author, @now, @now, @by
              from unnest(@ids, @numbers, @titles, @domains, @units, @sheets, @models, @revisions, @libraries, @completeness, @sensitive, @minors, @dpiaDue)
                   as r (id, number, title, domain, unit, sheet, model, revision, library, completeness, sensitive, minors, dpia_due)
            """,
            new
            {
                organisation = visitor.Organisation.Id, rollout, author = visitor.PersonId, now = clock.GetUtcNow(), by = visitor.Name,
                ids = rows.ConvertAll(row => row.Id), numbers = rows.ConvertAll(row => row.Number), titles = rows.ConvertAll(row => row.Sheet.Identification.Title),
                domains = rows.ConvertAll(row => row.Sheet.Identification.Domain), units = rows.ConvertAll(row => row.Sheet.Identification.Unit),
                sheets = rows.ConvertAll(row => SheetJson.Write(row.Sheet)), models = rows.ConvertAll(row => row.Sheet.ModelCode),
                revisions = rows.ConvertAll(row => row.Revision), libraries = rows.ConvertAll(row => row.Library), completeness = rows.ConvertAll(row => PublicationRules.Judge(row.Sheet, context).Percent),
                sensitive = rows.ConvertAll(row => row.Facts.Sensitive), minors = rows.ConvertAll(row => row.Facts.Minors), dpiaDue = rows.ConvertAll(row => row.Facts.DpiaDue),
            });
        foreach (var row in rows)
        {
            var subject = $"{ProcessingRecord.ReferenceOf(row.Number)} · {row.Sheet.Identification.Title}";
            if (file is null) desk.Tell(Actions.RecordAdded, row.Id, subject);
            else desk.Tell(Actions.RecordImported, row.Id, EventDetails.WithFingerprint(subject, file));
        }
    }

    /// <summary>
    /// Keeps what was settled between a sheet and its model's newer revision. What is in force is opened for revision first. False when it cannot be
    /// kept: somebody changed the record meanwhile, another sheet bears the name, or a text is not acceptable.
    /// </summary>
    public async Task<bool> SettleAsync(RecordReading reading, Sheet settled, ShelfModel model, string reason)
    {
        var record = reading.Record;
        if (SheetText.Clean(settled).Count > 0) return false;
        if (settled.Identification.Title is not { Length: > 0 } title || (title != record.Title && await store.TitleIsTakenAsync(title, record.Id))) return false;
        var changes = Languages.InFrench(() => SheetDifferences.Compare(reading.Sheet, settled, key => t.Get(key)));
        if (changes.Count > 0)
        {
            if (record.State == RecordStatus.Published)
            {
                if (!await store.MoveAsync(record, RecordStatus.InRevision)) return false;
                record = record with { Version = record.Version + 1 };
                desk.Tell(Actions.RevisionOpened, record.Id, record.Reference, reason);
            }
            if (!await store.SaveAsync(record, settled, reading.Judge(settled).Percent)) return false;
            record = record with { Version = record.Version + 1 };
        }
        var connection = await db.OpenAsync();
        // Somebody looked at it: the draft counts as touched from here on.
        if (await connection.ExecuteAsync(
            """
            update processing_record set model_revision = @Revision, model_library = @Library, version = version + 1
             where organisation_id = @organisation and id = @Id and version = @Version
            """,
            new { model.Revision, model.Library, organisation = visitor.Organisation.Id, record.Id, record.Version }) != 1) return false;
        desk.Tell(changes.Count > 0 ? Actions.ModelTaken : Actions.ModelExamined, record.Id, record.Reference, reason,
            [.. changes.Select(one => one.Change)]);
        return true;
    }

    /// <summary>Takes back the drafts of a rollout that nobody has touched; says how many went and how many stay.</summary>
    public async Task<(int Gone, int Kept)> TakeBackAsync(Guid rollout, string reason)
    {
        var connection = await db.OpenAsync();
        var rows = (await connection.QueryAsync<(Guid Id, int Number, bool Untouched)>(
            """
            select id, number, status = 'DRAFT' and version = 1
              from processing_record
             where organisation_id = @organisation and rollout_id = @rollout
             order by number
               for update
            """,
            new { organisation = visitor.Organisation.Id, rollout })).AsList();
        var gone = rows.Where(row => row.Untouched).ToList();
        await connection.ExecuteAsync(
            """
            update processing_record set status = 'ABANDONED', version = version + 1, updated_at = @now, updated_by = @by
             where organisation_id = @organisation and id = any(@ids)
            """,
            new { organisation = visitor.Organisation.Id, now = clock.GetUtcNow(), by = visitor.Name, ids = gone.ConvertAll(row => row.Id) });
        foreach (var row in gone) desk.Tell(Actions.RecordAbandoned, row.Id, ProcessingRecord.ReferenceOf(row.Number), reason);
        return (gone.Count, rows.Count - gone.Count);
    }
}
