using System.Globalization;
using Dapper;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;
using Registry.Jobs;
using Registry.Mail;

namespace Registry.Features.ProviderRequests;

/// <summary>
/// What the program does by itself with a request (§3.5): tells the organisation what its provider announces, notifies the requester of the answer at once, archives after
/// thirty days. In the name of the organisation that asks, in one transaction with the mail and the line of the chain. Called after a commit, and looked for by the job, so that
/// nothing is lost when the program is stopped between the two.
/// </summary>
public sealed class ProviderRequestCourse(IServiceScopeFactory scopes, WorkerDb queue, TimeProvider clock, ILogger<ProviderRequestCourse> log) : BackgroundService
{
    public const string New = "AL_PROVIDER_REQUEST_NEW", Done = "AL_PROVIDER_REQUEST_DONE", Announced = "AL_PROVIDER_RESTORATION";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private sealed record Due(Guid OrganisationId, Guid Id);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PacedWork.RunAsync("Requests to providers", LookAsync, Pause, clock, log, stoppingToken);

    private async Task LookAsync(CancellationToken stop)
    {
        foreach (var due in await ListAsync(stop)) await TrySettleAsync(due.OrganisationId, due.Id);
    }

    private Task<List<Due>> ListAsync(CancellationToken stop) => queue.RunAsync(async connection => (await connection.QueryAsync<Due>(
        """
        select organisation_id, id
          from app.provider_request
         where status in ('EXECUTED', 'FAILED') or status = 'TECHNICALLY_IMPOSSIBLE' and notified_at is null or status = 'NOTIFIED' and notified_at <= @archived
            or origin = 'PROVIDER' and told_at is null
         order by organisation_id, id
         limit 1000
        """,
        new { archived = clock.GetUtcNow() - ProviderRequestStates.BeforeArchive })).AsList(), stop);

    /// <summary>After the commit of what somebody did: the page has its answer whatever becomes of the mail, which the job sends otherwise.</summary>
    public async Task TrySettleAsync(Guid organisation, Guid id)
    {
        try
        {
            await SettleAsync(organisation, id);
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            log.LogError(failed, "Request {Request} rests", id);
        }
    }

