using System.Security.Cryptography;
using System.Text;

namespace Registry.Identity;

/// <summary>AES-256-GCM: version, nonce, tag, text. The place it was sealed for is authenticated: moved elsewhere it does not open (S-46).</summary>
public static class Sealing
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Seal(byte[] key, string text, string place) => Seal(key, Encoding.UTF8.GetBytes(text), place);

    public static byte[] Seal(byte[] key, byte[] text, string place)
    {
        var box = new byte[1 + NonceLength + TagLength + text.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceLength));
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(box.AsSpan(1, NonceLength), text, box.AsSpan(1 + NonceLength + TagLength), box.AsSpan(1 + NonceLength, TagLength),
            Encoding.UTF8.GetBytes(place));
        return box;
    }

    public static string Open(byte[] key, byte[] box, string place) => Encoding.UTF8.GetString(OpenBytes(key, box, place));

    public static byte[] OpenBytes(byte[] key, byte[] box, string place)
    {
        if (box.Length < 1 + NonceLength + TagLength || box[0] != Version) throw new CryptographicException("Not a sealed value.");
        var text = new byte[box.Length - 1 - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box.AsSpan(1, NonceLength), box.AsSpan(1 + NonceLength + TagLength), box.AsSpan(1 + NonceLength, TagLength), text,
            Encoding.UTF8.GetBytes(place));
        return text;
    }
}
