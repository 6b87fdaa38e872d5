using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.ProviderRequests;

/// <summary>Every question asked about requests to a provider, from the side that asks and from the side that is asked.</summary>
public sealed class ProviderRequestStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>A request of the current organisation.</summary>
    public async Task<ProviderRequest?> FindAsync(string reference, bool toChange = false) =>
        ProviderRequest.Parse(reference) is var (nature, year, number) ? await OneAsync(Organisation, null, null, nature, year, number, toChange) : null;

    /// <summary>A request addressed to the current organisation, whoever made it: two of them may bear the same reference.</summary>
    public Task<ProviderRequest?> FindTicketAsync(Guid id, bool toChange = false) => OneAsync(null, Organisation, id, null, null, null, toChange);

    /// <summary>For the job, which knows whose it is.</summary>
    public Task<ProviderRequest?> FindAsync(Guid organisation, Guid id) => OneAsync(organisation, null, id, null, null, null, toChange: true);

    private async Task<ProviderRequest?> OneAsync(Guid? organisation, Guid? provider, Guid? id, string? nature, int? year, int? number, bool toChange)
    {
        var connection = await db.OpenAsync();
        var wanted = new { organisation, provider, id, nature, year, number };
        // A writer waits for the other one here, then reads what that one left.
        if (toChange)
            await connection.ExecuteAsync(
                """
                select from provider_request
                 where (@organisation::uuid is null or organisation_id = @organisation) and (@provider::uuid is null or provider_id = @provider) and (@id::uuid is null or id = @id)
                   and (@nature::text is null or (nature, year, number) = (@nature, @year::int, @number::int))
                   for update
                """, wanted);
        return await connection.QuerySingleOrDefaultAsync<ProviderRequest>(
            """
            select organisation_id, id, nature, year, number, origin, convention_id, provider_id, provider_name, organisation_name, kind, priority, breach_id, system, content::text as content_json, status,
                   requested_by_id, requested_by, created_at, authority_id, authority, submitted_at, told_at, taken_at, taken_by_id, taken_by, ended_at, ended_by, note, notified_at, archived_at, version
              from provider_request
             where (@organisation::uuid is null or organisation_id = @organisation) and (@provider::uuid is null or provider_id = @provider) and (@id::uuid is null or id = @id)
               and (@nature::text is null or (nature, year, number) = (@nature, @year::int, @number::int))
            """, wanted);
    }

    /// <param name="filter">What is asked.</param>
    /// <param name="asProvider">Those addressed to the current organisation rather than its own.</param>
    /// <param name="author">Only what this person prepared.</param>
    /// <param name="from">Created on this day or later.</param>
    /// <param name="to">Created on this day or before.</param>
    public async Task<IReadOnlyList<ProviderRequest>> ListAsync(ProviderRequestFilter filter, bool asProvider, Guid? author = null, DateOnly? from = null, DateOnly? to = null, int size = ProviderRequestFilter.PageSize)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ProviderRequest>(
            """
            select organisation_id, id, nature, year, number, origin, convention_id, provider_id, provider_name, organisation_name, kind, priority, breach_id, system, content::text as content_json, status,
                   requested_by_id, requested_by, created_at, authority_id, authority, submitted_at, told_at, taken_at, taken_by_id, taken_by, ended_at, ended_by, note, notified_at, archived_at, version,
                   count(*) over ()::int as total
              from provider_request
             where case when @asProvider then provider_id = @Organisation else organisation_id = @Organisation end
               and (@author::uuid is null or requested_by_id = @author)
               and (@from::date is null or (created_at at time zone @zone)::date >= @from) and (@to::date is null or (created_at at time zone @zone)::date <= @to)
               and (@text::text is null or system ilike @text or content ->> 'reason' ilike @text or content ->> 'personName' ilike @text or provider_name ilike @text or organisation_name ilike @text)
               and case @Group
                     when 'en-cours' then status in ('DRAFT', 'SUBMITTED', 'IN_PROGRESS', 'EXECUTED', 'FAILED')
                     when 'habilitations' then nature = 'ACCESS'
                     when 'restaurations' then nature = 'RESTORATION'
                     when 'assistance' then nature = 'TICKET'
                     when 'terminees' then status in ('NOTIFIED', 'ARCHIVED', 'TECHNICALLY_IMPOSSIBLE', 'CANCELLED')
                     when 'rejetees' then status = 'REJECTED_NOT_AUTHORISED'
                     else true
                   end
             order by array_position(array['SUBMITTED', 'IN_PROGRESS'], status) nulls last, case when status = 'SUBMITTED' then submitted_at end, created_at desc, id
             limit @size offset @offset
            """,
            new { Organisation, asProvider, author, from, to, zone = visitor.Organisation.TimeZone, filter.Group, text = Pattern.Containing(filter.Text), size, offset = (filter.Page - 1) * size })).AsList();
    }

    /// <summary>Adds a request under the id that its form brought, with the next number of its series; the same form sent twice finds the first one (S-92). Null: somebody else's form bore that id.</summary>
    public async Task<(ProviderRequest Request, bool Added)?> AddAsync(ProviderRequest request)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{request.OrganisationId}/{request.Id}" });
        if (await OneAsync(request.OrganisationId, null, request.Id, null, null, null, toChange: false) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@OrganisationId, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { request.OrganisationId, series = $"{ProviderRequest.SeriesOf(request.Nature)}-{request.Year}" });
        var numbered = request with { Number = number };
        var added = await connection.ExecuteAsync(
            """
            insert into provider_request (organisation_id, id, nature, year, number, origin, convention_id, provider_id, provider_name, organisation_name, kind, priority, breach_id, system, content, status,
                   requested_by_id, requested_by, created_at, authority_id, authority, submitted_at, updated_at)
            values (@OrganisationId, @Id, @Nature, @Year, @Number, @Origin, @ConventionId, @ProviderId, @ProviderName, @OrganisationName, @Kind, @Priority, @BreachId, @System, @ContentJson::jsonb, @Status,
                   @RequestedById, @RequestedBy, @CreatedAt, @AuthorityId, @Authority, @SubmittedAt, @CreatedAt)
            on conflict do nothing
            """, numbered);
        return added == 1 ? (numbered, true) : null;
    }

    /// <summary>Writes what may change; false when somebody saved it meanwhile. What was asked changes in a draft only: the table sees to it.</summary>
    public async Task<bool> SaveAsync(ProviderRequest request)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(request);
        parameters.Add("now", clock.GetUtcNow());
        return await connection.ExecuteAsync(
            """
            update provider_request
               set convention_id = @ConventionId, provider_id = @ProviderId, provider_name = @ProviderName, kind = @Kind, system = @System, content = @ContentJson::jsonb, status = @Status,
                   requested_by_id = @RequestedById, requested_by = @RequestedBy, authority_id = @AuthorityId, authority = @Authority, submitted_at = @SubmittedAt, told_at = @ToldAt,
                   taken_at = @TakenAt, taken_by_id = @TakenById, taken_by = @TakenBy, ended_at = @EndedAt, ended_by = @EndedBy, note = @Note, notified_at = @NotifiedAt,
                   archived_at = @ArchivedAt, updated_at = @now, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """, parameters) == 1;
    }

    public async Task<IReadOnlyList<ProviderRequestEntry>> EntriesAsync(ProviderRequest request)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ProviderRequestEntry>(
            "select id, happened_at, text, made_by from provider_request_entry where organisation_id = @OrganisationId and request_id = @Id order by happened_at, made_at, id",
            new { request.OrganisationId, request.Id })).AsList();
    }

    /// <summary>False when the form that brought the id was sent before.</summary>
    public async Task<bool> AddEntryAsync(ProviderRequest request, Guid id, DateTimeOffset happenedAt, string text)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into provider_request_entry (organisation_id, id, request_id, happened_at, text, made_at, made_by)
            values (@OrganisationId, @entry, @Id, @happenedAt, @text, @now, @by)
            on conflict do nothing
            """,
            new { request.OrganisationId, request.Id, entry = id, happenedAt, text, now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    /// <summary>Whom the current organisation may ask.</summary>
    public async Task<IReadOnlyList<AskedProvider>> ProvidersAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AskedProvider>(
            """
            select p.convention_id, p.title, p.provider_id, p.provider_name, p.convention_id in (select app.ending_conventions(@Organisation)) as ending
              from app.providers_of(@Organisation) p
             order by p.provider_name, p.title, p.convention_id
            """,
            new { Organisation })).AsList();
    }

    /// <summary>Whom the current organisation serves.</summary>
    public async Task<IReadOnlyList<Client>> ClientsAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<Client>(
            "select convention_id, title, organisation_id, name, slug, time_zone, territory, good_friday_observed from app.clients_of(@Organisation) order by name, title, convention_id",
            new { Organisation })).AsList();
    }

    /// <summary>The appointment under which the visitor may ask today; null when she may not.</summary>
    public async Task<AskingAuthority?> AuthorityAsync(string nature)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<AskingAuthority>(
            """
            select id, kind, start_on, act_type, act_reference
              from appointment
             where organisation_id = @Organisation and person_id = @PersonId and @today between start_on and coalesce(end_on, 'infinity')
               and (kind = 'CORRESPONDENT' or kind = 'CORRESPONDENT_DELEGATE' and delegation_scope && @scopes)
             order by kind, start_on
             limit 1
            """,
            new { Organisation, visitor.PersonId, scopes = ScopesOf(nature), today = visitor.Organisation.Today(clock) });
    }

    /// <summary>Who may ask here, to be told to whoever may not.</summary>
    public async Task<IReadOnlyList<string>> WhoMayAskAsync(string nature)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<string>(
            """
            select distinct p.first_name || ' ' || p.last_name
              from appointment a
              join person p on p.id = a.person_id
             where a.organisation_id = @Organisation and @today between a.start_on and coalesce(a.end_on, 'infinity')
               and (a.kind = 'CORRESPONDENT' or a.kind = 'CORRESPONDENT_DELEGATE' and a.delegation_scope && @scopes)
             order by 1
            """,
            new { Organisation, scopes = ScopesOf(nature), today = visitor.Organisation.Today(clock) })).AsList();
    }

    /// <summary>A delegate asks for what her letter names; either letter covers the small demands of every day.</summary>
    public static string[] ScopesOf(string nature) => nature switch { ProviderRequest.AccessNature => ["ACCESS_REQUESTS"], ProviderRequest.TicketNature => ["ACCESS_REQUESTS", "RESTORATIONS"], _ => ["RESTORATIONS"] };

    /// <summary>How many journals this person has taken out within the last hour (S-84).</summary>
    public async Task<int> TakenLatelyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from history.event where person_id = @PersonId and recorded_at > @since and action = 'PROVIDER_REQUESTS_EXPORTED'",
            new { visitor.PersonId, since = clock.GetUtcNow().AddHours(-1) });
    }
}
