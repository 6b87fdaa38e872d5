using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>A convention as lists show it.</summary>
public sealed record ConventionLine
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required string KeeperName { get; init; }

    /// <summary>Of the keeper; null where the reader does not reach it.</summary>
    public string? Slug { get; init; }
    public string? Others { get; init; }
    public DateOnly? PeriodLastOn { get; init; }
    public DateOnly? EndsOn { get; init; }
    public DateOnly? NextOn { get; init; }
    public string? NextKind { get; init; }
    public string? NextSubject { get; init; }
    public required int Total { get; init; }

    public string Reference => Convention.ReferenceOf(Number);
    public ConventionStatus State => ConventionStates.Parse(Status);
}

/// <summary>What is computed anew whenever a text or its life changes.</summary>
public sealed record ConventionComputed(DateOnly? PeriodLastOn, DateOnly? NextOn, string? NextKind, string? NextSubject, DateOnly? LooksAgainOn);

/// <summary>The texts and states of the conventions that the organisation keeps, and those of others that bind it.</summary>
public sealed class ConventionStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int MostBytes = 800_000;

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>The table refuses a document of a megabyte; the person hears it before.</summary>
    public static bool IsTooLong(ConventionSheet sheet) => System.Text.Encoding.UTF8.GetByteCount(SheetJson.WritePart(sheet)) > MostBytes;

    /// <summary>Those that the organisation keeps and those that it is a party to.</summary>
    public async Task<IReadOnlyList<ConventionLine>> ListAsync(string? text, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ConventionLine>(
            """
            select c.organisation_id, c.id, c.number, c.title, c.status, c.keeper_name, o.slug, c.period_last_on, c.ends_on, c.next_on, c.next_kind, c.next_subject, count(*) over ()::int as total,
                   (select string_agg(p.name, ', ' order by p.position) from convention_party p
                     where p.organisation_id = c.organisation_id and p.convention_id = c.id and p.active and p.party_organisation_id is distinct from @Organisation and p.party_organisation_id is distinct from c.organisation_id) as others
              from convention c
              left join organisation o on o.id = c.organisation_id
             where (c.organisation_id = @Organisation
                    or (c.organisation_id, c.id) in (select p.organisation_id, p.convention_id from convention_party p where p.active and p.party_organisation_id = @Organisation))
               and (@text is null or c.title ilike @text or c.keeper_name ilike @text
                    or exists (select from convention_party p where p.organisation_id = c.organisation_id and p.convention_id = c.id and p.active and p.name ilike @text))
             order by c.status in ('CLOSED', 'ABANDONED'), c.next_on nulls last, c.number
             limit @limit offset @offset
            """,
            new { Organisation, text = Pattern.Containing(text), limit, offset })).AsList();
    }

    /// <summary>Over everything the person reaches, what presses most first.</summary>
    public async Task<IReadOnlyList<ConventionLine>> ListEverywhereAsync(string? text, string? kind, int limit, int offset)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ConventionLine>(
            """
            select c.organisation_id, c.id, c.number, c.title, c.status, c.keeper_name, o.slug, c.period_last_on, c.ends_on, c.next_on, c.next_kind, c.next_subject, count(*) over ()::int as total,
                   (select string_agg(p.name, ', ' order by p.position) from convention_party p
                     where p.organisation_id = c.organisation_id and p.convention_id = c.id and p.active and p.party_organisation_id is distinct from c.organisation_id) as others
              from convention c
              join organisation o on o.id = c.organisation_id
             where (@text is null or c.title ilike @text or c.keeper_name ilike @text
                    or exists (select from convention_party p where p.organisation_id = c.organisation_id and p.convention_id = c.id and p.active and p.name ilike @text)) and (@kind is null or c.next_kind = @kind)
             order by c.status in ('CLOSED', 'ABANDONED'), c.next_on nulls last, c.keeper_name collate "fr-x-icu", c.number
             limit @limit offset @offset
            """,
            new { text = Pattern.Containing(text), kind, limit, offset })).AsList();
    }

    /// <summary>By its reference where it is the organisation's own, by its id where another keeps it: two keepers may both have a C-001.</summary>
    public async Task<Convention?> FindAsync(string named, bool toChange = false)
    {
        var number = Convention.NumberOf(named);
        if (number is null && !Guid.TryParse(named, out _)) return null;
        var id = number is null ? Guid.Parse(named) : (Guid?)null;
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 18))", new { form = $"{Organisation}/{named}" });
        return await connection.QuerySingleOrDefaultAsync<Convention>(
            """
            select c.organisation_id, c.id, c.number, c.title, c.status, c.keeper_name, c.territory, c.good_friday_observed, app.holidays_of(c.territory) as holiday_corrections, c.signed_on, c.effective_on, c.renewals, c.notice_on, c.ends_on,
                   c.end_reason, c.restituted_on, c.destroyed_on, c.evaluated_on, c.tracked_on, c.sheet::text as sheet_json, c.version
              from convention c
             where (c.organisation_id = @Organisation and c.number = @number)
                or (c.id = @id and (c.organisation_id = @Organisation
                     or exists (select from convention_party p where p.organisation_id = c.organisation_id and p.convention_id = c.id and p.active and p.party_organisation_id = @Organisation)))
            """,
            new { Organisation, number, id });
    }

    /// <summary>The number it got; the same form sent twice finds the first one (S-92).</summary>
    public async Task<(int Number, bool Added)> AddAsync(Guid id, ConventionSheet sheet, DateOnly trackedOn)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{id}" });
        if (await connection.ExecuteScalarAsync<int?>("select number from convention where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, 'C', 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation });
        var keeper = visitor.Organisation;
        await connection.ExecuteAsync(
            """
            insert into convention (organisation_id, id, number, title, kinds, keeper_name, territory, good_friday_observed, effective_on, tracked_on, sheet, created_at, updated_at, updated_by)
            values (@Organisation, @id, @number, @title, @kinds, @Name, @Territory, @GoodFridayObserved, @effect, @trackedOn, @sheet::jsonb, @now, @now, @by)
            """,
            new
            {
                Organisation, id, number, title = sheet.Subject.Title, kinds = sheet.Subject.Kinds.ToArray(), keeper.Name, keeper.Territory, keeper.GoodFridayObserved,
                effect = sheet.Duration.EffectiveOn, trackedOn, sheet = SheetJson.WritePart(sheet), now = clock.GetUtcNow(), by = visitor.Name,
            });
        await SavePartiesAsync(id, sheet.Parties);
        return (number, true);
    }

    /// <summary>False when somebody saved it meanwhile. Until it is in force the effective date is that of the text.</summary>
    public async Task<bool> SaveAsync(Convention convention, ConventionSheet sheet, bool partiesToo)
    {
        var connection = await db.OpenAsync();
        var saved = await connection.ExecuteAsync(
            """
            update convention
               set title = @title, kinds = @kinds, sheet = @sheet::jsonb, effective_on = case when status in ('DRAFT', 'DELIBERATED', 'SIGNED') then @effect else effective_on end,
                   updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """,
            new { convention.OrganisationId, convention.Id, convention.Version, title = sheet.Subject.Title, kinds = sheet.Subject.Kinds.ToArray(), sheet = SheetJson.WritePart(sheet), effect = sheet.Duration.EffectiveOn ?? convention.EffectiveOn, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
        if (saved && partiesToo) await SavePartiesAsync(convention.Id, sheet.Parties);
        return saved;
    }

    /// <summary>The state and its dates, after an act; false when somebody was faster.</summary>
    public async Task<bool> MoveAsync(Convention before, Convention after)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update convention
               set status = @Status, signed_on = @SignedOn, effective_on = @EffectiveOn, renewals = @Renewals, notice_on = @NoticeOn, ends_on = @EndsOn, end_reason = @EndReason,
                   restituted_on = @RestitutedOn, destroyed_on = @DestroyedOn, evaluated_on = @EvaluatedOn, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @seen and status = @was
            """,
            new
            {
                after.Status, after.SignedOn, after.EffectiveOn, after.Renewals, after.NoticeOn, after.EndsOn, after.EndReason, after.RestitutedOn, after.DestroyedOn, after.EvaluatedOn,
                after.OrganisationId, after.Id, seen = before.Version, was = before.Status, now = clock.GetUtcNow(), by = visitor.Name,
            }) == 1;
    }

    public async Task KeepComputedAsync(Convention convention, ConventionComputed computed)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update convention set period_last_on = @PeriodLastOn, next_on = @NextOn, next_kind = @NextKind, next_subject = @NextSubject, looks_again_on = @LooksAgainOn, computed_at = @now
             where organisation_id = @OrganisationId and id = @Id
            """,
            new { convention.OrganisationId, convention.Id, computed.PeriodLastOn, computed.NextOn, computed.NextKind, computed.NextSubject, computed.LooksAgainOn, now = clock.GetUtcNow() });
    }

    /// <summary>Whether its day has come, or a proof arrived since its dates were computed.</summary>
    public async Task<bool> NeedsComputingAsync(Convention convention, DateOnly today)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            """
            select exists (select from convention c
                            where c.organisation_id = @OrganisationId and c.id = @Id
                              and (c.looks_again_on <= @today
                                   or exists (select from convention_proof p where p.keeper_id = c.organisation_id and p.convention_id = c.id and p.recorded_at > c.computed_at)
                                   or exists (select from holiday_correction h where h.territory = c.territory and h.changed_at > c.computed_at)))
            """,
            new { convention.OrganisationId, convention.Id, today });
    }

    /// <summary>The organisations that the visitor may name as parties, by name: those within her reach.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name, string? Siren)>> KnownBodiesAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, string, string?)>("""select id, name, siren from organisation where status <> 'CLOSED' order by name collate "fr-x-icu", id limit 2000""")).AsList();
    }

    private async Task SavePartiesAsync(Guid id, ConventionParties parties)
    {
        var connection = await db.OpenAsync();
        var rows = parties.Parties;
        await connection.ExecuteAsync(
            """
            insert into convention_party (organisation_id, convention_id, position, name, party_organisation_id, role, gdpr_role, signatory_function)
            select @Organisation, @id, x.place - 1, x.name, x.body, x.role, x.gdpr, x.signatory
              from unnest(@names::text[], @bodies::uuid[], @roles::text[], @gdpr::text[], @signatories::text[]) with ordinality x (name, body, role, gdpr, signatory, place)
            on conflict (organisation_id, convention_id, position) do update
               set name = excluded.name, party_organisation_id = excluded.party_organisation_id, role = excluded.role, gdpr_role = excluded.gdpr_role,
                   signatory_function = excluded.signatory_function, active = true;
            update convention_party set active = false where organisation_id = @Organisation and convention_id = @id and position >= @count and active
            """,
            new
            {
                Organisation, id, count = rows.Count, names = rows.Select(row => row.Called() is { Length: > 0 } name ? name : "?").ToArray(), roles = rows.Select(row => row.Role).ToArray(), gdpr = rows.Select(row => row.GdprRole).ToArray(),
                signatories = rows.Select(row => row.SignatoryFunction).ToArray(), bodies = rows.Select(row => Guid.TryParse(row.OrganisationId, out var body) ? body : (Guid?)null).ToArray(),
            });
    }
}
