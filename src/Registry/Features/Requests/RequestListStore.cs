using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Requests;

/// <summary>One line of a list: what the law counts with, and no word of the person.</summary>
public sealed record RequestLine
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required string OrganisationType { get; init; }
    public required int Year { get; init; }
    public required int Number { get; init; }
    public required string[] Rights { get; init; }
    public required string Channel { get; init; }
    public required string Status { get; init; }
    public required DateOnly ReceivedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public DateOnly? SuspendedSince { get; init; }
    public required bool Extended { get; init; }
    public string? Outcome { get; init; }
    public DateOnly? EndedOn { get; init; }
    public required DateOnly Today { get; init; }
    public required int Total { get; init; }

    public string Reference => RightsRequest.ReferenceOf(Year, Number);
    public RequestStatus State => RequestStates.Parse(Status);
    public bool Runs => EndedOn is null && SuspendedSince is null;
    public int DaysLeft => DueOn.DayNumber - Today.DayNumber;
}

/// <summary>Lists of requests: in one organisation, over all within reach.</summary>
public sealed class RequestListStore(Db db, TimeProvider clock)
{
    private static readonly string[] Readers = Roles.Readers(Function.Requests);

    /// <summary>The most pressing first, then what is over.</summary>
    /// <param name="filter">What is asked.</param>
    /// <param name="organisation">One organisation, or null for all in which she reads them whole.</param>
    /// <param name="size">How many lines.</param>
    public async Task<IReadOnlyList<RequestLine>> ListAsync(RequestFilter filter, Guid? organisation, int size = RequestFilter.PageSize)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RequestLine>(
            """
            select r.organisation_id, r.id, o.slug, o.name as organisation, o.type as organisation_type, r.year, r.number, r.rights, r.channel, r.status, r.received_on, r.due_on, r.suspended_since, r.extended,
                   r.outcome, r.ended_on, (@now at time zone o.time_zone)::date as today, count(*) over ()::int as total
              from rights_request r
              join organisation o on o.id = r.organisation_id
             where (r.organisation_id = @organisation or @organisation::uuid is null and r.organisation_id in (select held.organisation_id from app.current_roles() held where held.kind = any(@Readers)))
               and (@Right::text is null or @Right = any(r.rights))
               and case @Group
                     when 'ouvertes' then r.ended_on is null
                     when 'retard' then r.ended_on is null and r.suspended_since is null and r.expires_at <= @now
                     when 'suspendues' then r.ended_on is null and r.suspended_since is not null
                     when 'signature' then r.status = 'ANSWER_READY'
                     when 'terminees' then r.ended_on is not null
                     when 'a-effacer' then r.purge_on <= (@now at time zone o.time_zone)::date + 30 and not r.held
                     else true
                   end
             order by r.ended_on is not null, r.ended_on is null and r.suspended_since is not null, case when r.ended_on is null then r.due_on end, r.ended_on desc, r.year desc, r.number desc, r.organisation_id
             limit @size offset @offset
            """,
            new { organisation, Readers, filter.Right, filter.Group, now = clock.GetUtcNow(), size, offset = (filter.Page - 1) * RequestFilter.PageSize })).AsList();
    }
}

/// <summary>The open requests, asked by the pages on which a day begins: late ones first, those that wait for the person last.</summary>
public sealed class RequestsRunning(RequestListStore lists)
{
    private const int Most = 300;

    /// <summary>In one organisation, or in all within reach.</summary>
    public Task<IReadOnlyList<RequestLine>> ListAsync(Guid? organisation = null) => lists.ListAsync(new RequestFilter("ouvertes", null, 1), organisation, Most);
}
