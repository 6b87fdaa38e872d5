using Microsoft.Extensions.Primitives;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>
/// What a list of records is asked to show: read from the address and written back to it, the one place that knows its words. Unknown
/// values are left out (S-11). The lists and their exports share it.
/// </summary>
public sealed record RecordFilter
{
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];
    private const int MostValues = 20;
    private const int LongestValue = 200;
    private const int MostSortKeys = 3;

    public string Text { get; init; } = "";
    public string? State { get; init; }
    public IReadOnlyList<string> Units { get; init; } = [];
    public IReadOnlyList<string> Domains { get; init; } = [];
    public IReadOnlyList<string> Attention { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Models { get; init; } = [];
    public IReadOnlyList<string> Organisations { get; init; } = [];
    public IReadOnlyList<string> Columns { get; init; } = [];
    public IReadOnlyList<RecordSort> Sort { get; init; } = [];
    public int Page { get; init; } = 1;
    public int Size { get; init; } = Sizes[0];

    public string[] Statuses => RecordGroups.Find(State).Statuses;

    public static RecordFilter Read(IQueryCollection query) => new()
    {
        Text = Cut(query["q"].ToString().Trim()),
        State = RecordGroups.Find(query["etat"]).Key,
        Units = Values(query["service"]),
        Domains = [.. Values(query["domaine"]).Where(RecordModels.Domains.ContainsKey)],
        Attention = [.. Values(query["attention"]).Where(key => RecordGroups.Attention.ContainsKey(key))],
        Tags = Values(query["etiquette"]),
        Models = [.. Values(query["modele"]).Where(code => RecordModels.Find(code) is not null)],
        Organisations = Values(query["organisme"]),
        Columns = [.. Values(query["colonne"]).Where(key => RecordColumns.All.ContainsKey(key))],
        Sort = [.. Values(query["tri"]).SelectMany(value => value.Split(',')).Select(RecordSort.Parse).OfType<RecordSort>().DistinctBy(key => key.Key).Take(MostSortKeys)],
        Page = int.TryParse(query["page"], out var page) && page > 0 ? page : 1,
        Size = int.TryParse(query["taille"], out var size) && Sizes.Contains(size) ? size : Sizes[0],
    };

    /// <summary>The part of the address after "?"; "tout" when nothing is asked, which a bare address does not say: there a kept view opens.</summary>
    public string ToQuery()
    {
        var pairs = Pairs().ToList();
        return pairs.Count == 0 ? "?tout" : QueryString.Create(pairs).Value!;
    }

    /// <summary>Each word of the address, for the hidden fields of a form.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        if (Text.Length > 0) yield return new("q", Text);
        if (State is not null) yield return new("etat", State);
        foreach (var (name, values) in Lists()) foreach (var value in values) yield return new(name, value);
        if (Sort.Count > 0) yield return new("tri", string.Join(',', Sort));
        if (Size != Sizes[0]) yield return new("taille", $"{Size}");
        if (Page > 1) yield return new("page", $"{Page}");
    }

    /// <summary>Anything that leaves records out.</summary>
    public bool Narrows => Text.Length > 0 || State is not null || Lists().Any(list => list.Name != "colonne" && list.Values.Count > 0);

    private (string Name, IReadOnlyList<string> Values)[] Lists() =>
        [("organisme", Organisations), ("service", Units), ("domaine", Domains), ("attention", Attention), ("etiquette", Tags), ("modele", Models), ("colonne", Columns)];

    public bool Shows(string column, bool area) => Columns.Count > 0 ? Columns.Contains(column) : RecordColumns.Usual.Contains(column) || (area && column == "organisme");

    /// <summary>The first press sorts upwards, the next downwards; what it was sorted by before breaks ties.</summary>
    public RecordFilter SortedBy(string key) => this with
    {
        Page = 1,
        Sort = [new(key, Sort.Count > 0 && Sort[0].Key == key && !Sort[0].Down), .. Sort.Where(one => one.Key != key).Take(MostSortKeys - 1)],
    };

    /// <summary>Each filter in force with what it reads as and the list without it.</summary>
    public IEnumerable<(string Label, bool IsKey, RecordFilter Without)> InForce()
    {
        foreach (var slug in Organisations) yield return (slug, false, this with { Page = 1, Organisations = [.. Organisations.Where(one => one != slug)] });
        foreach (var unit in Units) yield return (unit, false, this with { Page = 1, Units = [.. Units.Where(one => one != unit)] });
        foreach (var domain in Domains) yield return (SheetValues.Domain(domain), false, this with { Page = 1, Domains = [.. Domains.Where(one => one != domain)] });
        foreach (var key in Attention) yield return (RecordGroups.Attention[key], true, this with { Page = 1, Attention = [.. Attention.Where(one => one != key)] });
        foreach (var tag in Tags) yield return (tag, false, this with { Page = 1, Tags = [.. Tags.Where(one => one != tag)] });
        foreach (var code in Models) yield return (RecordModels.Find(code)!.TitleFr, false, this with { Page = 1, Models = [.. Models.Where(one => one != code)] });
    }

    private static List<string> Values(StringValues values) =>
        [.. values.Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => Cut(value!.Trim())).Distinct().Take(MostValues)];

    /// <summary>Half a letter at the cut, or a null, would be no text for the database.</summary>
    private static string Cut(string value) => string.Concat(value.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(LongestValue));
}

/// <summary>One key of the order; "-revision" in the address is from the latest down.</summary>
public sealed record RecordSort(string Key, bool Down)
{
    public static RecordSort? Parse(string word) => word.TrimStart('-') is var key && RecordColumns.Sortable.Contains(key) ? new(key, word.StartsWith('-')) : null;

    public override string ToString() => (Down ? "-" : "") + Key;
}

/// <summary>The columns of a list of records: the key of the address and its heading.</summary>
public static class RecordColumns
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["organisme"] = Languages.Key("Organisme"), ["service"] = Languages.Key("Service"), ["domaine"] = Languages.Key("Domaine"),
        ["etat"] = Languages.Key("État, et qui agit"), ["completude"] = Languages.Key("Complétude"), ["revision"] = Languages.Key("Révision"),
        ["attention"] = Languages.Key("Attention"), ["etiquettes"] = Languages.Key("Étiquettes"), ["modele"] = Languages.Key("Modèle"), ["modifiee"] = Languages.Key("Modifiée"),
    };

    public static IReadOnlyList<string> Usual { get; } = ["service", "etat", "completude", "revision", "attention"];

    public static IReadOnlySet<string> Sortable { get; } =
        new HashSet<string> { "reference", "titre", "organisme", "service", "domaine", "etat", "completude", "revision", "modifiee" };
}
