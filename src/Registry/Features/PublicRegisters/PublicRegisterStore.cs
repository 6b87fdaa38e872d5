using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Citizens;
using Registry.Features.Records;

namespace Registry.Features.PublicRegisters;

/// <summary>What the organisation shows of its register. Version 0: nothing was ever decided, and nothing is shown.</summary>
public sealed record PublicRegisterSettings
{
    public bool Enabled { get; init; }
    public bool ShowProcessorNames { get; init; }
    public bool ShowOfficerName { get; init; }
    public int Version { get; init; }
}

/// <summary>A sheet in force and whether citizens read it.</summary>
public sealed record ShownSheet
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }

    /// <summary>Its own text says so, since that version was published.</summary>
    public required bool HiddenByText { get; init; }
    public string? Note { get; init; }
    public required bool Hidden { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }
    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public bool IsShown => !HiddenByText && !Hidden;
}

/// <summary>The decisions on the public register. What citizens read follows by triggers, in the same transaction (migration 0027).</summary>
public sealed class PublicRegisterStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<PublicRegisterSettings> ReadAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<PublicRegisterSettings>(
            "select enabled, show_processor_names, show_officer_name, version from public_register where organisation_id = @Organisation", new { Organisation }) ?? new();
    }

    /// <summary>False when somebody decided meanwhile.</summary>
    public async Task<bool> SaveAsync(PublicRegisterSettings settings)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into public_register as p (organisation_id, enabled, show_processor_names, show_officer_name, updated_at, updated_by)
            values (@Organisation, @Enabled, @ShowProcessorNames, @ShowOfficerName, @now, @by)
            on conflict (organisation_id) do update
               set enabled = excluded.enabled, show_processor_names = excluded.show_processor_names, show_officer_name = excluded.show_officer_name,
                   version = p.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
             where p.version = @Version
            """,
            new { Organisation, settings.Enabled, settings.ShowProcessorNames, settings.ShowOfficerName, settings.Version, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>What the database has redacted, as citizens read it.</summary>
    public async Task<IReadOnlyList<PublicSheetText>> TextsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<PublicSheetText>(
            "select number, published_on, document::text as document from public_sheet where organisation_id = @Organisation and document is not null order by number", new { Organisation })).AsList();
    }

    /// <summary>All that could be shown; or the one of that number.</summary>
    public async Task<IReadOnlyList<ShownSheet>> SheetsAsync(int? number = null)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ShownSheet>(
            """
            select r.id, r.number, coalesce(v.content::jsonb #>> '{identification,title}', r.title) as title,
                   coalesce(v.content::jsonb #>> '{publication,publicVisibility}' = 'HIDDEN', false) as hidden_by_text, v.content::jsonb #>> '{publication,publicNote}' as note,
                   coalesce(d.hidden, false) as hidden, d.reason, d.decided_at, d.decided_by
              from processing_record r
              join record_version v on v.organisation_id = r.organisation_id and v.record_id = r.id and v.number = r.published_version
              left join sheet_visibility d on d.organisation_id = r.organisation_id and d.record_id = r.id
             where r.organisation_id = @Organisation and r.status not in ('ARCHIVED', 'ABANDONED') and (@number::int is null or r.number = @number)
             order by r.number
            """,
            new { Organisation, number })).AsList();
    }

    /// <summary>Hides the sheet for that reason, or shows it again without one. False when somebody decided the same meanwhile.</summary>
    public async Task<bool> DecideAsync(Guid record, string? reason)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into sheet_visibility as d (organisation_id, record_id, hidden, reason, decided_at, decided_by)
            values (@Organisation, @record, @reason::text is not null, @reason, @now, @by)
            on conflict (organisation_id, record_id) do update
               set hidden = excluded.hidden, reason = excluded.reason, decided_at = excluded.decided_at, decided_by = excluded.decided_by
             where d.hidden <> excluded.hidden
            """,
            new { Organisation, record, reason, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }
}
