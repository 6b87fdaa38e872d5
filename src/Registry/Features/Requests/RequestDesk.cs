using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>A file as its pages need it.</summary>
public sealed record RequestReading(RightsRequest Request, IReadOnlyList<RequestEntry> Entries, IReadOnlyList<SearchTask> Searches, IReadOnlyList<RequestFile> Files)
{
    /// <summary>The day on which the awaited proof of identity came in; null when none is there.</summary>
    public DateOnly? ProvedOn(TimeZoneInfo zone) => Request.Status == RequestStatus.IdentityPending && Files.Where(file => file.Kind == RequestFileKind.Identity).Select(file => (DateTimeOffset?)file.AddedAt).Min() is { } at
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) : null;
}

/// <summary>Brings a file together for a page, says what this person may do with it, and writes its events.</summary>
public sealed class RequestDesk(RequestStore store, SearchSheetStore searches, RequestFileStore files, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateOnly Today => visitor.Organisation.Today(clock);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Null when there is none, or none for this visitor: who has only a small letter in the matrix is given her part of the work elsewhere.</summary>
    public async Task<RequestReading?> ReadAsync(string reference, bool toChange = false)
    {
        if (!visitor.Can(Function.Requests, Right.Read) || await store.FindAsync(reference, toChange) is not { } request) return null;
        return new RequestReading(request, await store.EntriesAsync(request.Id), await searches.ListAsync(request.Id), await files.ListAsync(request.Id));
    }

    public bool MayWrite => visitor.Can(Function.Requests, Right.Write);

    /// <summary>An auditor judges how requests are handled; who asked is not hers to know (F19: "R masked").</summary>
    public bool ReadsPersons => visitor.Grants.Any(grant => grant.Role != Role.Auditor && Rights.Allows(Function.Requests, Right.Read, grant.Role));

    public Grant? GrantFor(RequestAct act) => visitor.Grants.FirstOrDefault(grant => act.IsFor(grant.Role.Code(), grant.Delegations));

    /// <summary>The steps that this person may take now; what the file still lacks is said on the page of the step.</summary>
    public IReadOnlyList<RequestAct> ActsFor(RightsRequest request) => [.. RequestStates.All.Where(act => act.From.Contains(request.Status) && GrantFor(act) is not null)];

    public RequestFacts Facts(RequestReading reading) =>
        reading.Request.Facts(visitor.Organisation.Calendar, Today) with { OpenSearches = reading.Searches.Count(one => one.State == SearchState.Asked), UnsafeFiles = reading.Files.Count(one => one is { Kind: RequestFileKind.Answer, MayBeGiven: false }) };

    /// <summary>What is read of a person leaves its trace (S-65), once an hour.</summary>
    public async Task NoteReadingAsync(RightsRequest request)
    {
        if (ReadsPersons && !await store.WasReadLatelyAsync(request.Id, Actions.RequestRead.Code)) Tell(Actions.RequestRead, request);
    }

    /// <summary>The history names the file and the step; never the person nor her words, which stand sealed in the file and go with it.</summary>
    public void Tell(Happening happening, RightsRequest request, RequestAct? act = null)
    {
        if (act is not null && GrantFor(act) is { } grant) journal.Role = grant.Role.Code();
        Record(happening, request, act is null ? request.Reference : Languages.InFrench(() => $"{request.Reference} · {act.LabelKey}"));
    }

    /// <summary>Where was searched and who was asked; not for whom nor what.</summary>
    public void Tell(Happening happening, RightsRequest request, SearchTask task) => Record(happening, request, $"{request.Reference} · {task.Asked.Name}");

    /// <summary>What happened to the dialogue or the files: how many and of which kind, never a name nor a word of them.</summary>
    public void Tell(Happening happening, RightsRequest request, string what) => Record(happening, request, $"{request.Reference} · {what}");

    private void Record(Happening happening, RightsRequest request, string subject) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, RightsRequest.ObjectType, request.Id, new EventDetails { Subject = subject }));
}
