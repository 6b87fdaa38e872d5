using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>A sheet to start something else from, and where it stands.</summary>
public sealed record SourceSheet(string Organisation, string OrganisationType, string Reference, Sheet Sheet);

/// <summary>Finds the working sheet of any register that the person keeps as its officer.</summary>
public sealed class RecordSource(Db db)
{
    public async Task<SourceSheet?> FindAsync(string slug, string reference)
    {
        if (ProcessingRecord.NumberOf(reference) is not { } number || !CurrentOrganisation.IsSlug(slug)) return null;
        var connection = await db.OpenAsync();
        var row = await connection.QuerySingleOrDefaultAsync<(string Name, string Type, string Sheet)?>(
            """
            select o.name, o.type, r.sheet::text
              from processing_record r
              join organisation o on o.id = r.organisation_id
             where o.slug = @slug and r.number = @number
               and o.id in (select g.organisation_id from app.current_roles() g where g.kind = 'DPO')
            """,
            new { slug, number });
        return row is { } found ? new SourceSheet(found.Name, found.Type, ProcessingRecord.ReferenceOf(number), SheetJson.Read(found.Sheet)) : null;
    }
}
