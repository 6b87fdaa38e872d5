using System.Globalization;
using System.Text.Json.Nodes;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Controls;

/// <summary>What a control says beside "in place": a number, a length of time, a choice, a country, or words.</summary>
/// <param name="Key">Its name in the document (domain §2.3).</param>
/// <param name="LabelKey">A message key.</param>
/// <param name="Kind">Which control draws it.</param>
/// <param name="Codes">The choices; periods in ISO 8601.</param>
public sealed record ControlParameter(string Key, string LabelKey, FieldKind Kind, IReadOnlyList<string> Codes, int Min = 0, int Max = 0)
{
    public bool IsPeriod => Codes.Count > 0 && Codes[0].StartsWith('P');
}

/// <summary>Which parameters each control has; the others have none.</summary>
public static class ControlParameters
{
    private const int LongestText = 300;
    private const string CountryList = "*";
    private const string Missing = "Indiquez cette valeur : elle est ce qui est attesté.";
    private const string OutOfRange = "Écrivez un nombre de {0} à {1}.";
    private const string NotInList = "Choisissez une valeur de la liste.";
    private const string TooLong = "Ce texte ne peut pas dépasser {0} caractères.";

    private static readonly string[] Periods = ["P1D", "P7D", "P14D", "P1M", "P2M", "P90D", "P3M", "P6M", "P1Y", "P2Y", "P5Y"];

    private static readonly Dictionary<string, ControlParameter[]> Schemas = new()
    {
        ["BACKUP_TIERS"] = [Time("daily", Languages.Key("Sauvegardes quotidiennes gardées")), Time("weekly", Languages.Key("Sauvegardes hebdomadaires gardées")), Time("monthly", Languages.Key("Sauvegardes mensuelles gardées"))],
        ["RESTORE_TEST"] = [Time("period", Languages.Key("Un test tous les"))],
        ["PATCH_DELAY"] = [Number("days", Languages.Key("Appliqués en combien de jours, au plus"), 1, 365)],
        ["DATACENTRE_TIER"] = [new("tier", Languages.Key("Niveau (Tier)"), FieldKind.Choice, ["I", "II", "III", "IV"]), Country("country", Languages.Key("Pays du centre de données"))],
        ["CLOUD_REGION"] = [Country("region", Languages.Key("Pays de la région d’hébergement"))],
        ["WORKSTATION_SYNC"] = [Time("retention", Languages.Key("Versions gardées")), new("folders", Languages.Key("Dossiers synchronisés"), FieldKind.Text, [])],
        ["TWIN_DATACENTRES"] = [Number("sites", Languages.Key("Nombre de salles"), 2, 20), Number("networks", Languages.Key("Nombre de réseaux distincts"), 1, 20)],
    };

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Missing, OutOfRange, NotInList, TooLong];

    public static IReadOnlyList<ControlParameter> Of(string code) => Schemas.GetValueOrDefault(code) ?? [];

    /// <summary>The fields of the form, named <c>Form.P[daily]</c>.</summary>
    public static IReadOnlyList<FormField> Describe(string code, IReadOnlyDictionary<string, string?> values, Func<string, string> translate) =>
        [.. Of(code).Select(one => new FormField($"Form.P[{one.Key}]", one.LabelKey, null, one.Codes.Count > 0 ? FieldKind.Choice : one.Kind, values.GetValueOrDefault(one.Key))
        {
            Options = [.. Codes(one).Select(choice => new Option(choice, Say(one, choice, translate)))], Optional = one.Kind == FieldKind.Text,
        })];

    /// <summary>What cannot stand, by its field: a message key with its numbers.</summary>
    public static IEnumerable<(string Field, string Key, object[] Arguments)> Faults(string code, IReadOnlyDictionary<string, string?> values, bool inPlace)
    {
        foreach (var one in Of(code))
        {
            var (field, value) = ($"Form.P[{one.Key}]", values.GetValueOrDefault(one.Key)?.Trim());
            if (string.IsNullOrEmpty(value))
            {
                if (inPlace && one.Kind != FieldKind.Text) yield return (field, Missing, []);
            }
            else if (one.Kind == FieldKind.Number)
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < one.Min || number > one.Max) yield return (field, OutOfRange, [one.Min, one.Max]);
            }
            else if (one.Kind == FieldKind.Text)
            {
                if (value.Length > LongestText) yield return (field, TooLong, [LongestText]);
            }
            else if (one.Codes is [CountryList] ? !Countries.Contains(value) : !one.Codes.Contains(value)) yield return (field, NotInList, []);
        }
    }

    /// <summary>The document of what was typed, numbers as numbers; what the control does not know is not kept.</summary>
    public static string Write(string code, IReadOnlyDictionary<string, string?> values)
    {
        var document = new JsonObject();
        foreach (var one in Of(code))
            if (values.GetValueOrDefault(one.Key)?.Trim() is { Length: > 0 } value)
                document[one.Key] = one.Kind == FieldKind.Number ? JsonValue.Create(int.Parse(value, CultureInfo.InvariantCulture)) : JsonValue.Create(value);
        return document.ToJsonString();
    }

    /// <summary>What people read of it.</summary>
    public static IReadOnlyList<(string LabelKey, string Text)> Read(string code, string json, Func<string, string> translate) =>
        JsonNode.Parse(json) is not JsonObject document ? [] : [.. Of(code).Where(one => document[one.Key] is not null).Select(one => (one.LabelKey, Say(one, document[one.Key]!.ToString(), translate)))];

    private static IEnumerable<string> Codes(ControlParameter one) =>
        one.Codes is [CountryList] ? Countries.Codes.OrderBy(Countries.Name, StringComparer.CurrentCulture) : one.Codes;

    private static string Say(ControlParameter one, string value, Func<string, string> translate) =>
        one.IsPeriod ? SheetValues.Duration(value, translate) : one.Codes is [CountryList] ? Countries.Name(value) : value;

    private static ControlParameter Time(string key, string label) => new(key, label, FieldKind.Choice, Periods);

    private static ControlParameter Country(string key, string label) => new(key, label, FieldKind.Choice, [CountryList]);

    private static ControlParameter Number(string key, string label, int min, int max) => new(key, label, FieldKind.Number, [], min, max);
}
