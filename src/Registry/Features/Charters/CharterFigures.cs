namespace Registry.Features.Charters;

public sealed record CharterFigure(string Title, int Number, int Signatures, int Expected)
{
    public int Percent => Expected == 0 ? 0 : 100 * Signatures / Expected;
}

/// <summary>How far the charter in force is signed.</summary>
public sealed class CharterFigures(CharterStore store)
{
    public async Task<CharterFigure?> FindAsync()
    {
        if (await store.InForceAsync() is not { } version) return null;
        var signers = await store.SignersAsync(version.Id);
        return new(version.Title, version.Number, signers.Count(one => one.HasSigned), signers.Count);
    }
}
