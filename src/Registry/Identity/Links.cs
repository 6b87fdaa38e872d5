using Dapper;
using Npgsql;
using Registry.Data;

namespace Registry.Identity;

/// <summary>A one-time link as its bearer presents it, still good.</summary>
public sealed record Link
{
    public required byte[] TokenHash { get; init; }
    public required Guid AccountId { get; init; }
    public required string Purpose { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    public const string Invitation = "INVITATION";
    public const string Reset = "RESET";
    public const string CancelReenrolment = "CANCEL_REENROLMENT";
}

/// <summary>Links sent by mail: 256 bits, kept hashed, each serves once and a new one takes the place of the one before (S-36).</summary>
public sealed class Links(SignInDb db, TimeProvider clock)
{
    public static TimeSpan LifeOf(string purpose) => purpose switch
    {
        Link.Invitation => TimeSpan.FromHours(48),
        Link.Reset => TimeSpan.FromMinutes(60),
        Link.CancelReenrolment => TimeSpan.FromHours(24),
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>Makes a link in the transaction of the act that sends it; returns its token.</summary>
    public async Task<string> IssueAsync(NpgsqlConnection connection, Guid account, string purpose)
    {
        var (text, hash) = Token.New();
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(
            """
            delete from identity.link where expires_at < @old;
            update identity.link set used_at = @now where account_id = @account and purpose = @purpose and used_at is null;
            insert into identity.link (token_hash, account_id, purpose, created_at, expires_at) values (@hash, @account, @purpose, @now, @expiresAt)
            """,
            new { hash, account, purpose, now, old = now.AddDays(-7), expiresAt = now + LifeOf(purpose) });
        return text;
    }

    /// <summary>The link behind a token, if it is good; unknown, used and expired look the same.</summary>
    public Task<Link?> FindAsync(string token, string purpose) => db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Link>(
        """
        select token_hash, account_id, purpose, expires_at
          from identity.link
         where token_hash = @hash and purpose = @purpose and used_at is null and expires_at > @now
        """,
        new { hash = Token.Hash(token), purpose, now = clock.GetUtcNow() }));

    /// <summary>Finds the link and uses it up at once.</summary>
    public async Task<Link?> TakeAsync(string token, string purpose) =>
        await FindAsync(token, purpose) is { } link && await db.RunAsync(connection => UseAsync(connection, link.TokenHash)) ? link : null;

    /// <summary>Uses the link up; false when another did so first or its time has passed.</summary>
    public async Task<bool> UseAsync(NpgsqlConnection connection, byte[] hash) =>
        await connection.ExecuteAsync(
            "update identity.link set used_at = @now where token_hash = @hash and used_at is null and expires_at > @now",
            new { hash, now = clock.GetUtcNow() }) == 1;
}
