using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;

namespace Registry.Features.Responsibilities;

/// <summary>Who does what in one domain under one convention that binds the organisation.</summary>
public sealed record DomainConvention(Guid Id, string Reference, string Title, Duties Duties);

/// <summary>What must I do for this breach, for this request? Answered by every convention under which others work for the organisation today.</summary>
public sealed class DomainDuties(Db db, Responsibilities responsibilities, Visitor visitor)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<DomainConvention>> OfAsync(string domain)
    {
        if (!visitor.Can(Function.ResponsibilityMatrix, Right.Read) || !visitor.Can(Function.Conventions, Right.Read)) return [];
        var connection = await db.OpenAsync();
        var conventions = (await connection.QueryAsync<(Guid Id, int Number, string Title)>(
            """
            select c.id, c.number, c.title
              from convention c
             where c.status in ('IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY', 'RESTITUTED')
               and (c.organisation_id, c.id) in (select p.organisation_id, p.convention_id from convention_party p where p.active and p.party_organisation_id = @Id and p.role is distinct from 'PROVIDER')
             order by c.number, c.id limit @Most
            """,
            new { visitor.Organisation.Id, Most })).AsList();
        var duties = await responsibilities.OfAsync([.. conventions.Select(convention => convention.Id)], domain);
        return [.. conventions.Select(convention => new DomainConvention(convention.Id, Convention.ReferenceOf(convention.Number), convention.Title, duties[convention.Id]))];
    }
}
