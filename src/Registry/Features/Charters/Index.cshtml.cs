using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Charters;

/// <summary>The charter in force, who has signed it and who has not yet. Who has a small letter in the matrix reads numbers, not names.</summary>
[Requires(Function.Training, Right.ReadOwn)]
public sealed class IndexModel(CharterStore store, Visitor visitor) : PageModel
{
    public IReadOnlyList<CharterVersion> Versions { get; private set; } = [];
    public IReadOnlyList<Signer> Signers { get; private set; } = [];
    public CharterVersion? InForce => Versions.Count > 0 ? Versions[0] : null;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayIssue => visitor.Can(Function.Training, Right.Write);
    public bool ReadsNames => visitor.Can(Function.Training, Right.Read);
    public bool IsExpected => Signers.Any(one => one.PersonId == visitor.PersonId && !one.HasSigned);
    public int Signatures => Signers.Count(one => one.HasSigned);
    public int Percent => Signers.Count == 0 ? 0 : 100 * Signatures / Signers.Count;

    public async Task OnGetAsync()
    {
        Versions = await store.VersionsAsync();
        if (InForce is { } version) Signers = await store.SignersAsync(version.Id);
    }
}
