using Dapper;
using Registry.Data;

namespace Registry.Features.Responsibilities;

/// <summary>What other features ask: who must do what under this convention? The last issued version answers; without one, the law.</summary>
public sealed class Responsibilities(Db db)
{
    public async Task<Duties> OfAsync(Guid conventionId, string domain) => (await OfAsync([conventionId], domain))[conventionId];

    /// <summary>The same for each of several conventions, all asked at once.</summary>
    public async Task<IReadOnlyDictionary<Guid, Duties>> OfAsync(IReadOnlyCollection<Guid> conventions, string domain)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select distinct on (convention_id) convention_id, content from responsibility_matrix_version where convention_id = any (@ids) order by convention_id, number desc;
            select convention_id, name, role, gdpr_role, party_organisation_id::text from convention_party where convention_id = any (@ids) and active order by position
            """,
            new { ids = conventions.ToArray() });
        var issued = (await answers.ReadAsync<(Guid Convention, string Content)>()).ToDictionary(row => row.Convention, row => row.Content);
        var parties = (await answers.ReadAsync<(Guid Convention, string Name, string? Role, string? GdprRole, string? OrganisationId)>())
            .ToLookup(party => party.Convention, party => new MatrixParty(party.Name, party.Name, party.Role, party.GdprRole, party.OrganisationId));
        return conventions.Distinct().ToDictionary(id => id, id => issued.TryGetValue(id, out var content) ? Duties.Of(MatrixIssue.Read(content), domain) : Duties.ByLaw([.. parties[id]], domain));
    }
}
