using System.Security.Cryptography;
using System.Text;

namespace Registry.Data;

/// <summary>Every key of the program, derived from one secret of at least 32 bytes kept in a file outside the database (S-45).</summary>
public sealed class Keys
{
    private readonly byte[] _master;

    public Keys(byte[] master)
    {
        if (master.Length < 32)
            throw new InvalidOperationException("The key file holds less than 32 bytes: make one with `openssl rand -hex 32`.");
        _master = master;
    }

    /// <summary>Reads the file named by REGISTRY_KEY_FILE: hexadecimal text. There is no default (S-41).</summary>
    public static Keys FromFile(string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new InvalidOperationException("REGISTRY_KEY_FILE is not set: name a file made with `openssl rand -hex 32`.");
        if (!File.Exists(path))
            throw new InvalidOperationException($"REGISTRY_KEY_FILE names {path}, which is not there.");
        try
        {
            return new Keys(Convert.FromHexString(File.ReadAllText(path).Trim()));
        }
        catch (FormatException)
        {
            throw new InvalidOperationException($"{path} does not hold hexadecimal text: make it with `openssl rand -hex 32`.");
        }
    }

    public byte[] Derive(string purpose, int length = 32) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, length, info: Encoding.UTF8.GetBytes("registry/" + purpose));

    /// <summary>A login role of the database gets its password from the same secret, so there is one secret to keep.</summary>
    public string PasswordOf(string role) => Convert.ToHexString(Derive("role/" + role));
}
