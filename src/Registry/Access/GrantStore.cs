using System.Data;
using Dapper;
using Registry.Data;

namespace Registry.Access;

/// <summary>Where a person stands and what she holds there. No organisation: the page is of none, or the one asked for is not there or not within reach.</summary>
public sealed record Standing(CurrentOrganisation? Organisation, IReadOnlyList<Grant> Grants, int Reach, bool WorksOverArea);

/// <summary>What the appointments of the person open, as the database computes it in this very transaction (S-06).</summary>
public sealed class GrantStore(Db db)
{
    /// <summary>The organisation that a job or a counter works for, within the context of its transaction.</summary>
    public async Task<CurrentOrganisation> OrganisationAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<CurrentOrganisation>(
            "select id, slug, name, type, accent, territory, time_zone, good_friday_observed, acts_as_processor, app.holidays_of(territory) as holiday_corrections from organisation where id = @id", new { id });
    }

    /// <summary>
    /// In one organisation, or one grant for each different role anywhere. An organisation that does not exist and one that is not hers look
    /// the same (S-02).
    /// </summary>
    public async Task<Standing> FindAsync(string? slug)
    {
        var parameters = new DynamicParameters();
        parameters.Add("slug", slug, DbType.String);  // none on the pages of no organisation: the database must know of what kind
        parameters.Add("platform", Guid.Empty);
        using var answers = await db.AskFirstAsync(
            """
            select id, slug, name, type, accent, territory, time_zone, good_friday_observed, acts_as_processor, app.holidays_of(territory) as holiday_corrections from organisation where slug = @slug;
            select distinct kind, area_wide, delegation_scope
              from app.current_roles()
             where @slug is null or organisation_id = @platform or organisation_id = (select id from organisation where slug = @slug);
            select organisations, over_area from app.reach_size()
            """,
            parameters);
        var organisation = await answers.ReadSingleOrDefaultAsync<CurrentOrganisation>();
        var grants = (await answers.ReadAsync<(string Kind, bool AreaWide, string[] Delegations)>()).Select(held => new Grant(Roles.Of(held.Kind), held.Kind, held.AreaWide, held.Delegations));
        var (reach, over) = await answers.ReadSingleAsync<(int, bool)>();
        return new(organisation, [.. grants.DistinctBy(g => (g.Kind, g.AreaWide, string.Join(',', g.Delegations)))], reach, over);
    }
}
