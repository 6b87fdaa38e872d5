using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;

namespace Registry.Features.Records;

/// <summary>A section's form as text and back: what a draft keeps is what the browser would post, unreadable dates and all.</summary>
public static class SectionTyping
{
    private const string Choice = "choice:";

    public static async Task<string> WriteAsync(IFormCollection posted)
    {
        using var content = new FormUrlEncodedContent(posted
            .Where(field => field.Key.StartsWith(SheetForm.Prefix + ".", StringComparison.Ordinal))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? ""))));
        return await content.ReadAsStringAsync();
    }

    public static IValueProvider Read(string draft) => new FormValueProvider(
        BindingSource.Form, new FormCollection(QueryHelpers.ParseQuery(draft)), System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>Whether saving the form would change nothing.</summary>
    public static bool SaysTheSame(object typed, object saved)
    {
        var cleaned = SheetJson.ReadPart(SheetJson.WritePart(typed), typed.GetType());
        return SheetText.Clean(cleaned).Count == 0 && SheetDifferences.Compare(saved, cleaned).Count == 0;
    }

    /// <summary>The differences for which the reader of both texts chose the other one's.</summary>
    public static IReadOnlySet<string> TakenFromTheOther(IFormCollection posted) => posted
        .Where(field => field.Key.StartsWith(Choice, StringComparison.Ordinal) && field.Value == "theirs")
        .Select(field => field.Key[Choice.Length..]).ToHashSet();

    public static string NameOf(SheetDifference difference) => Choice + difference.Key;
}
