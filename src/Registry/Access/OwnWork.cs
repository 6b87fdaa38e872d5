using Registry.Data;
using Registry.History;

namespace Registry.Access;

/// <summary>In whose name a line of the history stands when no person acts: the actor as it is read, her role, and what led to it.</summary>
public readonly record struct OwnName(string Actor, string Role, string RequestId)
{
    public static OwnName Robot(string requestId) => new("Automate", "SYSTEM", requestId);
}

/// <summary>
/// What the program does by itself in one organisation, each time in a transaction of its own. Whoever calls it holds no connection: two at once for one
/// visitor, and a few visitors wait for each other for ever.
/// </summary>
public sealed class OwnWork(IServiceScopeFactory scopes)
{
    /// <summary>Kept when the work gives something; null and false leave nothing behind.</summary>
    public async Task<T?> InAsync<T>(Guid organisation, OwnName name, Func<IServiceProvider, Visitor, Task<T?>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (db, visitor, journal) = (services.GetRequiredService<Db>(), services.GetRequiredService<Visitor>(), services.GetRequiredService<Journal>());
        db.ActFor(Scope.ForOrganisation(organisation));
        visitor.Is(Guid.Empty, name.Actor);
        visitor.StandsIn(await services.GetRequiredService<GrantStore>().OrganisationAsync(organisation));
        (journal.Actor, journal.Role, journal.RequestId) = (name.Actor, name.Role, name.RequestId);
        var done = await work(services, visitor);
        if (!EqualityComparer<T?>.Default.Equals(done, default)) await db.CommitAsync();
        return done;
    }
}
