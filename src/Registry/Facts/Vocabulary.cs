using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Registry.Facts;

/// <summary>One value of a controlled list: the stable code that is stored and its labels in both languages.</summary>
public sealed record Term(string Code, string French, string English, IReadOnlyDictionary<string, string> Properties)
{
    /// <summary>The label in the language of the page being written.</summary>
    public string Label => Vocabulary.IsEnglish ? English : French;

    /// <summary>A further property of the value (article, timeZone, nature, rank…), or null when it has none of that name.</summary>
    public string? Property(string name) => Properties.GetValueOrDefault(name);
}

/// <summary>
/// The controlled lists of the product, read once from <c>vocabulary.json</c>. Codes are stored, labels are shown. Asking for a list that does
/// not exist is a mistake of the program and throws; a code that does not exist may come from an old document and is shown as it is.
/// </summary>
public sealed class Vocabulary
{
    private static readonly Lazy<Vocabulary> Loaded = new(() => new Vocabulary());

    private readonly FrozenDictionary<string, Enumeration> _enumerations;

    private Vocabulary()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("facts/vocabulary.json")
            ?? throw new InvalidOperationException("facts/vocabulary.json is not embedded in the assembly.");
        using var document = JsonDocument.Parse(stream);
        _enumerations = document.RootElement.GetProperty("enumerations").EnumerateObject()
            .ToFrozenDictionary(property => property.Name, property => new Enumeration(property.Value), StringComparer.Ordinal);
    }

    public static Vocabulary Current => Loaded.Value;

    internal static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public IEnumerable<string> Enumerations => _enumerations.Keys;

    /// <summary>The name of the list itself, in the language of the page being written.</summary>
    public string Title(string enumeration) => IsEnglish ? Of(enumeration).English : Of(enumeration).French;

    /// <summary>The values in the order in which a form offers them.</summary>
    public IReadOnlyList<Term> Terms(string enumeration) => Of(enumeration).Terms;

    public Term? Find(string enumeration, string? code) => code is null ? null : Of(enumeration).ByCode.GetValueOrDefault(code);

    public bool Contains(string enumeration, string? code) => Find(enumeration, code) is not null;

    public string Label(string enumeration, string? code) => Find(enumeration, code)?.Label ?? code ?? "";

    private Enumeration Of(string enumeration) =>
        _enumerations.TryGetValue(enumeration, out var found)
            ? found
            : throw new ArgumentException($"The vocabulary has no list named “{enumeration}”.", nameof(enumeration));

    private sealed class Enumeration
    {
        public Enumeration(JsonElement element)
        {
            French = element.GetProperty("titleFr").GetString()!;
            English = element.GetProperty("titleEn").GetString()!;
            Terms = [.. element.GetProperty("values").EnumerateArray().Select(ReadTerm)];
            ByCode = Terms.ToFrozenDictionary(term => term.Code, StringComparer.Ordinal);
        }

        public string French { get; }

        public string English { get; }

        public IReadOnlyList<Term> Terms { get; }

        public FrozenDictionary<string, Term> ByCode { get; }

        private static Term ReadTerm(JsonElement value) => new(
            value.GetProperty("code").GetString()!,
            value.GetProperty("fr").GetString()!,
            value.GetProperty("en").GetString()!,
            value.EnumerateObject()
                .Where(property => property.Name is not ("code" or "fr" or "en"))
                .ToFrozenDictionary(property => property.Name, property => property.Value.ToString(), StringComparer.Ordinal));
    }
}
