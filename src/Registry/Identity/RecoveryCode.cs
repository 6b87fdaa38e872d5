using System.Security.Cryptography;
using System.Text;

namespace Registry.Identity;

/// <summary>Eighty bits to write down: 16 characters in groups of four, without letters that look like digits (Crockford's base 32).</summary>
public static class RecoveryCode
{
    public const int Count = 10;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 16);
        return string.Join('-', letters.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>At 80 random bits a plain hash cannot be guessed; it is bound to the account. Look-alikes and spacing are forgiven.</summary>
    public static byte[] Hash(Guid account, string code)
    {
        var plain = string.Concat(code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)).Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return SHA256.HashData(Encoding.ASCII.GetBytes($"{account}:{plain}"));
    }
}
