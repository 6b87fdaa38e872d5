using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>
/// Looks, after the page has answered, whether a request was made with the address that somebody left (S-81), and mails its links there. The page cannot tell by
/// its time what it does not do.
/// </summary>
public sealed class LostCodes(WorkerDb queue, OwnWork work, TimeProvider clock, ILogger<LostCodes> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), LeaseTime = TimeSpan.FromMinutes(1), Oldest = TimeSpan.FromHours(24);

    private sealed record Taken(Guid OrganisationId, Guid Id, Guid Lease, DateTimeOffset AskedAt);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Links to requests", RoundAsync, Pause, clock, log, stoppingToken);

    public async Task RoundAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await TakeAsync(stop) is { } taken)
        {
            // Whoever asked yesterday has found another way meanwhile.
            if (taken.AskedAt > clock.GetUtcNow() - Oldest) await SendAsync(taken);
            await queue.RunAsync(connection => connection.ExecuteAsync("delete from lost_code where organisation_id = @OrganisationId and id = @Id and lease = @Lease", taken), stop);
        }
    }

    private Task<bool> SendAsync(Taken taken) => work.InAsync(taken.OrganisationId, new OwnName("Portail", "CITIZEN", "lost-code"), async (services, _) =>
    {
        var dialogue = services.GetRequiredService<RequestDialogueStore>();
        if (await dialogue.LostAddressAsync(taken.Id) is not { } email) return false;
        var links = new List<(string Reference, string Token)>();
        foreach (var (id, year, number) in await services.GetRequiredService<RequestStore>().OfAddressAsync(email))
        {
            links.Add((RightsRequest.ReferenceOf(year, number), await dialogue.IssueAsync(id, LinkPurpose.Enter)));
            services.GetRequiredService<Journal>().Record(new Event(taken.OrganisationId, Actions.RequestLinkSent.Code, RightsRequest.ObjectType, id, new EventDetails { Subject = links[^1].Reference }));
        }
        if (links.Count > 0) await services.GetRequiredService<PersonMails>().EnterAsync(email, links);
        return links.Count > 0;
    });

    private Task<Taken?> TakeAsync(CancellationToken stop) => queue.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Taken>(
        """
        update lost_code c
           set lease = @lease, leased_until = @until
         where (c.organisation_id, c.id) = (select organisation_id, id from lost_code where leased_until is null or leased_until <= @now order by asked_at, id limit 1 for update skip locked)
        returning organisation_id, id, lease, asked_at
        """,
        new { lease = Guid.NewGuid(), now = clock.GetUtcNow(), until = clock.GetUtcNow() + LeaseTime }), stop);
}
