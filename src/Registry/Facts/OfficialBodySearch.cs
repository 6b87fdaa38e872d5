using System.Text.RegularExpressions;

namespace Registry.Facts;

/// <summary>
/// Forgiving search in the official list. A scan of 36 000 short strings takes a few milliseconds, so there is no index to keep right.
/// Stricter readings of the text come first and the looser ones are tried only when those found nothing.
/// </summary>
internal sealed partial class OfficialBodySearch
{
    private const int LongestText = 120;
    private const int MostWords = 12;
    private const int Tiers = 4;

    private static readonly string[] LinkWords = ["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur"];
    private static readonly string[] TypeNames = ["communaute de communes", "communaute d agglomeration", "communaute urbaine"];

    private readonly Entry[] _entries;

    public OfficialBodySearch(IEnumerable<OfficialBody> bodies)
    {
        var places = new Dictionary<string, string>();
        // The most populous first: within a tier the scan order is then the answer's order.
        _entries = [.. bodies.OrderByDescending(body => body.Population).Select(body => new Entry(body, PlaceOf(body)))];

        string PlaceOf(OfficialBody body) => places.TryGetValue(body.DepartmentCode, out var known)
            ? known
            : places[body.DepartmentCode] = $" {Folding.Fold($"{body.DepartmentName} {body.RegionName}")} ";
    }

    public IReadOnlyList<OfficialBody> Find(string? text, int limit)
    {
        var folded = Folding.Fold(text.AsSpan()[..Math.Min(text?.Length ?? 0, LongestText)]);
        if (folded.Length == 0 || limit <= 0)
            return [];

        var code = folded.Replace(" ", "", StringComparison.Ordinal);
        if (Code().IsMatch(code))
        {
            // A SIRET begins with the SIREN of its body.
            var wanted = code.Length == 14 ? code[..9] : code;
            if (Collect(entry => TierByCode(entry, wanted), limit) is { Count: > 0 } byCode)
                return byCode;
        }

        var query = new Query(folded);
        if (Collect(entry => TierByName(entry, query, place: false), limit) is { Count: > 0 } byName)
            return byName;
        var lenient = new Query(Preamble().Replace(folded, ""));
        if (Collect(entry => TierByName(entry, lenient, place: true), limit) is { Count: > 0 } byPlace)
            return byPlace;
        return Collect(entry => TierByTypingError(entry, lenient), limit);
    }

    private List<OfficialBody> Collect(Func<Entry, int?> tierOf, int limit)
    {
        var tiers = new List<OfficialBody>?[Tiers];
        foreach (var entry in _entries)
        {
            if (tierOf(entry) is not { } tier)
                continue;
            var found = tiers[tier] ??= [];
            if (found.Count < limit)
                found.Add(entry.Body);
        }
        return [.. tiers.SelectMany(found => found ?? []).Take(limit)];
    }

    private static int? TierByCode(Entry entry, string code)
    {
        var body = entry.Body;
        if (StartsWith(body.InseeCode, code))
            return body.InseeCode!.Length == code.Length ? 0 : 2;
        if (StartsWith(body.Siren, code))
            return body.Siren!.Length == code.Length ? 0 : 3;
        foreach (var postalCode in body.PostalCodes)
            if (StartsWith(postalCode, code))
                return postalCode.Length == code.Length ? 1 : 2;
        return null;
    }

    private static int? TierByName(Entry entry, Query query, bool place)
    {
        var named = false;
        foreach (var word in query.Words)
        {
            if (word.IsIn(entry.Words))
                named = true;
            else if (!IsNumberOf(entry.Body, word.Text) && !(place && word.IsIn(entry.Place)))
                return null;
        }
        if (!named)
            return null;

        var text = query.Text;
        if (entry.Name.SequenceEqual(text) || entry.Acronym == text || (entry.Body.IsCommune && entry.Core.SequenceEqual(text)))
            return 0;
        if (entry.Name.StartsWith(query.TextAndSpace) || entry.Core.StartsWith(query.TextAndSpace) || entry.Core.SequenceEqual(text))
            return 1;
        return entry.Name.StartsWith(text) || entry.Core.StartsWith(text) ? 2 : 3;
    }

