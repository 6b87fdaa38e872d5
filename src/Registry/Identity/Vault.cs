using Registry.Data;

namespace Registry.Identity;

/// <summary>Keeps second-factor secrets encrypted, each bound to its table, column and row: copied to another account it does not open (S-46).</summary>
public sealed class Vault(Keys keys)
{
    private readonly byte[] _key = keys.Derive("identity");

    public byte[] SealTotp(Guid account, byte[] secret) => Sealing.Seal(_key, secret, Place(account));

    public byte[] OpenTotp(Guid account, byte[] box) => Sealing.OpenBytes(_key, box, Place(account));

    private static string Place(Guid account) => $"identity.account.totp_secret:{account}";
}
