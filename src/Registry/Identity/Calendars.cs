using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>Whose calendar an address opens, and the language of her texts.</summary>
public sealed record CalendarOwner(Guid Person, string Locale);

/// <summary>
/// The secret address of a person's calendar: 256 bits, kept as their hash, shown once. A new one takes the place of the one before; a shut
/// account's opens nothing.
/// </summary>
public sealed class Calendars(SignInDb db, PublicAddress address, TimeProvider clock)
{
    private const int TokenLength = 43;

    public async Task<CalendarOwner?> FindAsync(string token) => token.Length != TokenLength || !token.All(char.IsAscii) ? null
        : await db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<CalendarOwner>(
            """
            select c.person_id as person, a.locale
              from identity.calendar c
              join identity.account a on a.person_id = c.person_id
             where c.token_hash = @hash and a.status = 'ACTIVE'
            """,
            new { hash = Token.Hash(token) }));

    public Task<DateTimeOffset?> MadeAtAsync(Guid person) => db.RunAsync(connection =>
        connection.ExecuteScalarAsync<DateTimeOffset?>("select made_at from identity.calendar where person_id = @person", new { person }));

    /// <summary>The address, which nobody can read again.</summary>
    public async Task<string> MakeAsync(Guid person)
    {
        var (text, hash) = Token.New();
        await db.RunAsync(connection => connection.ExecuteAsync(
            """
            insert into identity.calendar (person_id, token_hash, made_at) values (@person, @hash, @now)
            on conflict (person_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at
            """,
            new { person, hash, now = clock.GetUtcNow() }));
        return address.Of("agenda/" + text);
    }

    public Task RevokeAsync(Guid person) => db.RunAsync(connection => connection.ExecuteAsync("delete from identity.calendar where person_id = @person", new { person }));
}
