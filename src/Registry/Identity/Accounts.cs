using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>A demonstration person, as the sign-in page offers her.</summary>
public sealed record DemoPerson
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Label { get; init; }
}

/// <summary>What the rest of the program asks of accounts.</summary>
public sealed class Accounts(SignInDb db, SecurityJournal journal, TimeProvider clock)
{
    /// <summary>
    /// An account without password or factor, entered by a button in demo mode. Called again with the same code it changes nothing.
    /// </summary>
    public Task CreateDemoAsync(Guid personId, string name, string email, string code, string label) =>
        journal.WriteAsync(null, async (connection, acts) =>
        {
            var id = Guid.CreateVersion7();
            var made = await connection.ExecuteAsync(
                """
                insert into identity.account (id, person_id, name, email, email_key, status, demo_code, demo_label, created_at)
                values (@id, @personId, @name, @email, @key, 'ACTIVE', @code, @label, @now)
                on conflict (demo_code) do nothing
                """,
                new { id, personId, name, email, key = Account.KeyOf(email), code, label, now = clock.GetUtcNow() });
            if (made > 0) acts.Add(SecurityAct.Activated, id);
        });

    public async Task<IReadOnlyList<DemoPerson>> ListDemoAsync() =>
        [.. await db.RunAsync(connection => connection.QueryAsync<DemoPerson>(
            """
            select demo_code as code, name, demo_label as label
              from identity.account
             where demo_code is not null and status = 'ACTIVE'
             order by created_at, id
            """))];

    public Task<(Guid Id, Guid PersonId)?> FindDemoAsync(string code) =>
        db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<(Guid, Guid)?>(
            "select id, person_id from identity.account where demo_code = @code and status = 'ACTIVE'", new { code }));
}
