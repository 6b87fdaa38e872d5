using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>
/// The way back from <see cref="SheetValues"/>: what a person reads, in French or in English, or the code itself, becomes the value of the field. A value that
/// is none of these is null, and whoever asks says so by the place.
/// </summary>
public static partial class SheetTyping
{
    public const string NotInList = "« {0} » n’est pas dans la liste de ce champ.";
    public const string NotADay = "« {0} » n’est pas une date : écrivez 31/12/2026.";
    public const string NotANumber = "« {0} » n’est pas un nombre entier.";
    public const string NotYesNo = "« {0} » : répondez par oui ou par non.";
    public const string NotAPeriod = "« {0} » n’est pas une durée : écrivez par exemple 10 ans, 6 mois ou 1 an 6 mois.";
    public const string NotACountry = "« {0} » n’est pas un pays : écrivez son nom ou son code à deux lettres.";

    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Lists = new();

    public static IReadOnlyList<string> AllMessageKeys { get; } = [NotInList, NotADay, NotANumber, NotYesNo, NotAPeriod, NotACountry];

    /// <summary>The value, or why there is none, as a message key whose argument is the text. For a list, of one of its lines.</summary>
    public static (object? Value, string? Fault) Read(PropertyInfo field, string text, bool from1904 = false)
    {
        var (type, typed) = (field.PropertyType, text.Trim());
        if (typed.Length == 0) return (null, null);
        if (type == typeof(bool) || type == typeof(bool?)) return Answer(typed) is { } answer ? (answer, null) : (null, NotYesNo);
        if (type == typeof(int?)) return int.TryParse(Spaces().Replace(typed, ""), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, null) : (null, NotANumber);
        if (type == typeof(DateOnly?)) return Day(typed, from1904) is { } day ? (day, null) : (null, NotADay);
        if (field.IsDefined(typeof(PeriodAttribute))) return Duration(typed) is { } period ? (period, null) : (null, NotAPeriod);
        if (ListOf(field) is not { } list) return (text, null);
        return list.TryGetValue(Folding.Fold(typed), out var code) ? (code, null) : (null, field.IsDefined(typeof(CountryAttribute)) ? NotACountry : NotInList);
    }

    /// <summary>Whether any text may stand in the field.</summary>
    public static bool IsFree(PropertyInfo field) =>
        field.PropertyType == typeof(string) && ListOf(field) is null && !field.IsDefined(typeof(PeriodAttribute)) && field.Name != nameof(DataCategoryRow.RetentionRule);

    /// <summary>Whether the lines of a list are free text.</summary>
    public static bool IsFreeLine(PropertyInfo field) => field.PropertyType == typeof(List<string>) && ListOf(field) is null;

    public static string? Duration(string text)
    {
        var typed = text.Trim();
        if (Period.TryParse(typed.ToUpperInvariant(), out var known)) return known.ToString();
        var (left, period) = (typed, new Period(0, 0, 0, 0));
        while (Span().Match(left) is { Success: true } span)
        {
            if (!int.TryParse(span.Groups[1].Value, CultureInfo.InvariantCulture, out var number)) return null;
            period = char.ToLowerInvariant(span.Groups[2].Value[0]) switch
            {
                'a' or 'y' => period with { Years = period.Years + number },
                'm' => period with { Months = period.Months + number },
                's' or 'w' => period with { Weeks = period.Weeks + number },
                _ => period with { Days = period.Days + number },
            };
            left = left[span.Length..];
        }
        return left.Length == 0 && Period.TryParse(period.ToString(), out _) ? period.ToString() : null;
    }

    public static DateOnly? Day(string text, bool from1904 = false)
    {
        if (Iso().Match(text) is { Success: true } iso && DateOnly.TryParseExact(iso.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        // A spreadsheet whose cell has lost its format gives the number of the day.
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is > 1000 and < 80_000 && Registry.Documents.SourceTable.Day(serial, from1904) is { } counted) return DateOnly.FromDateTime(counted);
        var typed = Spaces().Replace(text, " ").Trim().Replace("1er ", "1 ", StringComparison.OrdinalIgnoreCase);
        foreach (var (culture, forms) in Forms)
            if (DateOnly.TryParseExact(typed, forms, culture, DateTimeStyles.AllowWhiteSpaces, out day)) return day;
        return null;
    }

    private static readonly (CultureInfo Culture, string[] Forms)[] Forms =
    [
        (CultureInfo.GetCultureInfo("fr-FR"), ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy", "d MMMM yyyy", "dddd d MMMM yyyy", "d MMM yyyy"]),
        (CultureInfo.GetCultureInfo("en-GB"), ["d MMMM yyyy", "dddd d MMMM yyyy", "d MMM yyyy"]),
    ];

    private static bool? Answer(string text) => Folding.Fold(text) switch
    {
        "oui" or "o" or "yes" or "y" or "vrai" or "true" or "1" or "x" => true,
        "non" or "n" or "no" or "faux" or "false" or "0" => false,
        _ => null,
    };

    /// <summary>Folded labels in both languages and codes, each with its code; null for a field that is no closed list.</summary>
    private static IReadOnlyDictionary<string, string>? ListOf(PropertyInfo field)
    {
        if (field.GetCustomAttribute<VocabularyAttribute>() is { } words)
            return Lists.GetOrAdd($"{words.Enumeration}/{string.Join(',', words.Codes)}", _ => Folded(Vocabulary.Current.Terms(words.Enumeration)
                .Where(term => words.Codes.Count == 0 || words.Codes.Contains(term.Code)).SelectMany(term => new[] { (term.Code, term.Code), (term.French, term.Code), (term.English, term.Code) })));
        if (field.IsDefined(typeof(CountryAttribute)))
            return Lists.GetOrAdd("countries", _ => Folded(Countries.Codes.Select(code => (Code: code, Region: new RegionInfo("fr-" + code))).SelectMany(one => new[] { (one.Code, one.Code), (one.Region.NativeName, one.Code), (one.Region.EnglishName, one.Code) })));
        if (field.GetCustomAttribute<OneOfAttribute>() is not { } few) return null;
        // The labels of these few are texts of the program: both languages are asked.
        return Lists.GetOrAdd($"{field.DeclaringType!.Name}.{field.Name}", _ =>
        {
            var t = new Languages();
            string Said(string code) => SheetValues.Text(field, code, null, key => t.Get(key));
            return Folded(few.Codes.SelectMany(code => new[] { (code, code), (Languages.InFrench(() => Said(code)), code), (Languages.In("en", () => Said(code)), code) }));
        });
    }

    private static Dictionary<string, string> Folded(IEnumerable<(string Word, string Code)> words)
    {
        var list = new Dictionary<string, string>();
        foreach (var (word, code) in words) list.TryAdd(Folding.Fold(word), code);
        return list;
    }

    [GeneratedRegex(@"[\s\u00A0\u202F]+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+Z?)?\z", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"\A[\s\u00A0\u202F]*(?:et\s+|and\s+|,\s*)?([0-9]{1,4})[\s\u00A0\u202F]*(années?|annees?|ans?|mois|semaines?|jours?|years?|months?|weeks?|days?)\b[\s\u00A0\u202F]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Span();
}
