using Dapper;
using Registry.Data;

namespace Registry.Identity;

/// <summary>Someone who has shown the first thing and not yet the second.</summary>
public sealed record Passage
{
    public required byte[] TokenHash { get; init; }
    public required Guid AccountId { get; init; }
    public required string Purpose { get; init; }
    public byte[]? LinkHash { get; init; }
    public Guid? SessionId { get; init; }
    public DateTimeOffset? VerifiedAt { get; init; }
    public string? PasskeyState { get; init; }
    public string? ReturnPath { get; init; }

    public const string SignIn = "SIGN_IN";
    public const string StepUp = "STEP_UP";
    public const string Reset = "RESET";
    public const string Invitation = "INVITATION";
    public const string Reenrolment = "REENROLMENT";
}

/// <summary>Passages live in the database under the hash of a cookie, for a short time; they open nothing but the next page.</summary>
public sealed class Passages(SignInDb db, TimeProvider clock)
{
    private const string Cookie = "__Host-p";
    private static readonly CookieOptions Options =
        new() { Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };

    public static TimeSpan LifeOf(string purpose) => purpose switch
    {
        Passage.SignIn or Passage.StepUp => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromMinutes(60),
    };

    /// <summary>Begins a passage; an earlier one of the same account and purpose ends.</summary>
    public async Task OpenAsync(HttpResponse response, Guid account, string purpose, string? returnPath = null, byte[]? link = null, Guid? session = null)
    {
        var (text, hash) = Token.New();
        var now = clock.GetUtcNow();
        await db.InTransactionAsync(connection => connection.ExecuteAsync(
            """
            delete from identity.passage where (account_id = @account and purpose = @purpose) or expires_at < @now;
            insert into identity.passage (token_hash, account_id, purpose, link_hash, session_id, return_path, created_at, expires_at)
            values (@hash, @account, @purpose, @link, @session, @returnPath, @now, @expiresAt)
            """,
            new { hash, account, purpose, link, session, returnPath, now, expiresAt = now + LifeOf(purpose) }));
        response.Cookies.Append(Cookie, text, Options);
    }

    public async Task<Passage?> FindAsync(HttpRequest request, params string[] purposes)
    {
        if (request.Cookies[Cookie] is not { Length: 43 } text) return null;
        return await db.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Passage>(
            """
            select token_hash, account_id, purpose, link_hash, session_id, verified_at, passkey_state, return_path
              from identity.passage
             where token_hash = @hash and purpose = any(@purposes) and expires_at > @now
            """,
            new { hash = Token.Hash(text), purposes, now = clock.GetUtcNow() }));
    }

    /// <summary>The second factor was shown.</summary>
    public Task VerifyAsync(Passage passage) => db.RunAsync(connection => connection.ExecuteAsync(
        "update identity.passage set verified_at = @now where token_hash = @TokenHash", new { passage.TokenHash, now = clock.GetUtcNow() }));

    public Task KeepPasskeyStateAsync(Passage passage, string state) => db.RunAsync(connection => connection.ExecuteAsync(
        "update identity.passage set passkey_state = @state where token_hash = @TokenHash", new { passage.TokenHash, state }));

    /// <summary>A challenge is answered once: taking it removes it.</summary>
    public Task<string?> TakePasskeyStateAsync(Passage passage) => db.RunAsync(connection => connection.ExecuteScalarAsync<string?>(
        """
        with taken as (select token_hash, passkey_state from identity.passage where token_hash = @TokenHash for update)
        update identity.passage p set passkey_state = null from taken t where p.token_hash = t.token_hash returning t.passkey_state
        """,
        new { passage.TokenHash }));

    /// <summary>Ends it; false when it had ended, so that what follows is done once.</summary>
    public async Task<bool> CloseAsync(HttpResponse response, Passage passage)
    {
        response.Cookies.Delete(Cookie, Options);
        return await db.RunAsync(connection => connection.ExecuteAsync(
            "delete from identity.passage where token_hash = @TokenHash", new { passage.TokenHash })) == 1;
    }
}
