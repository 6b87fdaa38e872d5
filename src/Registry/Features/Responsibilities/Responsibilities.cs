using Dapper;
using Registry.Data;

namespace Registry.Features.Responsibilities;

/// <summary>What other features ask: who must do what under this convention? The last issued version answers; without one, the law.</summary>
public sealed class Responsibilities(Db db)
{
    public async Task<Duties> OfAsync(Guid conventionId, string domain)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select content from responsibility_matrix_version where convention_id = @conventionId order by number desc limit 1;
            select name, role, gdpr_role, party_organisation_id::text from convention_party where convention_id = @conventionId and active order by position
            """,
            new { conventionId });
        var content = await answers.ReadSingleOrDefaultAsync<string>();
        var parties = (await answers.ReadAsync<(string Name, string? Role, string? GdprRole, string? OrganisationId)>())
            .Select(party => new MatrixParty(party.Name, party.Name, party.Role, party.GdprRole, party.OrganisationId)).ToList();
        return content is null ? Duties.ByLaw(parties, domain) : Duties.Of(MatrixIssue.Read(content), domain);
    }
}
