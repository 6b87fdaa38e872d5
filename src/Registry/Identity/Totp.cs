using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Registry.Identity;

/// <summary>Time-based one-time codes (RFC 6238): SHA-1, six digits, 30 seconds, as every authenticator application has them.</summary>
public static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Seconds = 30;

    /// <summary>160 bits (S-34).</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;

    public static string CodeAt(byte[] secret, long step, int digits = 6)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238 and the applications that follow it use HMAC-SHA1, which stays sound as a MAC.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[19] & 15)..]) & 0x7fffffff;
        return (number % (uint)Math.Pow(10, digits)).ToString($"D{digits}");
    }

    /// <summary>The step that the code belongs to, now or one step aside, later than the last one used (each serves once); null if none.</summary>
    public static long? Accept(byte[] secret, string code, DateTimeOffset now, long lastStep)
    {
        var typed = Compact(code);
        if (typed.Length != 6) return null;
        long? accepted = null;
        var current = StepAt(now);
        for (var step = current - 1; step <= current + 1; step++)
        {
            var same = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(secret, step)), System.Text.Encoding.UTF8.GetBytes(typed));
            if (same && step > lastStep) accepted ??= step;
        }
        return accepted;
    }

    /// <summary>People type and paste codes with spaces.</summary>
    public static string Compact(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c) && c != '-' && c != '\u202f'));

    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            bits += 8;
            while (bits >= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
                bits -= 5;
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>What the QR code says to the application; the algorithm, six digits and 30 seconds are its defaults.</summary>
    public static string Address(byte[] secret, string account) =>
        $"otpauth://totp/Registre:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer=Registre";
}
