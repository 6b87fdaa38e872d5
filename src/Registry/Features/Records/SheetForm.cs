using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Records;

public enum FieldKind { Text, Area, Number, Choice, Checks, YesNo, Tick, Day, Lines, Rows }

/// <summary>One control of a section's form, drawn from the property it fills: a new property of a section needs no new markup.</summary>
public sealed record FormField(string Path, string Label, string? Hint, FieldKind Kind, object? Value)
{
    public IReadOnlyList<Option> Options { get; init; } = [];
    public int? Limit { get; init; }

    /// <summary>What a text box offers without imposing it.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>The box of the first row, whose offer serves those below it.</summary>
    public string? OfferedAt { get; init; }

    /// <summary>Said beside the label where other fields of the same form must be filled.</summary>
    public bool Optional { get; init; }

    /// <summary>A list that may not stay empty.</summary>
    public bool Required { get; init; }

    /// <summary>The name of the property that holds the list: what the row buttons say.</summary>
    public string List { get; init; } = "";

    /// <summary>What one row is called, and the words of the button that adds one.</summary>
    public string RowLabel { get; init; } = "";
    public string AddLabel { get; init; } = "";

    /// <summary>What one button confirms: the names of the measures that are only planned.</summary>
    public IReadOnlyList<string> Planned { get; init; } = [];

    /// <summary>The rows as they are, for a list that has a drawing of its own.</summary>
    public IReadOnlyList<MeasureRow>? Measures => Value as List<MeasureRow>;

    /// <summary>What an empty choice means.</summary>
    public string Empty { get; init; } = Languages.Key("Choisir");
    public IReadOnlyList<FormRow> Rows { get; init; } = [];

    // The tag helpers read what is typed of one of these, by the kind of control.
    public string? Text => Value switch { null => null, string text => text, _ => Convert.ToString(Value, System.Globalization.CultureInfo.InvariantCulture) };
    public IReadOnlyList<string> Many => Value as List<string> ?? [];
    public bool? Answer => Value as bool?;
    public bool Ticked => Value is true;
    public DateOnly? Day => Value as DateOnly?;
}

/// <param name="Key">The hidden name of the row, when it has one.</param>
public sealed record FormRow(int Index, string? KeyPath, string? Key, IReadOnlyList<FormField> Fields);

/// <summary>Describes the form of a section.</summary>
/// <param name="sheet">The whole sheet: some choices are rows of its other parts.</param>
/// <param name="translate">Durations are put together from words, so they are translated before they become options.</param>
/// <param name="revising">A version is in force: a change of purpose has to be explained.</param>
public sealed class SheetForm(Sheet sheet, bool revising = false, Func<string, string>? translate = null)
{
    public const string Prefix = "Form";
    private const string PlannedCode = "PLANNED";

    /// <summary>What text boxes offer: services, known applications…; another may still be typed.</summary>
    public Offer Offered { get; init; } = Offer.None;

    /// <summary>The options of a choice that only the page knows, by the name of the field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Option>> Choices { get; init; } = new Dictionary<string, IReadOnlyList<Option>>();

    /// <summary>The form asks for some fields at once; a sheet never does, its rules speak when it is published.</summary>
    public bool MarksOptional { get; init; }

    /// <summary>Whether who fills the form holds the office that a field is reserved to.</summary>
    public Func<Role, bool> Holds { get; init; } = _ => true;

    /// <summary>Puts back what only another office writes, whatever was posted for it.</summary>
    public static void KeepReserved(object part, object stored, Func<Role, bool> holds)
    {
        foreach (var field in SheetText.Fields(part.GetType()).Where(field => IsReserved(field, holds))) field.SetValue(part, field.GetValue(stored));
    }

    // The controller's representative does not edit sheets: what is hers is an act of her own, never a box of this form.
    private static bool IsReserved(PropertyInfo field, Func<Role, bool> holds) =>
        field.GetCustomAttribute<WrittenByAttribute>() is { } reserved && (reserved.Role == Role.ControllerRep || !holds(reserved.Role));

    public IReadOnlyList<FormField> Describe(object part) => Fields(part, Prefix);

    /// <summary>Adds or removes a row as a button without script asks ("add:LegalBases", "remove:LegalBases:2", "confirm:Measures"); what it does not know it leaves.</summary>
    public static void ChangeRows(object part, string command)
    {
        var words = command.Split(':');
        if (words.Length < 2 || part.GetType().GetProperty(words[1])?.GetValue(part) is not IList rows) return;
        if (words[0] == "add" && rows.Count < 100)
            rows.Add(rows is List<string> ? "" : Activator.CreateInstance(rows.GetType().GenericTypeArguments[0]));
        else if (words[0] == "remove" && words.Length == 3 && int.TryParse(words[2], out var index) && index >= 0 && index < rows.Count)
            rows.RemoveAt(index);
        else if (words[0] == "confirm" && rows is List<MeasureRow> measures)
            foreach (var measure in measures.Where(row => row.Status == PlannedCode)) measure.Status = "IN_PLACE";
    }

    private List<FormField> Fields(object part, string prefix) =>
        [.. SheetText.Fields(part.GetType()).Where(field => !field.IsDefined(typeof(RowKeyAttribute)) && !IsReserved(field, Holds) && Asks(field, part)).Select(field => Describe(field, part, prefix))];

