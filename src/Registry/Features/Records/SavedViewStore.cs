using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>The views a person keeps: of the list of one organisation, or of the list over all of them when none is named.</summary>
public sealed class SavedViewStore(Db db, Visitor visitor)
{
    public const int Most = 30;

    /// <summary>The organisation a view is kept for. Known is false when the name leads to none within reach.</summary>
    public async Task<(bool Known, Guid? Id, string? Name)> PlaceAsync(string? slug)
    {
        if (string.IsNullOrEmpty(slug)) return (true, null, null);
        var connection = await db.OpenAsync();
        var found = await connection.QuerySingleOrDefaultAsync<(Guid Id, string Name)>("select id, name from organisation where slug = @slug", new { slug });
        return (found.Name is not null, found.Id, found.Name);
    }

    public async Task<IReadOnlyList<SavedView>> ListAsync(Guid? organisation)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<SavedView>(
            "select name, query, opens from saved_view where person_id = @PersonId and organisation_id is not distinct from @organisation and query is not null order by name",
            new { visitor.PersonId, organisation })).AsList();
    }

    /// <summary>The same name again replaces what it kept. One view at most opens by itself.</summary>
    public async Task SaveAsync(Guid? organisation, SavedView view)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update saved_view set opens = false where @Opens and opens and person_id = @PersonId and organisation_id is not distinct from @organisation;
            insert into saved_view (organisation_id, person_id, name, query, opens) values (@organisation, @PersonId, @Name, @Query, @Opens)
            on conflict (organisation_id, person_id, name) do update set query = excluded.query, opens = excluded.opens
            """,
            new { visitor.PersonId, organisation, view.Name, view.Query, view.Opens });
    }

    public async Task DeleteAsync(Guid? organisation, string name)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            "update saved_view set query = null, opens = false where person_id = @PersonId and organisation_id is not distinct from @organisation and name = @name",
            new { visitor.PersonId, organisation, name });
    }
}
