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
            .Concat(own.Where(model => !model.Retired))
            .OrderBy(model => OrderOf(model.Domain)).ThenBy(model => model.Title, StringComparer.CurrentCulture)];
    }

    public async Task<ShelfModel?> FindAsync(string code, Guid? organisation) =>
        (await OwnAsync(organisation, code)) is [var own, ..] ? own : RecordModels.Find(code) is { } shipped ? ShelfModel.Of(shipped) : null;

    /// <summary>What a model said in one of its revisions, as a sheet to begin with; null when there is no such revision within sight.</summary>
    /// <param name="code">The model.</param>
    /// <param name="revision">Its revision; the first of a model of the product is the text as shipped.</param>
    /// <param name="library">Whose revision; null for the text shipped with the product.</param>
    public async Task<Sheet?> ReadAsync(string code, int revision, Guid? library) =>
        (await ReadAsync([(code, revision)], library)).GetValueOrDefault((code, revision));

    /// <summary>The same for many at once; what is not there is left out.</summary>
    public async Task<IReadOnlyDictionary<(string Code, int Revision), Sheet>> ReadAsync(IReadOnlyCollection<(string Code, int Revision)> wanted, Guid? library)
    {
        var kept = new Dictionary<(string, int), string>();
        if (library is not null)
        {
            var connection = await db.OpenAsync();
            kept = (await connection.QueryAsync<(string Code, int Revision, string Sheet)>(
                """
                select r.code, r.number, r.sheet::text
                  from unnest(@codes, @revisions) as w (code, number)
                  join record_model_revision r on r.organisation_id = @library and r.code = w.code and r.number = w.number
                """,
                new { library, codes = wanted.Select(one => one.Code).ToArray(), revisions = wanted.Select(one => one.Revision).ToArray() }))
                .ToDictionary(row => (row.Code, row.Revision), row => row.Sheet);
        }
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
    public async Task<IReadOnlyList<RevisionNote>> NotesAsync(string code, int after, Guid? library)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RevisionNote>(
            """
            select r.number, r.note, r.issued_at, r.issued_by
              from record_model_revision r
             where r.organisation_id = @library and r.code = @code and r.number > @after
             order by r.number desc
            """,
            new { code, after, library })).AsList();
    }

    /// <summary>The newest revision of each model of an officer's. Where two officers serve, the one whose model is newer is followed.</summary>
    private async Task<List<ShelfModel>> OwnAsync(Guid? organisation, string? code)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<ShelfModel>(
            """
            select distinct on (r.code) r.code, r.organisation_id as library, r.title, r.domain, r.organisation_types, r.number as revision, not r.offered as retired,
                   r.sheet #>> array['identification', 'unit'] as words, r.sheet #>> array['purposes', 'purpose'] as purpose
              from record_model_revision r
             where (@code::text is null or r.code = @code)
               and (@organisation::uuid is null or r.organisation_id = any ((select app.library_of(@organisation))::uuid[]))
               and not exists (select from record_model_revision n where n.organisation_id = r.organisation_id and n.code = r.code and n.number > r.number)
             order by r.code, r.issued_at desc, r.organisation_id
            """,
            new { organisation, code })).AsList();
    }

    private static int OrderOf(string? domain) => RecordModels.Domains.Keys.ToList().IndexOf(domain ?? "") is var place and >= 0 ? place : int.MaxValue;
}
