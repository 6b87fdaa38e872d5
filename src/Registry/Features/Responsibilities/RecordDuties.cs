using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Conventions;

namespace Registry.Features.Responsibilities;

/// <summary>What the matrix of one convention says about a record.</summary>
/// <param name="Parties">The columns: the processors, and of the controllers the reader's own organisation.</param>
/// <param name="Rows">Empty when no matrix is issued: the law answers.</param>
public sealed record RecordConvention(Guid Id, string Reference, string Title, int? Issued, IReadOnlyList<MatrixParty> Parties, IReadOnlyList<MatrixRow> Rows);

/// <summary>What must I do for this record? Answered by the matrices of the conventions under which its processors work and its applications are hosted.</summary>
public sealed class RecordDuties(Db db, Visitor visitor, TimeProvider clock)
{
    /// <summary>What of the program a row speaks of, when it concerns a record: the sheet, its retention, its applications, its impact assessment.</summary>
    private static readonly string[] About = ["ProcessingActivity", "RetentionRule", "InformationSystem", "Dpia"];

    /// <summary>For rows that were written here and name nothing.</summary>
    private static readonly string[] Domains = ["PRIVACY_GOVERNANCE", "ONLINE_SERVICE_DATA", "ORGANISATIONAL_SECURITY", "INFORMATION_SYSTEM_SECURITY", "DATA_SUBJECT_RIGHTS", "COMPLIANCE_WORK", "TERRITORIALITY"];

    public static bool Matters(MatrixRow row) => row.Features.Count == 0 ? Domains.Contains(row.Code) : row.Features.Exists(one => About.Any(about => one.StartsWith(about, StringComparison.Ordinal)));

    private sealed record Found(Guid Id, int Number, string Title, int? Issued, string? Content);

    public async Task<IReadOnlyList<RecordConvention>> OfAsync(Guid record)
    {
        var organisation = visitor.Organisation;
        var connection = await db.OpenAsync();
        var found = await connection.QueryAsync<Found>(
            """
            with used as materialized (
              select t.name, t.id
                from third_party t
               where t.organisation_id = @Id
                 and (t.id in (select u.third_party_id from record_third_party u where u.organisation_id = @Id and u.record_id = @record and (u.in_draft or u.in_force))
                   or exists (select from record_system u join information_system s on s.organisation_id = u.organisation_id and s.id = u.information_system_id
                               where u.organisation_id = @Id and u.record_id = @record and (u.in_draft or u.in_force) and (s.vendor_id = t.id or lower(s.sheet ->> 'hostedBy') = lower(t.name)))))
            select c.id, c.number, c.title, v.number as issued, v.content
              from convention c
              left join lateral (select number, content from responsibility_matrix_version m where m.convention_id = c.id order by m.number desc limit 1) v on true
             where c.status in ('SIGNED', 'IN_FORCE', 'NOTICE_GIVEN', 'REVERSIBILITY')
               and (c.id in (select e.convention_id from processor_engagement e
                              where e.organisation_id = @Id and (e.ended_on is null or e.ended_on >= @today) and (e.record_id = @record or e.record_id is null and e.third_party_id in (select id from used)))
                 or c.id in (select p.convention_id from convention_party p
                               join convention_party b on b.organisation_id = p.organisation_id and b.convention_id = p.convention_id and b.active and b.party_organisation_id = @Id and b.role is distinct from 'PROVIDER'
                              where p.active and p.role = 'PROVIDER' and lower(p.name) in (select lower(name) from used)))
             order by c.number, c.id
            """,
            new { organisation.Id, record, today = organisation.Today(clock) });
        return [.. found.Select(one => Read(one, organisation.Id.ToString()))];
    }

    private static RecordConvention Read(Found found, string organisation)
    {
        var reference = Convention.ReferenceOf(found.Number);
        if (found.Content is null) return new(found.Id, reference, found.Title, null, [], []);
        var issue = MatrixIssue.Read(found.Content);
        // A convention of many bodies: what the others decide is not decided here.
        var parties = issue.Parties.Where(party => !party.Controls || party.OrganisationId is null || party.OrganisationId == organisation).ToList();
        return new(found.Id, reference, found.Title, found.Issued, parties, [.. issue.Matrix.Rows.Where(row => Matters(row) && parties.Any(party => row.Of(party)?.Codes.Count > 0))]);
    }
}
