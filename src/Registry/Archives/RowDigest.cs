using System.Security.Cryptography;
using System.Text;

namespace Registry.Archives;

/// <summary>What a set of rows says, whatever their order: equal digests, equal rows. No two rows of a table are the same, its key sees to that.</summary>
internal sealed class RowDigest : IEquatable<RowDigest>
{
    private readonly byte[] _all = new byte[32];

    public long Count { get; private set; }

    public void Add(string row)
    {
        var one = SHA256.HashData(Encoding.UTF8.GetBytes(row));
        for (var place = 0; place < _all.Length; place++) _all[place] ^= one[place];
        Count++;
    }

    public bool Equals(RowDigest? other) => other is not null && Count == other.Count && _all.AsSpan().SequenceEqual(other._all);

    public override bool Equals(object? other) => Equals(other as RowDigest);

    public override int GetHashCode() => HashCode.Combine(Count, _all[0]);
}
