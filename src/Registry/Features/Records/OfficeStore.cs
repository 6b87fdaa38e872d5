using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>Who answers for the organisation's records: asked when a sheet is judged (V-20) and when a version is stamped.</summary>
public sealed class OfficeStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>What the rules ask beyond the sheet, in one question: who is in office (V-20), the body's number, the officer's opinion (V-18).</summary>
    public async Task<(bool Officer, bool Representative, bool Siren, bool Opinion)> StandingAsync(Guid? record)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<(bool, bool, bool, bool)>(
            """
            select coalesce(bool_or(kind = 'DPO'), false), coalesce(bool_or(kind in ('LEGAL_REPRESENTATIVE', 'ELECTED_DELEGATE', 'DGS')), false),
                   exists (select from organisation where id = @Organisation and siren is not null),
                   exists (select from record_opinion where organisation_id = @Organisation and record_id = @record and on_legitimate_interests)
              from appointment
             where (organisation_id = @Organisation or area_id in (select area_id from mutualisation where organisation_id = @Organisation
                                                                      and @today between from_on and coalesce(to_on, 'infinity')))
               and @today between start_on and coalesce(end_on, 'infinity')
            """,
            new { Organisation, record, today = visitor.Organisation.Today(clock) });
    }

    /// <summary>The organisation, its officer and the approvals as they stand now.</summary>
    public async Task<VersionStamp> StampAsync(ProcessingRecord record)
    {
        var connection = await db.OpenAsync();
        var stamp = await connection.QuerySingleAsync<VersionStamp>(
            """
            select concat_ws(', ', o.name, 'SIREN ' || o.siren, o.address, case when o.address like '%' || o.postal_code || '%' then null else nullif(trim(concat_ws(' ', o.postal_code, o.city)), '') end) as controller,
                   coalesce(o.rights_contact_email, o.email, o.rights_contact_post) as controller_contact,
                   d.officer, d.officer_contact
              from organisation o
              left join lateral app.officer_of(o.id, @today) d on true
             where o.id = @Organisation
            """,
            new { Organisation, today = visitor.Organisation.Today(clock) });
        (stamp.ValidatedBy, stamp.PublishedBy) = (record.ValidatedBy, visitor.Name);
        return stamp;
    }
}
