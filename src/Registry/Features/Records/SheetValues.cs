using System.Globalization;
using System.Reflection;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A field's value as a person reads it: the label for a code, "1 an" for P1Y, the rule's name for its id. Empty text when nothing is said.</summary>
public static class SheetValues
{
    /// <summary>The keys that this class puts through the translator of its caller.</summary>
    public static IReadOnlyList<string> AllMessageKeys { get; } =
        ["Oui", "Non", "{0} an", "{0} ans", "1 mois", "{0} mois", "{0} semaine", "{0} semaines", "{0} jour", "{0} jours",
            "Évaluation systématique à effet juridique", "Données sensibles à grande échelle", "Surveillance d’un lieu public à grande échelle"];

    public static string Label(string enumeration, string? code) => Vocabulary.Current.Label(enumeration, code);

    public static string Domain(string? code) =>
        RecordModels.Domains.GetValueOrDefault(code ?? "") is not { } domain ? code ?? ""
        : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? domain.En : domain.Fr;

    public static string Duration(string? period, Func<string, string>? translate = null) =>
        Period.Parse(period) is not { } known
            ? period ?? ""
            : string.Join(" ", known.Words().Select(word => string.Format(CultureInfo.InvariantCulture, translate?.Invoke(word.Key) ?? word.Key, word.Number)));

    /// <summary>The text of one value of a field; for a list of texts, the text of one of its lines. Without a sheet the id of a rule stays an id.</summary>
    public static string Text(PropertyInfo field, object? value, Sheet? sheet = null, Func<string, string>? translate = null) => value switch
    {
        null => "",
        true => Say("Oui", translate),
        false => Say("Non", translate),
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("d MMMM yyyy", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? CultureInfo.GetCultureInfo("en-GB") : CultureInfo.GetCultureInfo("fr-FR")),
        string text => OfText(field, text, sheet, translate),
        IEnumerable<string> lines => string.Join(" ; ", lines.Select(line => OfText(field, line, sheet, translate))),
        _ => value.ToString() ?? "",
    };

    /// <summary>A whole row in one line, its empty fields and unticked boxes left out.</summary>
    public static string Row(object row, Sheet? sheet = null, Func<string, string>? translate = null) =>
        string.Join(", ", SheetText.Fields(row.GetType())
            .Where(field => !field.IsDefined(typeof(RowKeyAttribute)))
            .Select(field => (Field: field, Value: field.GetValue(row)))
            .Where(field => field.Value is not null and not false && !(field.Value is string or IEnumerable<string> && SheetText.IsEmpty(field.Value)))
            .Select(field => field.Value is bool ? Say(SheetLabels.Name(field.Field), translate) : Text(field.Field, field.Value, sheet, translate)));

    /// <summary>What a row is called among its like: its first field that says something.</summary>
    public static string RowName(object row, Sheet? sheet = null) =>
        SheetText.Fields(row.GetType())
            .Where(field => !field.IsDefined(typeof(RowKeyAttribute)) && field.PropertyType == typeof(string))
            .Select(field => Text(field, field.GetValue(row), sheet))
            .FirstOrDefault(text => text.Length > 0) ?? "";

    private static string OfText(PropertyInfo field, string text, Sheet? sheet, Func<string, string>? translate)
    {
        if (field.GetCustomAttribute<VocabularyAttribute>() is { } list) return Label(list.Enumeration, text);
        if (field.IsDefined(typeof(PeriodAttribute))) return Duration(text, translate);
        if (field.IsDefined(typeof(CountryAttribute))) return Countries.Name(text);
        if (field.IsDefined(typeof(AmountAttribute))) return Amounts.Show(text);
        return field.Name switch
        {
            nameof(IdentificationSection.Domain) => Domain(text),
            nameof(DpiaSection.Article35Cases) => Say(Article35(text), translate),
            nameof(DataCategoryRow.RetentionRule) => sheet?.Retention.Find(text)?.Scope ?? text,
            _ => text,
        };
    }

    private static string Article35(string code) => code switch
    {
        "A" => "Évaluation systématique à effet juridique",
        "B" => "Données sensibles à grande échelle",
        "C" => "Surveillance d’un lieu public à grande échelle",
        _ => code,
    };

    private static string Say(string key, Func<string, string>? translate) => translate?.Invoke(key) ?? key;
}
