using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <param name="Choices">Two people wrote: one of the two texts can be chosen in each line, inside the form that holds the reader's own.</param>
public sealed record DifferencesView(IReadOnlyList<SheetDifference> Differences, string OldHead, string NewHead, bool Choices = false)
{
    public static readonly string Saved = Languages.Key("Texte enregistré");
    public static readonly string Mine = Languages.Key("Votre texte");
    public static readonly string Before = Languages.Key("Texte d’avant");
}
