using System.Net;
using System.Threading.RateLimiting;
using Registry.Access;

namespace Registry.Identity;

/// <summary>
/// S-84: public pages that one network reads in a minute. Counted in the memory of each instance and nowhere else: nothing of who reads what is kept. What comes from this
/// machine is either its keeper or a proxy that does not say for whom it asks; to limit that one would shut the counter for everybody.
/// </summary>
public sealed class PageLimit : IDisposable
{
    public const int PerMinute = 120;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(network => RateLimitPartition.GetFixedWindowLimiter(network,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || IPAddress.IsLoopback(address) || context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is null || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)))
            return next(context);
        using var lease = _limiter.AttemptAcquire(Throttle.Prefix(address));
        if (lease.IsAcquired) return next(context);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    }

    public void Dispose() => _limiter.Dispose();
}