    /// <summary>A question that only follows from another answer is asked once that answer is saved, or while it has one of its own.</summary>
    private bool Asks(PropertyInfo field, object part) => !SheetText.IsEmpty(field.GetValue(part)) || (part, field.Name) switch
    {
        (PurposesSection, nameof(PurposesSection.PurposeChangeNote)) => revising,
        (PurposesSection purposes, nameof(PurposesSection.ConsentMeans) or nameof(PurposesSection.WithdrawalMeans)) =>
            purposes.LegalBases.Exists(row => row.Basis == "CONSENT"),
        (PurposesSection purposes, nameof(PurposesSection.MinorsConsent)) =>
            purposes.LegalBases.Exists(row => row.Basis == "CONSENT") && sheet.People.HasMinors,
        (SensitiveSection sensitive, nameof(SensitiveSection.AutomatedDecisionSignificance)) => sensitive.AutomatedDecision == true,
        (ProcessorRow processor, nameof(ProcessorRow.DataReturnedOn) or nameof(ProcessorRow.DestructionCertificate)) => processor.EndOn is not null,
        (IdentificationSection identification, nameof(IdentificationSection.JointArrangement)) => identification.GdprRole == "JOINT_CONTROLLER",
        (DpiaSection dpia, nameof(DpiaSection.DpiaStatus)) => dpia.Required,
        _ => true,
    };

    private FormField Describe(PropertyInfo field, object owner, string prefix)
    {
        var value = field.GetValue(owner);
        var path = $"{prefix}.{field.Name}";
        var options = OptionsOf(field, value);
        return new FormField(path, SheetLabels.Name(field), field.GetCustomAttribute<DisplayAttribute>()?.Description, KindOf(field, options), value)
        {
            Options = options,
            Required = field.IsDefined(typeof(RequiredAttribute)),
            Optional = MarksOptional && prefix == Prefix && !field.IsDefined(typeof(RequiredAttribute)),
            Suggestions = Offered.For(owner, field.Name),
            Limit = field.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength,
            List = field.Name,
            RowLabel = field.GetCustomAttribute<DisplayAttribute>()?.ShortName ?? SheetLabels.Name(field),
            AddLabel = field.GetCustomAttribute<DisplayAttribute>()?.Prompt ?? Languages.Key("Ajouter une ligne"),
            Planned = value is List<MeasureRow> measures ? [.. measures.Where(row => row.Status == PlannedCode).Select(row => SheetValues.Label("SecurityMeasure", row.Measure))] : [],
            Empty = field.Name == nameof(LegalBasisRow.AppliesTo) ? Languages.Key("Toute la finalité") : Languages.Key("Choisir"),
            Rows = SheetLabels.RowType(field.PropertyType) is null ? [] : [.. ((IList)value!).Cast<object>().Select((row, index) => Row(row, index, path))],
        };
    }

    private FormRow Row(object row, int index, string path)
    {
        var at = $"{path}[{index}]";
        var key = SheetText.Fields(row.GetType()).FirstOrDefault(field => field.IsDefined(typeof(RowKeyAttribute)));
        // The example stands by the first row; repeated fifteen times it would only be in the way.
        var fields = Fields(row, at);
        return new(index, key is null ? null : $"{at}.{key.Name}", key?.GetValue(row) as string,
            index == 0 ? fields : [.. fields.Select(field => field with { Hint = null, OfferedAt = field.Suggestions.Count > 0 ? $"{path}[0]{field.Path[at.Length..]}" : null })]);
    }

    private static FieldKind KindOf(PropertyInfo field, IReadOnlyList<Option> options)
    {
        var type = field.PropertyType;
        if (type == typeof(bool?)) return FieldKind.YesNo;
        if (type == typeof(bool)) return FieldKind.Tick;
        if (type == typeof(DateOnly?)) return FieldKind.Day;
        if (type == typeof(int?)) return FieldKind.Number;
        if (type == typeof(List<string>)) return options.Count > 0 ? FieldKind.Checks : FieldKind.Lines;
        if (SheetLabels.RowType(type) is not null) return FieldKind.Rows;
        if (options.Count > 0) return FieldKind.Choice;
        return field.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.MultilineText ? FieldKind.Area : FieldKind.Text;
    }

    private IReadOnlyList<Option> OptionsOf(PropertyInfo field, object? value)
    {
        if (field.GetCustomAttribute<VocabularyAttribute>() is { } list)
            return [.. Vocabulary.Current.Terms(list.Enumeration)
                .Where(term => list.Codes.Count == 0 || list.Codes.Contains(term.Code))
                .Select(term => new Option(term.Code, term.Label))];
        if (field.GetCustomAttribute<OneOfAttribute>() is { } few)
            return [.. few.Codes.Select(code => new Option(code, SheetValues.Text(field, code)))];
        if (field.IsDefined(typeof(CountryAttribute)))
            return [.. Countries.Codes.Select(code => new Option(code, Countries.Name(code))).OrderBy(country => country.Label, StringComparer.CurrentCulture)];
        if (field.IsDefined(typeof(PeriodAttribute)))
            return [.. Period.Usual.Union(value is string { Length: > 0 } kept ? [kept] : []).Select(period => new Option(period, SheetValues.Duration(period, translate)))];
        return field.Name switch
        {
            nameof(DataCategoryRow.RetentionRule) => [.. sheet.Retention.Rules.Select(rule => new Option(rule.Id ?? "", rule.Scope ?? ""))],
            nameof(LegalBasisRow.AppliesTo) when sheet.Purposes.SubPurposes.Count > 0 => [.. sheet.Purposes.SubPurposes.Select(one => new Option(one, one))],
            _ => Choices.GetValueOrDefault(field.Name) ?? [],
        };
    }
}

/// <summary>What text boxes offer without imposing it, by the part or row they stand in and the name of their field.</summary>
public sealed record Offer(IReadOnlyDictionary<(Type Owner, string Field), IReadOnlyList<string>> Words)
{
    public static readonly Offer None = new(new Dictionary<(Type, string), IReadOnlyList<string>>());

    public IReadOnlyList<string> For(object owner, string field) => Words.GetValueOrDefault((owner.GetType(), field)) ?? [];
}
