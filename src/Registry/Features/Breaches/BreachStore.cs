using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Breaches;

/// <summary>Every question asked about the incidents and breaches of the current organisation.</summary>
public sealed class BreachStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<Breach?> FindAsync(string reference, bool toChange = false)
    {
        if (Breach.Parse(reference) is not var (incident, year, number)) return null;
        var connection = await db.OpenAsync();
        // A writer waits for the other one here, then reads what that one left.
        if (toChange)
            await connection.ExecuteAsync(
                "select from breach where organisation_id = @Organisation and year = @year and case when @incident then incident_number else number end = @number for update",
                new { Organisation, year, number, incident });
        return await connection.QuerySingleOrDefaultAsync<Breach>(
            """
            select id, kind, year, number, incident_number, provider_incident_id, title, status, authority_status, people_status, started_at, ended_at, processor_aware_at,
                   controller_alerted_at, dpo_informed_at, found_at, aware_at, notify_by, risk_level, decided_at, notified_at, notified_late, closed_at, held, sheet::text as sheet_json,
                   version, reported_at, reported_by_id, reported_by, updated_at, updated_by
              from breach
             where organisation_id = @Organisation and year = @year and case when @incident then incident_number else number end = @number
            """,
            new { Organisation, year, number, incident });
    }

    /// <summary>Adds a file under the id that its form brought; the same form sent twice finds the first one (S-92). Null: somebody else's form bore that id.</summary>
    public async Task<(string Reference, bool Added)?> AddAsync(Breach breach)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{breach.Id}" });
        if (await connection.QuerySingleOrDefaultAsync<(string Kind, int Year, int? Number, int? Incident)?>(
                "select kind, year, number, incident_number from breach where organisation_id = @Organisation and id = @Id", new { Organisation, breach.Id }) is { } first)
            return (Breach.ReferenceOf(first.Kind, first.Year, first.Number, first.Incident), false);
        var number = await NextNumberAsync(breach.IsIncident ? "I" : "V", breach.Year);
        var numbered = breach.IsIncident ? breach with { IncidentNumber = number } : breach with { Number = number };
        var added = await connection.ExecuteAsync(
            """
            insert into breach (organisation_id, id, kind, year, number, incident_number, provider_incident_id, title, status, authority_status, people_status, started_at, ended_at,
                   processor_aware_at, controller_alerted_at, dpo_informed_at, found_at, aware_at, aware_source, notify_by, outer_limit, sheet, reported_at, reported_by_id, reported_by, updated_at, updated_by)
            values (@Organisation, @Id, @Kind, @Year, @Number, @IncidentNumber, @ProviderIncidentId, @Title, @Status, @AuthorityStatus, @PeopleStatus, @StartedAt, @EndedAt,
                   @ProcessorAwareAt, @ControllerAlertedAt, @DpoInformedAt, @FoundAt, @AwareAt, @AwareSource, @NotifyBy, @OuterLimit, @SheetJson::jsonb, @now, @ReportedById, @ReportedBy, @now, @ReportedBy)
            on conflict do nothing
            """,
            Parameters(numbered));
        return added == 1 ? (numbered.Reference, true) : null;
    }

    /// <summary>Draws the number that the incident bears from now on as a breach.</summary>
    public async Task<int> NextNumberAsync(string kind, int year)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation, series = $"{kind}-{year}" });
    }

    /// <summary>Writes the whole row; false when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(Breach breach)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update breach
               set kind = @Kind, number = @Number, title = @Title, status = @Status, authority_status = @AuthorityStatus, people_status = @PeopleStatus, started_at = @StartedAt, ended_at = @EndedAt,
                   processor_aware_at = @ProcessorAwareAt, controller_alerted_at = @ControllerAlertedAt, dpo_informed_at = @DpoInformedAt, found_at = @FoundAt, aware_at = @AwareAt,
                   aware_source = @AwareSource, notify_by = @NotifyBy, outer_limit = @OuterLimit, risk_level = @RiskLevel, decided_at = @DecidedAt, notified_at = @NotifiedAt,
                   notified_late = @NotifiedLate, closed_at = @ClosedAt, held = @Held, sheet = @SheetJson::jsonb, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            Parameters(breach)) == 1;
    }

    public async Task<IReadOnlyList<BreachEntry>> EntriesAsync(Guid breach)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<BreachEntry>(
            """
            select id, kind, happened_at, content::text as content_json, acknowledged_at, acknowledged_by, made_at, made_by
              from breach_entry where organisation_id = @Organisation and breach_id = @breach order by made_at, id
            """,
            new { Organisation, breach })).AsList();
    }

    /// <summary>False when the form that brought the id was sent before.</summary>
    public async Task<bool> AddEntryAsync(Guid id, Guid breach, string kind, DateTimeOffset happenedAt, object content)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into breach_entry (organisation_id, id, breach_id, kind, happened_at, content, made_at, made_by)
            values (@Organisation, @id, @breach, @kind, @happenedAt, @content::jsonb, @now, @by)
            on conflict do nothing
            """,
            new { Organisation, id, breach, kind, happenedAt, content = Records.SheetJson.WritePart(content), now = clock.GetUtcNow(), by = visitor.Name }) == 1;
    }

    public async Task<DossierBody> BodyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<DossierBody>(
            """
            select o.name, o.siren, concat_ws(', ', o.address, case when o.address like '%' || o.postal_code || '%' then null else nullif(trim(concat_ws(' ', o.postal_code, o.city)), '') end) as address,
                   coalesce(o.rights_contact_email, o.email) as contact, d.officer, d.officer_contact
              from organisation o
              left join lateral app.officer_of(o.id, @today) d on true
             where o.id = @Organisation
            """,
            new { Organisation, today = visitor.Organisation.Today(clock) });
    }

    /// <summary>How many files of the register of breaches this person has taken out within the last hour (S-84).</summary>
    public async Task<int> TakenLatelyAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            "select count(*)::int from history.event where person_id = @PersonId and recorded_at > @since and action = 'BREACH_REGISTER_EXPORTED'",
            new { visitor.PersonId, since = clock.GetUtcNow().AddHours(-1) });
    }

    private DynamicParameters Parameters(Breach breach)
    {
        var times = breach.Clock(visitor.Organisation.Zone);
        // The deadline is never typed: it follows from the moments, whoever writes the row.
        var parameters = new DynamicParameters(breach with { AwareAt = times?.AwareAt.ToUniversalTime(), NotifyBy = times?.Strict.ExpiresAt.ToUniversalTime() });
        parameters.AddDynamicParams(new
        {
            Organisation, now = clock.GetUtcNow(), by = visitor.Name, OuterLimit = times?.Outer.ExpiresAt.ToUniversalTime(),
            AwareSource = times is null ? null : breach.Moments.Awareness!.Source.ToString(),
        });
        return parameters;
    }
}
