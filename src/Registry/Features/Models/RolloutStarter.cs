using Registry.Data;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>Sets a prepared rollout going, once the transaction that says so is kept.</summary>
public sealed class RolloutStarter(RolloutStore rollouts, RolloutRunner runner, Db db, Journal journal)
{
    /// <summary>False when it was started already: then it is on its way.</summary>
    public Task<bool> StartAsync(Guid library, Guid id, string subject) =>
        MoveAsync(library, id, RolloutStatus.Prepared, RolloutStatus.Running, Actions.RolloutStarted, subject);

    public Task<bool> UndoAsync(Guid library, Guid id, string subject) =>
        MoveAsync(library, id, RolloutStatus.Done, RolloutStatus.Undoing, Actions.RolloutStarted, subject);

    private async Task<bool> MoveAsync(Guid library, Guid id, RolloutStatus from, RolloutStatus to, Happening happening, string subject)
    {
        if (!await rollouts.MoveAsync(library, id, from, to)) return false;
        journal.Record(new Event(library, happening.Code, RolloutWork.ObjectType, id, new EventDetails { Subject = subject }));
        db.AfterCommit(() =>
        {
            runner.Wake();
            return Task.CompletedTask;
        });
        return true;
    }
}
