using Dapper;
using Registry.Data;

namespace Registry.Access;

/// <summary>What the appointments of the person open, as the database computes it in this very transaction (S-06).</summary>
public sealed class GrantStore(Db db)
{
    /// <summary>Null when the organisation is not there or not within reach: the two must look the same (S-02).</summary>
    public async Task<CurrentOrganisation?> FindOrganisationAsync(string slug)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<CurrentOrganisation>(
            """
            select id, slug, name, type, accent, territory, time_zone, good_friday_observed, acts_as_processor
              from organisation
             where slug = @slug
            """,
            new { slug });
    }

    /// <summary>One line for each role, with the organisations it opens counted; in one organisation only when it is given.</summary>
    public async Task<(IReadOnlyList<Grant> Grants, int Reach, bool WorksOverArea)> ListAsync(Guid? organisation)
    {
        var connection = await db.OpenAsync();
        var rows = (await connection.QueryAsync<(string Kind, bool AreaWide, string[] Delegations, bool Here, int Reach, bool Over)>(
            """
            with granted as materialized (select organisation_id, kind, area_wide, delegation_scope from app.current_roles())
            select distinct g.kind, g.area_wide, g.delegation_scope, g.organisation_id = @organisation as here,
                   (select count(distinct organisation_id) from granted where organisation_id <> @platform)::int as reach,
                   (select count(distinct organisation_id) > 1 or bool_or(area_wide) from granted) as over
              from granted g
             where @organisation is null or g.organisation_id = @organisation or g.organisation_id = @platform
            """,
            new { organisation, platform = Guid.Empty })).ToList();
        return (
            [.. rows.Select(r => new Grant(Roles.Of(r.Kind), r.Kind, r.AreaWide, r.Delegations)).DistinctBy(g => (g.Kind, g.AreaWide, string.Join(',', g.Delegations)))],
            rows.FirstOrDefault().Reach,
            rows.FirstOrDefault().Over);
    }
}
