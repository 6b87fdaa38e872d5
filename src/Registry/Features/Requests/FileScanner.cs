using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.Files;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>
/// Puts what waits before the scanner (S-72), several instances beside one another if there are. What it calls infected is kept from everyone and has seven
/// days; what it cannot read three times is never given to anybody. While it is away, files wait.
/// </summary>
public sealed class FileScanner(WorkerDb queue, OwnWork work, Clamd clamd, TimeProvider clock, ILogger<FileScanner> log) : BackgroundService
{
    /// <summary>Longer than a scan may take (<see cref="Clamd.Limit"/>), so that nobody else takes the file meanwhile.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    private const int MostTries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), PauseWhenAway = TimeSpan.FromSeconds(30);

    private static readonly OwnName Scanner = OwnName.Robot("file-scanner");

    private sealed record Taken(Guid OrganisationId, Guid FileId, Guid Lease, int Attempts);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        clamd.IsThere ? PacedWork.RunAsync("Files to scan", RoundAsync, Pause, clock, log, stoppingToken) : Task.CompletedTask;

    /// <summary>Everything that is due, until nothing is or the scanner turns out to be away.</summary>
    public async Task RoundAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await TakeAsync(stop) is { } taken)
            if (!await ScanAsync(taken, stop)) return;
    }

    private async Task<bool> ScanAsync(Taken taken, CancellationToken stop)
    {
        var parts = await work.InAsync(taken.OrganisationId, Scanner, async (services, _) =>
        {
            var files = services.GetRequiredService<RequestFileStore>();
            return await files.FindAsync(taken.FileId) is { State: RequestFileState.Received or RequestFileState.Scanning } file ? await files.ReadAsync(file) : null;
        });
        if (parts is null)
        {
            await EndAsync(taken);
            return true;
        }
        var result = await clamd.ScanAsync(parts, stop: stop);
        if (result == ScanResult.Away || (result == ScanResult.Unreadable && taken.Attempts < MostTries))
        {
            await PutBackAsync(taken, away: result == ScanResult.Away);
            if (result == ScanResult.Away) log.LogWarning("The scanner of files is away: they wait");
            return result != ScanResult.Away;
        }
        await JudgeAsync(taken, result switch { ScanResult.Clean => RequestFileState.Clean, ScanResult.Infected => RequestFileState.Infected, _ => RequestFileState.Unreadable });
        await EndAsync(taken);
        return true;
    }

    private Task<bool> JudgeAsync(Taken taken, RequestFileState verdict) => work.InAsync(taken.OrganisationId, Scanner, async (services, visitor) =>
    {
        var (files, desk) = (services.GetRequiredService<RequestFileStore>(), services.GetRequiredService<RequestDesk>());
        if (await files.FindAsync(taken.FileId, toChange: true) is not { } file || await services.GetRequiredService<RequestStore>().FindByIdAsync(file.RequestId) is not { } request) return false;
        if (!await files.JudgeAsync(file.Id, verdict, verdict == RequestFileState.Infected ? desk.Today.AddDays(RequestFile.InfectedDays) : null)) return false;
        desk.Tell(Actions.RequestFileJudged, request, Languages.InFrench(() => RequestFile.Word(verdict, true)));
        if (verdict == RequestFileState.Infected)
        {
            var day = new AlertDay(visitor.Organisation.Id, visitor.Organisation.Slug, desk.Today, desk.Now, visitor.Organisation.Zone);
            await services.GetRequiredService<AlertBell>().RaiseAsync(day, [RequestAlerts.News(day, RequestAlerts.Infected, request.Id, request.Year, request.Number, file.Id.ToString("n"))]);
            // Whoever sent it is told as well, and finds it said on her page.
            if (file.Kind == RequestFileKind.Identity) await services.GetRequiredService<PersonMails>().NewsAsync(request);
        }
        return true;
    });

    private Task<Taken?> TakeAsync(CancellationToken stop) => queue.RunAsync(connection => connection.QuerySingleOrDefaultAsync<Taken>(
        """
        update request_file_scan s
           set lease = @lease, leased_until = @until, attempts = attempts + 1
         where (s.organisation_id, s.file_id) = (select organisation_id, file_id from request_file_scan
                                                  where due_at <= @now and (leased_until is null or leased_until <= @now)
                                                  order by due_at, file_id limit 1 for update skip locked)
        returning organisation_id, file_id, lease, attempts
        """,
        new { lease = Guid.NewGuid(), now = clock.GetUtcNow(), until = clock.GetUtcNow() + LeaseTime }), stop);

    private Task<int> PutBackAsync(Taken taken, bool away) => queue.RunAsync(connection => connection.ExecuteAsync(
        "update request_file_scan set lease = null, leased_until = null, due_at = @due, attempts = attempts - @untold where organisation_id = @OrganisationId and file_id = @FileId and lease = @Lease",
        new { taken.OrganisationId, taken.FileId, taken.Lease, due = clock.GetUtcNow() + PauseWhenAway, untold = away ? 1 : 0 }));

    private Task<int> EndAsync(Taken taken) => queue.RunAsync(connection => connection.ExecuteAsync(
        "delete from request_file_scan where organisation_id = @OrganisationId and file_id = @FileId and lease = @Lease", taken));
}
