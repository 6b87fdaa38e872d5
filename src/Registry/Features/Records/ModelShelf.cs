using Dapper;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>
/// The library as one who takes from it sees it: the product's models and those of the officer who serves the organisation; where she has her
/// edition of one of the product's, hers stands in its place.
/// </summary>
public sealed class ModelShelf(Db db)
{
    /// <summary>What can be taken. Without an organisation: all that the person may see.</summary>
    public async Task<IReadOnlyList<ShelfModel>> ListAsync(Guid? organisation)
    {
        var own = await OwnAsync(organisation, null);
        var codes = own.Select(model => model.Code).ToHashSet();
        return [.. RecordModels.All.Where(model => !codes.Contains(model.Code)).Select(ShelfModel.Of)
            .Concat(own.Where(model => model is { IsIssued: true, Retired: false }))
            .OrderBy(model => OrderOf(model.Domain)).ThenBy(model => model.Title, StringComparer.CurrentCulture)];
    }

    public async Task<ShelfModel?> FindAsync(string code, Guid? organisation) =>
        (await OwnAsync(organisation, code)).FirstOrDefault() is { } own ? own
        : RecordModels.Find(code) is { } shipped ? ShelfModel.Of(shipped) : null;

    /// <summary>What a model said in one of its revisions, as a sheet to begin with; null when there is no such revision within sight.</summary>
    public async Task<Sheet?> ReadAsync(string code, int revision, Guid? organisation) =>
        (await ReadAsync([(code, revision)], organisation)).GetValueOrDefault((code, revision));

    /// <summary>The same for many at once; what is not there is left out.</summary>
    public async Task<IReadOnlyDictionary<(string Code, int Revision), Sheet>> ReadAsync(IReadOnlyCollection<(string Code, int Revision)> wanted, Guid? organisation)
    {
        var connection = await db.OpenAsync();
        var kept = (await connection.QueryAsync<(string Code, int Revision, string Sheet)>(
            """
            select distinct on (m.code, r.number) m.code, r.number, r.sheet::text
              from unnest(@codes, @revisions) as w (code, number)
              join record_model m on m.code = w.code
              join record_model_revision r on r.organisation_id = m.organisation_id and r.model_id = m.id and r.number = w.number
             where @organisation::uuid is null or m.organisation_id = any ((select app.library_of(@organisation))::uuid[])
             order by m.code, r.number, m.organisation_id
            """,
            new { organisation, codes = wanted.Select(one => one.Code).ToArray(), revisions = wanted.Select(one => one.Revision).ToArray() }))
            .ToDictionary(row => (row.Code, row.Revision), row => row.Sheet);
        var found = new Dictionary<(string, int), Sheet>();
        foreach (var one in wanted)
        {
            var sheet = kept.TryGetValue(one, out var json) ? SheetJson.Read(json) : one.Revision == 1 ? RecordModels.Find(one.Code)?.ToSheet() : null;
            if (sheet is null) continue;
            sheet.ModelCode = one.Code;
            found[one] = sheet;
        }
        return found;
    }

    /// <summary>What the officer said of each revision after that one, newest first.</summary>
    public async Task<IReadOnlyList<RevisionNote>> NotesAsync(string code, int after, Guid organisation)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RevisionNote>(
            """
            select r.number, r.note, r.issued_at, r.issued_by
              from record_model m
              join record_model_revision r on r.organisation_id = m.organisation_id and r.model_id = m.id
             where m.code = @code and r.number > @after and m.organisation_id = any ((select app.library_of(@organisation))::uuid[])
             order by r.number desc
            """,
            new { code, after, organisation })).AsList();
    }

    private async Task<List<ShelfModel>> OwnAsync(Guid? organisation, string? code)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ShelfModel>(
            """
            select distinct on (m.code) m.code, m.title, m.domain, m.organisation_types, m.revision, m.changed, m.retired, true as is_own, m.sheet #>> array['identification', 'unit'] as words,
                   coalesce(r.sheet, m.sheet) #>> array['purposes', 'purpose'] as purpose
              from record_model m
              left join record_model_revision r on r.organisation_id = m.organisation_id and r.model_id = m.id and r.number = m.revision
             where (@code::text is null or m.code = @code)
               and (@organisation::uuid is null or m.organisation_id = any ((select app.library_of(@organisation))::uuid[]))
             order by m.code, m.organisation_id
            """,
            new { organisation, code })).AsList();
    }

    private static int OrderOf(string? domain) => RecordModels.Domains.Keys.ToList().IndexOf(domain ?? "") is var place and >= 0 ? place : int.MaxValue;
}
