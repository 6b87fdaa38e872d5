using Registry.Access;
using Registry.Features.Breaches;
using Registry.History;

namespace Registry.Features.Incidents;

/// <summary>The acts of a provider on an incident, each with its line in the provider's own chain and in that of every body it reaches.</summary>
public sealed class IncidentDesk(IncidentStore store, IncidentFileStore files, Visitor visitor, Journal journal, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>One act, one transaction: all files or none. Not added: the same form was sent before.</summary>
    public async Task<(Incident Incident, bool Added)> ReportAsync(Guid form, SharedFacts facts, IReadOnlyList<Client> bodies)
    {
        var (incident, added) = await store.AddAsync(form, facts);
        if (!added) return (incident, false);
        Tell(Actions.ProviderIncidentReported, incident, $"{incident.Reference} · {incident.Title} · {bodies.Count}");
        await ReachAsync(incident, bodies);
        return (incident, true);
    }

    public async Task<int> ReachMoreAsync(Incident incident, IReadOnlyList<Client> bodies)
    {
        var opened = await ReachAsync(incident, bodies);
        if (opened > 0) Tell(Actions.ProviderIncidentChanged, incident, $"{incident.Reference} · {incident.Title} · +{opened}");
        return opened;
    }

    /// <summary>False when somebody shared something meanwhile.</summary>
    public async Task<bool> ShareAsync(Incident incident, SharedFacts facts, int seen)
    {
        var changes = SharedFacts.Changes(incident.Read(), facts, visitor.Organisation.Zone);
        if (seen != incident.Version) return false;
        if (changes.Count == 0) return true;
        if (!await store.SaveAsync(incident, facts, seen)) return false;
        Tell(Actions.ProviderIncidentChanged, incident, $"{incident.Reference} · {facts.Title}", changes);
        foreach (var file in await files.TellAsync(incident.Id)) Tell(Actions.ProviderIncidentShared, file, incident, changes);
        return true;
    }

    private async Task<int> ReachAsync(Incident incident, IReadOnlyList<Client> bodies)
    {
        var opened = await files.OpenAsync(incident, bodies);
        foreach (var file in opened) Tell(Actions.ProviderIncidentReached, file, incident, null);
        return opened.Count;
    }

    private void Tell(Happening happening, Incident incident, string subject, IReadOnlyList<Change>? changes = null) =>
        journal.Record(new Event(visitor.Organisation.Id, happening.Code, ProviderIncident.ObjectType, incident.Id, new EventDetails { Subject = subject, Changes = changes }));

    private void Tell(Happening happening, OpenedFile file, Incident incident, IReadOnlyList<Change>? changes) =>
        journal.Record(new Event(file.Organisation, happening.Code, Breach.ObjectType, file.Breach, new EventDetails
        {
            Actor = $"{visitor.Name} ({visitor.Organisation.Name})", Subject = $"{file.Reference} · {incident.Title} · {incident.Reference}", Changes = changes,
        }));
}
