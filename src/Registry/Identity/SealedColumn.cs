using System.Text;
using Registry.Data;

namespace Registry.Identity;

/// <summary>
/// A column that a store seals, as others must know it who carry its rows to another key (Archives): under which purpose, for which place. Kept beside the store, which
/// is the one to seal and to open otherwise.
/// </summary>
/// <param name="Place">What the place begins with; the organisation and the row follow.</param>
/// <param name="When">The column that says whether this very row is sealed; without one each is.</param>
public sealed record SealedColumn(string Table, string Column, string Purpose, string Place, string? When = null)
{
    // What is sealed in columns is text: a byte that is none must stop the journey, not be replaced.
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public string Open(Keys keys, Guid organisation, Guid row, byte[] box, bool isSealed) =>
        Strict.GetString(isSealed ? Sealing.OpenBytes(keys.Derive(Purpose), box, PlaceOf(organisation, row)) : box);

    public byte[] Seal(Keys keys, Guid organisation, Guid row, string text, bool isSealed) =>
        isSealed ? Sealing.Seal(keys.Derive(Purpose), text, PlaceOf(organisation, row)) : Strict.GetBytes(text);

    public string PlaceOf(Guid organisation, Guid row) => $"{Place}/{organisation}/{row}";
}
