using Registry.Facts;

namespace Registry.Features.Records;

/// <summary>Finds models by words of their title, domain, service or purpose, without regard to accents or case.</summary>
public static class RecordModelSearch
{
    public static bool Matches(ShelfModel model, string text)
    {
        var haystack = Folding.Fold(string.Join(' ', model.Title, SheetValues.Domain(model.Domain), model.Words, model.Purpose));
        return Folding.Fold(text.AsSpan(0, Math.Min(text.Length, 200))).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .All(word => haystack.Contains(word, StringComparison.Ordinal));
    }
}
