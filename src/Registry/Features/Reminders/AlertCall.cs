using Registry.Access;
using Registry.Jobs;

namespace Registry.Features.Reminders;

/// <summary>
/// Tells the people of an organisation at once, after the commit of what somebody did elsewhere and what now waits for them. The page has its answer whatever becomes
/// of it: what this misses the morning tells.
/// </summary>
public sealed class AlertCall(OwnWork work, TimeProvider clock, ILogger<AlertCall> log)
{
    public async Task TellAsync<TSource>(Guid organisation) where TSource : IAlertSource
    {
        try
        {
            await work.InAsync(organisation, OwnName.Robot($"call-{organisation:n}"), async (services, visitor) =>
            {
                var body = visitor.Organisation;
                var day = AlertDay.At(body.Id, body.Slug, body.TimeZone, clock.GetUtcNow());
                var alerts = await services.GetRequiredService<TSource>().ListAsync(day);
                return alerts.Count > 0 && await services.GetRequiredService<AlertBell>().RaiseAsync(day, alerts) > 0;
            });
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            log.LogError(failed, "The people of {Organisation} are told tomorrow", organisation);
        }
    }
}
