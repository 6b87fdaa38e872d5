using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace Registry.Features.Records;

/// <summary>A short closed list that the vocabulary does not hold (domains of the library, cases of article 35(3)). Empty is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute(params string[] codes) : ValidationAttribute("Choisissez une valeur de la liste.")
{
    public IReadOnlyList<string> Codes { get; } = codes;

    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string code => code.Length == 0 || Codes.Contains(code, StringComparer.Ordinal),
        IEnumerable several => several.Cast<object?>().All(IsValid),
        _ => false,
    };
}

/// <summary>Each line of a list of texts is held to this length; the standard attribute would count the lines.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachAtMostAttribute(int length) : ValidationAttribute("Une ligne ne peut pas dépasser {1} caractères.")
{
    public int Length { get; } = length;

    public override bool IsValid(object? value) =>
        value is null || (value is IEnumerable<string?> lines && lines.All(line => line is null || line.Length <= Length));

    public override string FormatErrorMessage(string name) => string.Format(ErrorMessageString, name, Length);
}

/// <summary>An ISO 8601 period of years, months, weeks and days, as <see cref="Period"/> reads it. Empty is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PeriodAttribute() : ValidationAttribute("Indiquez une durée en années, en mois ou en jours.")
{
    public override bool IsValid(object? value) => value is null or "" || (value is string text && Period.TryParse(text, out _));
}

/// <summary>Names the row for other rows; it is not content, so a row that has nothing else is an empty row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RowKeyAttribute : Attribute;
