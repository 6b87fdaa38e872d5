using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Breaches;

/// <summary>A file as lists show it.</summary>
public sealed record BreachLine
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required string OrganisationType { get; init; }
    public required string TimeZone { get; init; }
    public required string Kind { get; init; }
    public required int Year { get; init; }
    public int? Number { get; init; }
    public int? IncidentNumber { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required string AuthorityStatus { get; init; }
    public required string PeopleStatus { get; init; }
    public DateTimeOffset? AwareAt { get; init; }
    public DateTimeOffset? NotifyBy { get; init; }
    public DateTimeOffset? NotifiedAt { get; init; }
    public bool NotifiedLate { get; init; }
    public string? RiskLevel { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public Guid? IncidentId { get; init; }
    public int? IncidentYear { get; init; }
    public int? IncidentPlace { get; init; }
    public string? Provider { get; init; }
    public required int Total { get; init; }

    public string Reference => Breach.ReferenceOf(Kind, Year, Number, IncidentNumber);
    public BreachState State => new(BreachStates.Parse(Status), BreachStates.ParseAuthority(AuthorityStatus), BreachStates.ParsePeople(PeopleStatus));
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The incident at a provider that opened the file, and whose.</summary>
    public string? Incident => IncidentYear is { } year && IncidentPlace is { } place ? $"{ProviderIncident.ReferenceOf(year, place)} · {Provider}" : null;
    public bool Runs => NotifyBy is not null && BreachStates.Runs(State);
}

/// <summary>A file with all its content and what was stated, for the register of article 33(5).</summary>
public sealed record RegisterRow(Breach Breach, IReadOnlyList<BreachEntry> Entries);

/// <summary>Lists of breaches: in one organisation, over all within reach, and the register whole.</summary>
public sealed class BreachListStore(Db db, Visitor visitor)
{
    private const int Batch = 100;
    private static readonly string[] Readers = Roles.Readers(Function.Breaches);

    /// <param name="filter">What is asked.</param>
    /// <param name="organisation">One organisation, or null for all in which she reads them whole.</param>
    /// <param name="reporter">Only what this person reported.</param>
    /// <param name="size">How many lines at most.</param>
    public async Task<IReadOnlyList<BreachLine>> ListAsync(BreachFilter filter, Guid? organisation, Guid? reporter = null, int size = BreachFilter.PageSize)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<BreachLine>(
            """
            select b.organisation_id, b.id, o.slug, o.name as organisation, o.type as organisation_type, o.time_zone, b.kind, b.year, b.number, b.incident_number, b.title, b.status, b.authority_status, b.people_status,
                   b.aware_at, b.notify_by, b.notified_at, b.notified_late, b.risk_level, b.reported_at, i.id as incident_id, i.year as incident_year, i.number as incident_place, i.provider_name as provider,
                   count(*) over ()::int as total
              from breach b
              join organisation o on o.id = b.organisation_id
              left join provider_incident_file f on f.reached_id = b.organisation_id and f.incident_id = b.provider_incident_id
              left join provider_incident i on i.organisation_id = f.organisation_id and i.id = f.incident_id
             where (b.organisation_id = @organisation or @organisation::uuid is null and b.organisation_id in (select held.organisation_id from app.current_roles() held where held.kind = any(@Readers)))
               and (@reporter::uuid is null or b.reported_by_id = @reporter)
               and (@Year::int is null or b.year = @Year)
               and (@Incident::uuid is null or b.provider_incident_id = @Incident)
               and (@text::text is null or b.title ilike @text or b.sheet #>> '{facts,description}' ilike @text or (@organisation::uuid is null and o.name ilike @text))
               and case @Group
                     when 'delai' then b.notify_by is not null and b.status in ('REPORTED', 'ASSESSING', 'CONFIRMED') and b.authority_status in ('UNDECIDED', 'TO_NOTIFY')
                     when 'ouvertes' then b.kind = 'BREACH' and b.status in ('REPORTED', 'ASSESSING', 'CONFIRMED', 'HANDLED')
                     when 'notifiees' then b.notified_at is not null
                     when 'non-notifiees' then b.kind = 'BREACH' and b.notified_at is null and b.status <> 'DISMISSED'
                     when 'closes' then b.kind = 'BREACH' and b.status = 'CLOSED'
                     when 'incidents' then b.kind = 'INCIDENT' or b.status = 'DISMISSED'
                     else true
                   end
             order by case when b.status in ('REPORTED', 'ASSESSING', 'CONFIRMED') and b.authority_status in ('UNDECIDED', 'TO_NOTIFY') then b.notify_by end nulls last,
                      b.status in ('CLOSED', 'DISMISSED'), b.reported_at desc, b.id
             limit @size offset @offset
            """,
            new { organisation, Readers, reporter, filter.Year, filter.Incident, filter.Group, text = Pattern.Containing(filter.Text), size, offset = (filter.Page - 1) * size })).AsList();
    }

    /// <summary>The register of article 33(5) of the current organisation, batch after batch: every breach with what was stated of it, also those not notified.</summary>
    public async Task<IReadOnlyList<RegisterRow>> NextAsync(int? year, (int Year, int Number) after)
    {
        var connection = await db.OpenAsync();
        var breaches = (await connection.QueryAsync<Breach>(
            """
            select id, kind, year, number, incident_number, provider_incident_id, title, status, authority_status, people_status, started_at, ended_at, processor_aware_at,
                   controller_alerted_at, dpo_informed_at, found_at, aware_at, notify_by, risk_level, decided_at, notified_at, notified_late, closed_at, sheet::text as sheet_json,
                   version, reported_at, reported_by_id, reported_by, updated_at, updated_by
              from breach
             where organisation_id = @Organisation and kind = 'BREACH' and (@year::int is null or year = @year) and (year, number) > (@afterYear, @afterNumber)
             order by year, number
             limit @Batch
            """,
            new { Organisation = visitor.Organisation.Id, year, afterYear = after.Year, afterNumber = after.Number, Batch })).AsList();
        var entries = (await connection.QueryAsync<BreachEntry, Guid, (Guid Breach, BreachEntry Entry)>(
            """
            select id, kind, happened_at, content::text as content_json, acknowledged_at, acknowledged_by, made_at, made_by, breach_id
              from breach_entry where organisation_id = @Organisation and breach_id = any(@ids) order by made_at, id
            """,
            (entry, breach) => (breach, entry), new { Organisation = visitor.Organisation.Id, ids = breaches.Select(one => one.Id).ToArray() }, splitOn: "breach_id")).ToLookup(one => one.Breach, one => one.Entry);
        return [.. breaches.Select(breach => new RegisterRow(breach, [.. entries[breach.Id]]))];
    }
}

/// <summary>Where the 72 hours run: asked by the pages on which somebody's day begins.</summary>
public sealed class BreachesRunning(BreachListStore lists)
{
    private const int Most = 200;

    /// <summary>In one organisation, or in all within reach; the most pressing first.</summary>
    public Task<IReadOnlyList<BreachLine>> ListAsync(Guid? organisation = null) => lists.ListAsync(new BreachFilter("delai", "", null, 1), organisation, size: Most);
}
