using Registry.Data;

namespace Registry.History;

/// <summary>What a request has to tell. Its events are written as the last statements of its transaction, or not at all with it.</summary>
public sealed class Journal(Db db, Chain chain, TimeProvider clock)
{
    private readonly List<Event> _events = [];

    /// <summary>Who acts: filled once rights are known.</summary>
    public string Actor { get; set; } = "";
    public string Role { get; set; } = "SYSTEM";
    public string RequestId { get; set; } = "";

    /// <summary>What was told so far did not happen: its transaction was rolled back.</summary>
    public void Forget() => _events.Clear();

    public void Record(Event happened)
    {
        if (_events.Count == 0)
        {
            db.BeforeCommit(async connection =>
            {
                await chain.AppendAsync(connection, _events, clock.GetUtcNow(), db.Person, Role, RequestId);
                _events.Clear();
            });
        }
        _events.Add(happened with { Details = happened.Details with { Actor = happened.Details.Actor ?? Actor } });
    }
}
