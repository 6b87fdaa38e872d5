using Dapper;
using Registry.Data;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Appointments;

/// <summary>Somebody the registry already knows, with two of the organisations in which the visitor may see her.</summary>
public sealed record KnownPerson
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public string? Bodies { get; init; }

    public bool IsNamed(string? first, string? last) => string.Equals(Name, $"{first?.Trim()} {last?.Trim()}", StringComparison.OrdinalIgnoreCase);

    public string Label => string.IsNullOrEmpty(Bodies) ? Name : $"{Name}, {Bodies}";
}

/// <summary>
/// Who is already known within the visitor's reach: the mayor who also presides the social-action centre is one person with one account. The policies
/// of the database decide whom a question can find, so that nobody learns of a person she could not look up anyway.
/// </summary>
public sealed class KnownPeople(Db db, Identity.Accounts accounts)
{
    private const int Most = 20;

    /// <summary>By a part of the name, or by the whole address: half an address finds nobody.</summary>
    public async Task<IReadOnlyList<KnownPerson>> SearchAsync(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        return await ListAsync(Pattern.Containing(text.Trim()), EmailAddress.IsWhole(text) ? text.Trim() : null, null);
    }

    public async Task<KnownPerson?> FindAsync(Guid id) => (await ListAsync(null, null, id)).SingleOrDefault();

    /// <summary>
    /// The person of this address: whoever has the account, when she is within reach, else somebody within reach to whom one wrote there. An account out of
    /// reach answers like none.
    /// </summary>
    public async Task<KnownPerson?> FindByEmailAsync(string? email)
    {
        if (!EmailAddress.IsWhole(email)) return null;
        if (await accounts.PersonOfAsync(email!) is { } person && await FindAsync(person) is { } found) return found;
        return await ListAsync(null, email!.Trim(), null) is [var first, ..] ? first : null;
    }

    private async Task<IReadOnlyList<KnownPerson>> ListAsync(string? name, string? email, Guid? id)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<KnownPerson>(
            """
            select p.id, p.first_name || ' ' || p.last_name as name, p.email,
                   (select string_agg(few.name, ', ')
                      from (select distinct o.name from appointment a join organisation o on o.id = a.organisation_id where a.person_id = p.id order by 1 limit 2) few) as bodies
              from person p
             where p.first_name || ' ' || p.last_name ilike @name::text or lower(p.email) = lower(@email::text) or p.id = @id::uuid
             order by p.last_name, p.first_name, p.id
             limit @Most
            """,
            new { name, email, id, Most })).AsList();
    }
}
