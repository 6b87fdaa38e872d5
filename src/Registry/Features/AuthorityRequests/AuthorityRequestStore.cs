using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.AuthorityRequests;

/// <summary>Whom the processor serves, under a convention that runs.</summary>
public sealed record ServedController(Guid ConventionId, string Title, Guid OrganisationId, string Name, string Slug, string TimeZone);

/// <summary>Every question asked about the requests of authorities of the current organisation, on whichever side it stands.</summary>
public sealed class AuthorityRequestStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 200;

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<AuthorityRequest?> FindAsync(string reference, bool toChange = false)
    {
        if (AuthorityRequest.Parse(reference) is not var (year, number)) return null;
        var connection = await db.OpenAsync();
        if (toChange)
            await connection.ExecuteAsync("select from authority_request where organisation_id = @Organisation and year = @year and number = @number for update", new { Organisation, year, number });
        return (await ReadAsync(year, number)).SingleOrDefault();
    }

    public Task<IReadOnlyList<AuthorityRequest>> ListAsync() => ReadAsync(null, null);

    private async Task<IReadOnlyList<AuthorityRequest>> ReadAsync(int? year, int? number)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<AuthorityRequest>(
            """
            select r.organisation_id, r.id, r.side, r.year, r.number, r.convention_id, r.processor_id, r.processor_name, r.controller_id, r.controller_name, r.received_on, r.authority, r.kind, r.legal_reference,
                   r.data_concerned, r.status, r.redirect_by, r.redirected_at, r.redirected_by, r.letter, r.secrecy_reference, r.acknowledged_at, r.acknowledged_by, r.answer, r.closed_at, r.closed_by,
                   r.created_at, r.created_by, r.version, c.status as controller_status, coalesce(c.closed_at, c.acknowledged_at) as controller_at
              from authority_request r
              left join authority_request c on r.side = 'PROCESSOR' and c.organisation_id = r.controller_id and c.id = r.id
             where r.organisation_id = @Organisation and (@year::int is null or (r.year, r.number) = (@year, @number::int))
             order by array_position(array['RECEIVED', 'SECRECY_IMPOSED', 'REDIRECTED', 'ACKNOWLEDGED'], r.status) nulls last, r.received_on desc, r.id
             limit @Most
            """,
            new { Organisation, year, number, Most })).AsList();
    }

    /// <summary>Adds a row under the id that the form brought, with the next number there; the same form sent twice finds the first one (S-92). Null: the id is another's.</summary>
    public async Task<(AuthorityRequest Request, bool Added)?> AddAsync(AuthorityRequest request)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{request.OrganisationId}/{request.Id}" });
        if (await connection.QuerySingleOrDefaultAsync<(int Year, int Number)?>("select year, number from authority_request where organisation_id = @OrganisationId and id = @Id", new { request.OrganisationId, request.Id }) is { } first)
            return (request with { Year = first.Year, Number = first.Number }, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@OrganisationId, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { request.OrganisationId, series = $"REQ-{request.Year}" });
        var numbered = request with { Number = number };
        var added = await connection.ExecuteAsync(
            """
            insert into authority_request (organisation_id, id, side, year, number, convention_id, processor_id, processor_name, controller_id, controller_name, received_on, authority, kind, legal_reference,
                   data_concerned, status, redirect_by, redirected_at, redirected_by, letter, created_at, created_by, updated_at)
            values (@OrganisationId, @Id, @Side, @Year, @Number, @ConventionId, @ProcessorId, @ProcessorName, @ControllerId, @ControllerName, @ReceivedOn, @Authority, @Kind, @LegalReference,
                   @DataConcerned, @Status, @RedirectBy, @RedirectedAt, @RedirectedBy, @Letter, @CreatedAt, @CreatedBy, @CreatedAt)
            on conflict do nothing
            """, numbered);
        return added == 1 ? (numbered, true) : null;
    }

    /// <summary>Writes what a step changes; false when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(AuthorityRequest request)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(request);
        parameters.Add("now", clock.GetUtcNow());
        return await connection.ExecuteAsync(
            """
            update authority_request
               set status = @Status, redirected_at = @RedirectedAt, redirected_by = @RedirectedBy, letter = @Letter, secrecy_reference = @SecrecyReference, acknowledged_at = @AcknowledgedAt,
                   acknowledged_by = @AcknowledgedBy, answer = @Answer, closed_at = @ClosedAt, closed_by = @ClosedBy, updated_at = @now, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @Version
            """, parameters) == 1;
    }

    public async Task<IReadOnlyList<ServedController>> ControllersAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ServedController>(
            "select convention_id, title, organisation_id, name, slug, time_zone from app.clients_of(@Organisation) order by name, title, convention_id", new { Organisation })).AsList();
    }
}
