using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Identity;

/// <summary>An opaque secret of 256 bits: the bearer holds the text, the database its SHA-256 (S-36, S-37).</summary>
public static class Token
{
    public static (string Text, byte[] Hash) New()
    {
        var text = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (text, Hash(text));
    }

    public static byte[] Hash(string text) => SHA256.HashData(Encoding.ASCII.GetBytes(text));
}
