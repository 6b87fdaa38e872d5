using Microsoft.Extensions.Localization;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>One part of two texts: what differs, and what both say alike.</summary>
public sealed record SectionComparison(SheetSection Section, IReadOnlyList<SheetDifference> Differences, IReadOnlyList<ReadField> Alike);

public static class SheetComparison
{
    /// <summary>The text under which a working sheet is asked for, beside the numbers of versions.</summary>
    public const string Working = "courant";

    public static IReadOnlyList<SectionComparison> Of(Sheet older, Sheet newer, IStringLocalizer t)
    {
        var reader = new SheetReader(t, newer);
        return [.. SheetSections.All.Select(section =>
        {
            var differences = SheetDifferences.Compare(section, section.Get(older), section.Get(newer), older, newer, key => t.Get(key));
            return new SectionComparison(section, differences, reader.Read(section, differences.Select(FieldOf).ToHashSet()));
        })];
    }

    /// <summary>"LegalBases[1].Reference" stands in the field LegalBases.</summary>
    private static string FieldOf(SheetDifference difference) => difference.Path[..(difference.Path.IndexOfAny(['.', '[']) is var end and >= 0 ? end : difference.Path.Length)];
}
