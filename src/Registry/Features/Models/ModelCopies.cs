using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>A copy beside the newest revision of its model.</summary>
/// <param name="Merge">Null when the text it was taken from is out of sight.</param>
public sealed record CopyState(ModelCopy Copy, ModelMerge? Merge)
{
    public int Conflicts => Merge?.Points.Count(point => point.IsConflict) ?? 0;
    public int Points => Merge?.Points.Count ?? 0;
    public bool TakesItself => Merge is { HasConflict: false } && ModelCopies.IsOpen(Copy.State);
}

/// <summary>What can be done with the copies of a model.</summary>
public static class ModelCopies
{
    /// <summary>A sheet under review belongs to its reviewer, one that is validated to its signatory: both wait.</summary>
    public static bool IsOpen(RecordStatus state) =>
        state is RecordStatus.Draft or RecordStatus.ChangesRequested or RecordStatus.InRevision or RecordStatus.Published;
}