    // “Brest 29”, “Saint-Denis 974”, “Plouzané 29280”
    private static bool IsNumberOf(OfficialBody body, string word)
    {
        if (!char.IsAsciiDigit(word[0]))
            return false;
        if (string.Equals(body.DepartmentCode, word, StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var postalCode in body.PostalCodes)
            if (word.Length > 2 && StartsWith(postalCode, word))
                return true;
        return false;
    }

    private static int? TierByTypingError(Entry entry, Query query)
    {
        if (query.Letters.Length < 4)
            return null;
        if (TypingError.OnlySpacesDiffer(query.Letters, entry.Core) || TypingError.OnlySpacesDiffer(query.Letters, entry.Name))
            return 0;

        var errors = 0;
        foreach (var word in query.Words)
        {
            if (word.IsIn(entry.Words) || IsNumberOf(entry.Body, word.Text))
                continue;
            if (++errors > 1 || !TypingError.OneAwayFromAWord(word.Text, entry.Words))
                return null;
        }
        return Math.Abs(entry.Core.Length - query.Text.Length) <= 1 ? 1 : 2;
    }

    private static bool StartsWith(string? value, string beginning) =>
        value is not null && value.StartsWith(beginning, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^([0-9]{2,9}|[0-9]{14}|2[ab][0-9]{0,3})$")]
    private static partial Regex Code();

    [GeneratedRegex("^(mairie|commune|ville) (de |du |des |d |)(?=.)")]
    private static partial Regex Preamble();

    private sealed class Entry
    {
        private readonly int _nameLength;
        private readonly int _coreStart;

        public Entry(OfficialBody body, string place)
        {
            Body = body;
            Place = place;
            var name = string.Join(' ', Folding.Fold(body.Name).Split(' ').Select(Query.Unabbreviated));
            _nameLength = name.Length;
            _coreStart = CoreStart(name);
            if (body.IsCommune)
            {
                Words = $" {name} ";
            }
            else
            {
                var initials = name.Split(' ').Where(word => !LinkWords.Contains(word)).Select(word => word[0]).ToArray();
                Acronym = new string(initials);
                Words = $" {name} {Acronym} {Acronym.AsSpan(0, Math.Min(2, Acronym.Length))} ";
            }
        }

        public OfficialBody Body { get; }

        /// <summary>Name, and for an intercommunality its initials (CAPBP) and those of its type (CA), between spaces.</summary>
        public string Words { get; }

        /// <summary>Department and region, between spaces.</summary>
        public string Place { get; }

        public string? Acronym { get; }

        public ReadOnlySpan<char> Name => Words.AsSpan(1, _nameLength);

        /// <summary>The name without the article or the type before it: “havre”, “pau bearn pyrenees”.</summary>
        public ReadOnlySpan<char> Core => Name[_coreStart..];

        private static int CoreStart(string name)
        {
            var start = 0;
            foreach (var type in TypeNames)
                if (name.StartsWith(type + " ", StringComparison.Ordinal))
                    start = type.Length + 1;
            for (var space = name.IndexOf(' ', start); space > 0 && LinkWords.Contains(name[start..space]); space = name.IndexOf(' ', start))
                start = space + 1;
            return start;
        }
    }

    private sealed class Query
    {
        public Query(string folded)
        {
            var words = folded.Split(' ').Take(MostWords).ToArray();
            Words = [.. words.Select(word => new Word(word))];
            Text = string.Join(' ', words.Select(Unabbreviated));
            TextAndSpace = Text + " ";
            Letters = string.Concat(words);
        }

        public Word[] Words { get; }

        public string Text { get; }

        public string TextAndSpace { get; }

        public string Letters { get; }

        public static string Unabbreviated(string word) => word switch { "st" => "saint", "ste" => "sainte", _ => word };
    }

    private sealed class Word(string text)
    {
        private readonly string _beginning = " " + text;
        private readonly string? _unabbreviated = Query.Unabbreviated(text) is var whole && whole != text ? $" {whole} " : null;

        public string Text => text;

        // “st” is Saint, and also where somebody who types Strasbourg has got to.
        public bool IsIn(string words) =>
            words.Contains(_beginning, StringComparison.Ordinal)
            || (_unabbreviated is not null && words.Contains(_unabbreviated, StringComparison.Ordinal));
    }
}
