using Dapper;
using Npgsql;

namespace Registry.Archives;

/// <summary>
/// What other organisations keep and this one may read, or points to (docs/decisions/0012): it travels as a copy, so that a convention, an incident or an area is still there where its
/// keeper does not live. Each table with the question which of its rows; everything else of others stays with them.
/// </summary>
public static class OthersRows
{
    private const string Convention = "(t.organisation_id, t.convention_id) in (select x.k, x.c from unnest(@keepers::uuid[], @conventions::uuid[]) x (k, c))";
    private const string Incident = "(t.organisation_id, t.incident_id) in (select f.organisation_id, f.incident_id from app.provider_incident_file f where f.reached_id = @organisation)";

    public static readonly IReadOnlyDictionary<string, string> Which = new Dictionary<string, string>
    {
        ["person"] = "t.id in (select a.person_id from app.appointment a where a.organisation_id = @organisation)",
        ["mutualisation_area"] = "t.id in (select m.area_id from app.mutualisation m where m.organisation_id = @organisation)",
        ["convention"] = "(t.organisation_id, t.id) in (select x.k, x.c from unnest(@keepers::uuid[], @conventions::uuid[]) x (k, c))",
        ["convention_party"] = Convention, ["convention_event"] = Convention, ["convention_meeting"] = Convention, ["convention_escalation"] = Convention, ["convention_price"] = Convention,
        ["responsibility_matrix"] = Convention, ["responsibility_matrix_version"] = Convention,
        ["provider_incident"] = "(t.organisation_id, t.id) in (select f.organisation_id, f.incident_id from app.provider_incident_file f where f.reached_id = @organisation)",
        ["provider_incident_state"] = Incident,
        ["provider_incident_file"] = "t.reached_id = @organisation",
    };

    /// <summary>Foreign keys that lead to a row of another organisation, besides those to the organisation itself: each is answered above, and a test finds the one that is not.</summary>
    public static readonly IReadOnlySet<string> Answered = new HashSet<string>
    {
        "appointment → person", "mutualisation → mutualisation_area", "breach → provider_incident_file", "convention_proof → convention", "provider_incident_file → convention", "processor_engagement → convention",
        "control_attestation → convention", "rights_request_search → convention", "indicator_measure → convention", "mission → convention",
    };

    /// <summary>Conventions of others that bind the organisation, as app.read_conventions tells them, or on which a row of its rests.</summary>
    public static async Task<DynamicParameters> ParametersAsync(NpgsqlConnection connection, Guid organisation)
    {
        var pairs = (await connection.QueryAsync<(Guid Keeper, Guid Convention)>(
            """
            select x.organisation_id, x.convention_id
              from app.convention_party x join app.convention c on c.organisation_id = x.organisation_id and c.id = x.convention_id
             where x.active and x.party_organisation_id = @organisation and x.organisation_id <> @organisation and c.status not in ('DRAFT', 'ABANDONED')
             union select keeper_id, convention_id from app.convention_proof where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.processor_engagement where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.control_attestation where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.rights_request_search where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.indicator_measure where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.mission where organisation_id = @organisation and keeper_id <> @organisation
             union select keeper_id, convention_id from app.provider_incident_file where (organisation_id = @organisation or reached_id = @organisation) and keeper_id <> @organisation
            """,
            new { organisation })).AsList();
        return new DynamicParameters(new { organisation, keepers = pairs.Select(pair => pair.Keeper).ToArray(), conventions = pairs.Select(pair => pair.Convention).ToArray() });
    }

    /// <summary>A body that is named and does not come along: who it is, and nothing of how it works. Under this address it takes nobody's place.</summary>
    public const string Reference =
        """
        select jsonb_build_object('id', o.id, 'slug', 'ref-' || o.id, 'name', o.name, 'short_name', o.short_name, 'type', o.type, 'siren', o.siren, 'siret', o.siret, 'insee_code', o.insee_code,
                 'department_code', o.department_code, 'department_name', o.department_name, 'city', o.city, 'territory', o.territory, 'time_zone', o.time_zone)::text
          from app.organisation o
         where o.id = any (@ids)
         order by o.id
        """;

    public static readonly string[] ReferenceColumns =
        ["id", "slug", "name", "short_name", "type", "siren", "siret", "insee_code", "department_code", "department_name", "city", "territory", "time_zone"];

    /// <summary>It has no chain and nobody enters it; closed, it takes no commune's place (organisation_commune). Answers those that were not here.</summary>
    public const string AddReferences =
        """
        insert into app.organisation (id, slug, name, short_name, type, siren, siret, insee_code, department_code, department_name, city, territory, time_zone, status)
        select r.id, 'ref-' || r.id, r.name, r.short_name, r.type, r.siren, r.siret, r.insee_code, r.department_code, r.department_name, r.city, r.territory, r.time_zone, 'CLOSED'
          from jsonb_populate_recordset(null::app.organisation, @rows::jsonb) r
            on conflict (id) do nothing
        """;
}
