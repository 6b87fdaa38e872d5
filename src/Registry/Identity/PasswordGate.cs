using System.Threading.RateLimiting;

namespace Registry.Identity;

/// <summary>One hash per core at a time and fifty waiting: a crowd at the door must not stop those who are inside (S-31).</summary>
public sealed class PasswordGate : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Environment.ProcessorCount, QueueLimit = 50, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Null when too many wait: answer 503 and say when to come back.</summary>
    public async Task<IDisposable?> EnterAsync()
    {
        var lease = await _limiter.AcquireAsync();
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();
}
