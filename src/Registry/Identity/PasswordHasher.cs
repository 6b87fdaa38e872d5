using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Registry.Data;

namespace Registry.Identity;

/// <summary>
/// S-31: PBKDF2-HMAC-SHA512 under a salt of its own, then a keyed hash whose key (the pepper) the database never sees: a stolen table
/// cannot be guessed against. Format: version, rounds, salt, hash. A hash of fewer rounds or an older version is replaced at sign-in.
/// </summary>
public sealed class PasswordHasher(Keys keys) : IPasswordHasher<Account>
{
    public const int Rounds = 220_000;
    private const byte Version = 1;
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int Length = 1 + 4 + SaltLength + HashLength;
    private readonly byte[] _pepper = keys.Derive("pepper");

    public string HashPassword(Account user, string password) => Hash(password, Rounds);

    internal string Hash(string password, int rounds)
    {
        var box = new byte[Length];
        box[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(1), rounds);
        RandomNumberGenerator.Fill(box.AsSpan(5, SaltLength));
        Derive(password, box.AsSpan(5, SaltLength), rounds).CopyTo(box, 5 + SaltLength);
        return Convert.ToBase64String(box);
    }

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        var box = Convert.FromBase64String(hashedPassword);
        if (box.Length != Length || box[0] != Version) throw new CryptographicException("This password hash has a format that this version does not know.");
        var rounds = BinaryPrimitives.ReadInt32BigEndian(box.AsSpan(1));
        var hash = Derive(providedPassword, box.AsSpan(5, SaltLength), rounds);
        if (!CryptographicOperations.FixedTimeEquals(hash, box.AsSpan(5 + SaltLength))) return PasswordVerificationResult.Failed;
        return rounds < Rounds ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Success;
    }

    /// <summary>Takes the time that a check takes, for an account that is not there (S-33).</summary>
    public void Pretend(string password) => Derive(password, _pepper.AsSpan(0, SaltLength), Rounds);

    private byte[] Derive(string password, ReadOnlySpan<byte> salt, int rounds)
    {
        // Two ways to type the same accent must give the same password.
        var slow = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)), salt, rounds, HashAlgorithmName.SHA512, HashLength);
        return HMACSHA256.HashData(_pepper, slow);
    }
}
