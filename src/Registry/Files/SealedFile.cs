using System.Security.Cryptography;
using Registry.Data;
using Registry.Identity;

namespace Registry.Files;

/// <summary>
/// A file at rest (S-71): each has a key of its own, kept wrapped by the program's, and stands in parts that are sealed one by one. A part moved to another
/// place, another file or another body does not open, nor does a file that lost its last part. With its row the key is gone, and the bytes say nothing.
/// </summary>
public sealed class SealedFile
{
    public const int PartLength = 256 * 1024;

    private readonly byte[] _key;
    private readonly string _place;

    private SealedFile(byte[] key, string place) => (_key, _place) = (key, place);

    public static SealedFile New(Guid organisation, Guid file) => new(RandomNumberGenerator.GetBytes(32), $"file/{organisation}/{file}");

    public static SealedFile Open(Keys keys, Guid organisation, Guid file, byte[] wrapped)
    {
        var place = $"file/{organisation}/{file}";
        return new(Sealing.OpenBytes(keys.Derive("files"), wrapped, place), place);
    }

    public static int PartsOf(long length) => (int)((length + PartLength - 1) / PartLength);

    public byte[] Wrap(Keys keys) => Sealing.Seal(keys.Derive("files"), _key, _place);

    public byte[] SealName(string name) => Sealing.Seal(_key, name, _place + "/name");

    public string OpenName(byte[] box) => Sealing.Open(_key, box, _place + "/name");

    public byte[] SealPart(byte[] content, int place, int parts) => Sealing.Seal(_key, content, $"{_place}/{place}/{parts}");

    public byte[] OpenPart(byte[] box, int place, int parts) => Sealing.OpenBytes(_key, box, $"{_place}/{place}/{parts}");
}
