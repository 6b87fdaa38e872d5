using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Registry.Data;

namespace Registry.Identity;

/// <summary>How many failures are borne, in what time, and what follows.</summary>
/// <param name="Failures">From this many on, the next tries wait.</param>
/// <param name="Window">Failures are counted over this time; the wait lasts until it ends. Null: counted until a success, the wait doubling.</param>
/// <param name="PerDay">Never more tries than this in 24 hours.</param>
public sealed record ThrottleRule(int Failures, TimeSpan? Window = null, int PerDay = int.MaxValue)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>S-32: an account tried from a browser it does not know, or that browser's own counter.</summary>
    public static readonly ThrottleRule Password = new(5, PerDay: 25);

    /// <summary>S-32: everything that comes from one network address.</summary>
    public static readonly ThrottleRule Network = new(30, TimeSpan.FromMinutes(10));

    /// <summary>S-34.</summary>
    public static readonly ThrottleRule SecondFactor = new(5, TimeSpan.FromMinutes(15));

    /// <summary>Messages that a stranger can make us send.</summary>
    public static readonly ThrottleRule Mail = new(3, TimeSpan.FromHours(1), PerDay: 10);

    /// <summary>S-84: requests of citizens from one network.</summary>
    public static readonly ThrottleRule Request = new(5, TimeSpan.FromHours(1), PerDay: 20);

    /// <summary>S-81: numbers and codes tried from one network, and on one number.</summary>
    public static readonly ThrottleRule Follow = new(10, TimeSpan.FromMinutes(15));

    /// <summary>S-84: files and messages of citizens from one network.</summary>
    public static readonly ThrottleRule Upload = new(20, TimeSpan.FromHours(1));

    /// <summary>Counts a try as a failure before it is made, so that tries made at the same moment are counted too. Null when it must wait.</summary>
    public ThrottleCount? Try(ThrottleCount? before, DateTimeOffset now)
    {
        var count = before ?? new ThrottleCount(0, now, 0, now, null);
        if (count.BlockedUntil > now) return null;
        if (now - count.DayStartedAt >= TimeSpan.FromDays(1)) count = count with { TriesToday = 0, DayStartedAt = now };
        if (Window is { } window && now - count.WindowStartedAt >= window) count = count with { Failures = 0, WindowStartedAt = now };
        if (count.TriesToday >= PerDay || (Window is not null && count.Failures >= Failures)) return null;

        count = count with { Failures = count.Failures + 1, TriesToday = count.TriesToday + 1, BlockedUntil = null };
        if (Window is null && count.Failures >= Failures)
        {
            var wait = FirstWait * Math.Pow(2, Math.Min(count.Failures - Failures, 10));
            count = count with { BlockedUntil = now + (wait < LongestWait ? wait : LongestWait) };
        }
        return count;
    }
}

public sealed record ThrottleCount(int Failures, DateTimeOffset WindowStartedAt, int TriesToday, DateTimeOffset DayStartedAt, DateTimeOffset? BlockedUntil);

/// <summary>What is counted, under a keyed hash: the table tells neither whose account nor which network (S-84).</summary>
public sealed record ThrottleKey(ThrottleRule Rule, byte[] Key);

/// <summary>Counts of failures, in the database so that all instances share them (S-32).</summary>
public sealed class Throttle(SignInDb db, Keys keys, TimeProvider clock)
{
    private readonly byte[] _key = keys.Derive("throttle");

    public ThrottleKey Of(ThrottleRule rule, string kind, string subject) =>
        new(rule, HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind}:{subject}")));

    public ThrottleKey Network(HttpContext http, string kind = "network", ThrottleRule? rule = null) =>
        Of(rule ?? ThrottleRule.Network, kind, Prefix(http.Connection.RemoteIpAddress));

    /// <summary>Counts one try everywhere, or nowhere when one of them must wait: then false.</summary>
    public Task<bool> TryAsync(params ThrottleKey[] tries) => db.InTransactionAsync(async connection =>
    {
        var now = clock.GetUtcNow();
        var counts = new List<(byte[] Key, ThrottleCount Count)>();
        // In one order, so that two requests cannot wait for each other.
        foreach (var one in tries.OrderBy(t => Convert.ToHexString(t.Key), StringComparer.Ordinal))
        {
            if (one.Rule.Try(await LockAsync(connection, one.Key, now), now) is not { } count) return false;
            counts.Add((one.Key, count));
        }
        foreach (var (key, count) in counts)
        {
            await connection.ExecuteAsync(
                """
                update identity.throttle
                   set failures = @Failures, window_started_at = @WindowStartedAt, tries_today = @TriesToday, day_started_at = @DayStartedAt,
                       blocked_until = @BlockedUntil
                 where key = @key
                """,
                new { key, count.Failures, count.WindowStartedAt, count.TriesToday, count.DayStartedAt, count.BlockedUntil });
        }
        await connection.ExecuteAsync(
            """
            delete from identity.throttle
             where key in (select key from identity.throttle where day_started_at < @old and window_started_at < @old limit 100 for update skip locked)
            """,
            new { old = now.AddDays(-1) });
        return true;
    });

    /// <summary>The try was right: its own counter starts anew, that of the shared network takes it back.</summary>
    public Task SucceedAsync(ThrottleKey own, ThrottleKey network) => db.RunAsync(connection => connection.ExecuteAsync(
        """
        delete from identity.throttle where key = @own;
        update identity.throttle set failures = greatest(failures - 1, 0), tries_today = greatest(tries_today - 1, 0) where key = @network
        """,
        new { own = own.Key, network = network.Key }));

    public Task ForgetAsync(ThrottleKey key) =>
        db.RunAsync(connection => connection.ExecuteAsync("delete from identity.throttle where key = @Key", new { key.Key }));

    private static async Task<ThrottleCount?> LockAsync(NpgsqlConnection connection, byte[] key, DateTimeOffset now)
    {
        await connection.ExecuteAsync(
            """
            insert into identity.throttle (key, failures, window_started_at, tries_today, day_started_at) values (@key, 0, @now, 0, @now)
            on conflict (key) do nothing
            """,
            new { key, now });
        var row = await connection.QuerySingleAsync<Row>(
            "select failures, window_started_at, tries_today, day_started_at, blocked_until from identity.throttle where key = @key for update",
            new { key });
        return new ThrottleCount(row.Failures, row.WindowStartedAt, row.TriesToday, row.DayStartedAt, row.BlockedUntil);
    }

    /// <summary>An IPv4 address, or the /64 that one IPv6 customer has. None at all inside the process.</summary>
    internal static string Prefix(IPAddress? address)
    {
        if (address is null) return "inside";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private sealed record Row
    {
        public required int Failures { get; init; }
        public required DateTimeOffset WindowStartedAt { get; init; }
        public required int TriesToday { get; init; }
        public required DateTimeOffset DayStartedAt { get; init; }
        public DateTimeOffset? BlockedUntil { get; init; }
    }
}
