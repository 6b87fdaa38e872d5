namespace Registry.Features.Controls;

/// <summary>What the page of an application shows: the newest attestation of each control, and its corrections.</summary>
public sealed class SystemControls(ControlStore store)
{
    public async Task<(IReadOnlyList<Attestation> Controls, IReadOnlyList<Patch> Patches)> OfAsync(Guid system)
    {
        var (_, controls, patches) = await store.OfSystemAsync(system);
        return (Attestation.Newest(controls), patches);
    }
}
