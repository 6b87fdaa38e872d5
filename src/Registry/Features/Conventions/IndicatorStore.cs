using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Conventions;

/// <summary>The measures of service indicators. Each is the row of the organisation that measured, as a proof is.</summary>
public sealed class IndicatorStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 2000;

    public async Task<IReadOnlyList<IndicatorMeasure>> ListAsync(Convention convention)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<IndicatorMeasure>(
            """
            select id, code, period_from, period_to, value, met, note, given_by, contributor_name
              from indicator_measure
             where keeper_id = @OrganisationId and convention_id = @Id and not withdrawn
             order by period_to desc, recorded_at desc
             limit @Most
            """,
            new { convention.OrganisationId, convention.Id, Most })).AsList();
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddAsync(Convention convention, Guid id, string code, MeasureForm form, bool? met)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into indicator_measure (organisation_id, id, keeper_id, convention_id, code, period_from, period_to, value, met, note, given_by, contributor_name, recorded_at)
            values (@organisation, @id, @OrganisationId, @convention, @code, @PeriodFrom, @PeriodTo, @Value, @met, @Note, @by, @contributor, @now)
            on conflict do nothing
            """,
            new
            {
                organisation = visitor.Organisation.Id, id, convention.OrganisationId, convention = convention.Id, code, form.PeriodFrom, form.PeriodTo, form.Value, met, form.Note, by = visitor.Name,
                contributor = visitor.Organisation.Name, now = clock.GetUtcNow(),
            }) == 1;
    }

    /// <summary>Only what the own organisation gave, and once; its indicator, or null.</summary>
    public async Task<string?> WithdrawAsync(Convention convention, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            "update indicator_measure set withdrawn = true where organisation_id = @organisation and id = @id and convention_id = @convention and not withdrawn returning code",
            new { organisation = visitor.Organisation.Id, id, convention = convention.Id });
    }
}
