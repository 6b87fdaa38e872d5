using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Reminders;
using Registry.Features.Shared;
using Registry.Files;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Requests;

/// <summary>A request as the person who made it sees it.</summary>
public sealed record OwnRequest(RightsRequest Request, RequestClock Clock, IReadOnlyList<RequestMessage> Messages, IReadOnlyList<RequestFile> Files, DateTimeOffset? DepositUntil, TimeZoneInfo Zone)
{
    /// <summary>The answer came by this page: its text is here as long as the file is.</summary>
    public string? Answer => Request.Course.AnswerChannel == "PORTAL" ? Request.Content.Draft : null;

    public IReadOnlyList<RequestFile> Attachments => Answer is null ? [] : [.. Files.Where(file => file.Kind == RequestFileKind.Answer)];
    public IReadOnlyList<RequestFile> Proofs => [.. Files.Where(file => file.Kind == RequestFileKind.Identity)];
    public bool MayWrite => Request.Status != RequestStatus.Closed && Messages.Count < RequestMessage.Most;
}

public sealed record OwnFile(RequestFile File, byte[] Content);

public enum Deposited { Gone, Kept, Full }

/// <summary>What a person does on the page of her request once she is known there: reads, writes, deposits, downloads. Each act is one transaction of its own, for that body alone.</summary>
public sealed class FollowUp(Portal portal)
{
    public Task<OwnRequest?> OpenAsync(Guid body, Guid id) => portal.WorkAsync<OwnRequest>(body, async (services, visitor) =>
    {
        if (await services.GetRequiredService<RequestStore>().FindByIdAsync(id) is not { } request) return null;
        var dialogue = services.GetRequiredService<RequestDialogueStore>();
        return new OwnRequest(request, ClockOf(request, visitor), await dialogue.ListAsync(id), await services.GetRequiredService<RequestFileStore>().ListAsync(id),
            request.Status == RequestStatus.IdentityPending ? await dialogue.DepositUntilAsync(id) : null, visitor.Organisation.Zone);
    });

    /// <summary>Once: who opens it again asks for another.</summary>
    public Task<Guid?> EnterAsync(Guid body, string token) => portal.WorkAsync<Guid?>(body, async (services, _) =>
    {
        if (await services.GetRequiredService<RequestDialogueStore>().TakeLinkAsync(token, LinkPurpose.Enter) is not { } id || await services.GetRequiredService<RequestStore>().FindByIdAsync(id) is not { } request) return null;
        services.GetRequiredService<RequestDesk>().Tell(Actions.RequestLinkUsed, request);
        return id;
    });

    public Task<bool> MayEnterAsync(Guid body, string token) => portal.WorkAsync(body, async (services, _) =>
        await services.GetRequiredService<RequestDialogueStore>().FindLinkAsync(token, LinkPurpose.Enter) is not null);

    public Task AskForCodeAsync(Guid body, string email) => portal.WorkAsync(body, async (services, _) =>
    {
        await services.GetRequiredService<RequestDialogueStore>().AskForCodeAsync(email);
        return true;
    });

    /// <summary>False when the request is closed or has been written to too often.</summary>
    public Task<bool> WriteAsync(Guid body, Guid id, Guid form, string text) => portal.WorkAsync(body, async (services, visitor) =>
    {
        if (await services.GetRequiredService<RequestStore>().FindByIdAsync(id, toChange: true) is not { } request || request.Status == RequestStatus.Closed) return false;
        if (!await services.GetRequiredService<RequestDialogueStore>().AddAsync(form, id, text, fromPerson: true)) return false;
        services.GetRequiredService<RequestDesk>().Tell(Actions.RequestMessageReceived, request);
        await RingAsync(services, visitor, RequestAlerts.Message, request, form.ToString("n"));
        return true;
    });

    /// <summary>Whose proof is awaited: of the link when there is one, else of whoever is known here.</summary>
    public async Task<OwnRequest?> AwaitedAsync(Guid body, Guid? known, string? token)
    {
        var id = token is null ? known : await portal.WorkAsync(body, (services, _) => services.GetRequiredService<RequestDialogueStore>().FindLinkAsync(token, LinkPurpose.Deposit));
        return id is { } one && await OpenAsync(body, one) is { DepositUntil: not null } request ? request : null;
    }

    /// <summary>T-RR-03: the proof comes in once, by the link that was made for it.</summary>
    public Task<Deposited> DepositAsync(Guid body, Guid id, IReadOnlyList<InspectedFile> files) => portal.WorkAsync(body, async (services, visitor) =>
    {
        var store = services.GetRequiredService<RequestStore>();
        if (await store.FindByIdAsync(id, toChange: true) is not { Status: RequestStatus.IdentityPending } request) return Deposited.Gone;
        var desk = services.GetRequiredService<RequestDesk>();
        // Whoever comes second has waited for the row, and finds the link used. What is too much does not use it up.
        var dialogue = services.GetRequiredService<RequestDialogueStore>();
        if (await dialogue.DepositUntilAsync(id) is null) return Deposited.Gone;
        if (!await services.GetRequiredService<RequestFileStore>().AddAsync(id, RequestFileKind.Identity, files, desk.Today.AddDays(RequestFile.ProofDays))) return Deposited.Full;
        await dialogue.TakeDepositAsync(id);
        desk.Tell(Actions.RequestFileReceived, request, Languages.InFrench(() => $"justificatifs ({files.Count})"));
        await RingAsync(services, visitor, RequestAlerts.Proof, request, RequestAlerts.ProofStep(desk.Today));
        return Deposited.Kept;
    });

    /// <summary>A piece of the answer, clean and not over; anything else does not exist for her.</summary>
    public Task<OwnFile?> ReadAsync(Guid body, Guid request, Guid file) => portal.WorkAsync<OwnFile>(body, async (services, _) =>
    {
        var (files, desk) = (services.GetRequiredService<RequestFileStore>(), services.GetRequiredService<RequestDesk>());
        if (await files.FindAsync(file) is not { Kind: RequestFileKind.Answer, MayBeGiven: true } found || found.RequestId != request || found.ExpiresOn <= desk.Today) return null;
        if (await services.GetRequiredService<RequestStore>().FindByIdAsync(request) is not { Course.AnswerChannel: "PORTAL" } own) return null;
        desk.Tell(Actions.RequestFileTaken, own);
        return new OwnFile(found, [.. (await files.ReadAsync(found)).SelectMany(part => part)]);
    });

    private static RequestClock ClockOf(RightsRequest request, Visitor visitor) => RequestClock.Compute(
        request.ReceivedOn, visitor.Organisation.Calendar, [.. request.Course.Questions.Select(question => question.Suspension)], request.Course.ExtensionSentOn, StartEvent.YourRequest);

    private static async Task RingAsync(IServiceProvider services, Visitor visitor, string code, RightsRequest request, string step)
    {
        var desk = services.GetRequiredService<RequestDesk>();
        var day = new AlertDay(visitor.Organisation.Id, visitor.Organisation.Slug, desk.Today, desk.Now, visitor.Organisation.Zone);
        await services.GetRequiredService<AlertBell>().RaiseAsync(day, [RequestAlerts.News(day, code, request.Id, request.Year, request.Number, step)]);
    }
}