    /// <summary>False when nothing is to be done by the program.</summary>
    public async Task<bool> SettleAsync(Guid organisation, Guid id)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (services, before) = (scope.ServiceProvider, CultureInfo.CurrentUICulture);
        var (db, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<Journal>());
        db.ActFor(Scope.ForOrganisation(organisation));
        (journal.Actor, journal.Role, journal.RequestId) = ("Automate", "SYSTEM", $"request-{id:n}");
        var store = services.GetRequiredService<ProviderRequestStore>();
        if (await store.FindAsync(organisation, id) is not { } request || Step(request, clock.GetUtcNow()) is not var (after, happening, move, code)) return false;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");  // what it writes into histories is French
        try
        {
            if (!await store.SaveAsync(after)) return false;
            if (code is not null) await TellAsync(services, after, code);
            journal.Record(ProviderRequestDesk.Line(happening, after, move: move));
            await db.CommitAsync();
            return true;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>What the program has to do with a request now. Pure.</summary>
    public static (ProviderRequest After, Happening Happening, ProviderRequestMove? Move, string? Code)? Step(ProviderRequest request, DateTimeOffset now)
    {
        if (request is { FromProvider: true, ToldAt: null }) return (request with { ToldAt = now }, Actions.ProviderRequestTold, null, Announced);
        // Impossible is the end of its life (§3.5); whoever asked hears of it all the same.
        if (request is { State: ProviderRequestStatus.TechnicallyImpossible, NotifiedAt: null }) return (request with { NotifiedAt = now }, Actions.ProviderRequestNotified, null, Done);
        if (ProviderRequestStates.All.FirstOrDefault(move => move.From == request.State && move.Natures.Contains(request.Nature) && move.Slug is ProviderRequestStates.Notify or ProviderRequestStates.NotifyFailure) is { } notify)
            return (request with { Status = ProviderRequestStates.Code(notify.To), NotifiedAt = now }, Actions.ProviderRequestNotified, notify, Done);
        return request.NotifiedAt <= now - ProviderRequestStates.BeforeArchive && ProviderRequestStates.Find(request.Nature, request.State, ProviderRequestStates.Archive) is { } archive
            ? (request with { Status = ProviderRequestStates.Code(archive.To), ArchivedAt = now }, Actions.ProviderRequestArchived, archive, null)
            : null;
    }

    /// <summary>A notice on her first page, and the mail in the same transaction: it waits for no morning.</summary>
    private async Task TellAsync(IServiceProvider services, ProviderRequest request, string code)
    {
        var (connection, now) = (await services.GetRequiredService<Db>().OpenAsync(), clock.GetUtcNow());
        var (slug, zone) = await connection.QuerySingleAsync<(string, string)>("select slug, time_zone from organisation where id = @OrganisationId", new { request.OrganisationId });
        var path = $"/o/{slug}/demandes-au-prestataire/{request.Reference}";
        // Who asked and has left since is stood in for by the correspondent.
        IReadOnlyList<Rung> ladder = request.FromProvider ? [Rung.Of("CORRESPONDENT", "DPO")] : request.RequestedById is null ? [Rung.Of("CORRESPONDENT")] : [Rung.Of(request.RequestedById), Rung.Of("CORRESPONDENT")];
        await services.GetRequiredService<AlertBell>().RaiseAsync(AlertDay.At(request.OrganisationId, slug, zone, now),
        [
            new DueAlert
            {
                Code = code, ObjectType = ProviderRequest.ObjectType, ObjectId = request.Id, Step = request.Status, Level = AlertLevel.Info, Subject = request.Reference, Path = path, Ladder = ladder,
            },
        ]);
        var people = await connection.QueryAsync<Guid>(
            """
            update notice n set mailed_at = @now
              from alert a
             where a.organisation_id = @OrganisationId and a.object_id = @Id and a.code = @code and n.organisation_id = a.organisation_id and n.alert_id = a.id and n.mailed_at is null
            returning n.person_id
            """,
            new { request.OrganisationId, request.Id, code, now });
        foreach (var person in people.ToList())
        {
            var to = await services.GetRequiredService<Recipients>().FindAsync(person);
            var email = to is null ? await connection.ExecuteScalarAsync<string?>("select email from person where id = @person", new { person }) : to.MayBeWrittenTo ? to.Email : null;
            if (email is null) continue;
            var term = Vocabulary.Current.Find("AlertCode", code)!;
            var message = services.GetRequiredService<MessageTemplates>().Write(MessageTemplates.ProviderRequest, to?.Locale ?? "fr", new Dictionary<string, string>
            {
                ["news"] = to?.Locale == "en" ? term.English : term.French, ["reference"] = request.Reference, ["provider"] = request.ProviderName,
                ["address"] = services.GetRequiredService<PublicAddress>().Of(path.TrimStart('/')),
            });
            await new OutgoingMail(request.OrganisationId, email, message.Subject, message.Body).PostAsync(connection, now);
        }
    }
}

/// <summary>What waits at the help desk of an organisation that serves others: told when it comes, settled when it is taken.</summary>
public sealed class ProviderRequestAlerts(Db db) : IAlertSource
{
    public IReadOnlyList<string> Codes { get; } = [ProviderRequestCourse.New];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var waiting = await connection.QueryAsync<(Guid Id, string Nature, int Year, int Number, string Organisation, DateTimeOffset At)>(
            "select id, nature, year, number, organisation_name, submitted_at from provider_request where provider_id = @Organisation and status = 'SUBMITTED' and origin = 'BENEFICIARY'", new { day.Organisation });
        return [.. waiting.Select(one => new DueAlert
        {
            Code = ProviderRequestCourse.New, ObjectType = ProviderRequest.ObjectType, ObjectId = one.Id, Step = one.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Level = AlertLevel.Urgent,
            Subject = $"{ProviderRequest.ReferenceOf(one.Nature, one.Year, one.Number)} · {one.Organisation}", Path = $"/o/{day.Slug}/assistance/{one.Id}",
            Ladder = [Rung.Of("HELPDESK_AGENT"), Rung.Of("CONTRACT_MANAGER")],
        })];
    }
}
