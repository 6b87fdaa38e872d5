using Registry.Facts;

namespace Registry.Features.Controls;

/// <summary>The page on which one control is attested, whatever it stands on.</summary>
public static class ControlChoice
{
    public static IReadOnlyList<Term> All => Vocabulary.Current.Terms("ControlCode");

    public static bool Knows(string code) => Vocabulary.Current.Contains("ControlCode", code);
}
