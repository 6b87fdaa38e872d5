using System.Collections;
using System.ComponentModel.DataAnnotations;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A short closed list that the vocabulary does not hold (domains of the library, cases of article 35(3)). Empty is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OneOfAttribute : ValidationAttribute
{
    public OneOfAttribute(params string[] codes)
    {
        Codes = codes;
        ErrorMessage = "Choisissez une valeur de la liste.";
    }

    public IReadOnlyList<string> Codes { get; }

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
public sealed class EachAtMostAttribute : ValidationAttribute
{
    public EachAtMostAttribute(int length)
    {
        Length = length;
        ErrorMessage = "Une ligne ne peut pas dépasser {1} caractères.";
    }

    public int Length { get; }

    public override bool IsValid(object? value) =>
        value is null || (value is IEnumerable<string?> lines && lines.All(line => line is null || line.Length <= Length));

    public override string FormatErrorMessage(string name) => string.Format(ErrorMessageString, name, Length);
}

/// <summary>An ISO 8601 period of years, months, weeks and days, as <see cref="Period"/> reads it. Empty is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PeriodAttribute : ValidationAttribute
{
    public PeriodAttribute() => ErrorMessage = "Indiquez une durée en années, en mois ou en jours.";

    public override bool IsValid(object? value) => value is null or "" || (value is string text && Period.TryParse(text, out _));
}

/// <summary>A day of the years that the product accepts (S-10), or none.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DayAttribute : ValidationAttribute
{
    public DayAttribute() => ErrorMessage = "Indiquez une date entre 1900 et 2100.";

    public override bool IsValid(object? value) => value is null or DateOnly { Year: >= 1900 and <= 2100 };
}

/// <summary>A number as people write it, "1 050,00" or "1050.00", kept as typed and read by <see cref="Amounts"/>. Empty is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AmountAttribute : ValidationAttribute
{
    public AmountAttribute() => ErrorMessage = "Écrivez un nombre, comme 1050 ou 169,76.";

    public override bool IsValid(object? value) => value is null or "" || (value is string text && Amounts.Read(text) is not null);
}

/// <summary>Names the row for other rows; it is not content, so a row that has nothing else is an empty row.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class RowKeyAttribute : Attribute;

/// <summary>
/// The id of what the row or the section names, among the things of the organisation. The name beside it is what people read and what is found
/// again (<see cref="KnownThings"/>); a link set or gone under the same name is no difference.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinkAttribute : RowKeyAttribute;

/// <summary>
/// What only one office may say in a sheet, though others edit the part around it: their form does not ask it, and what they post for it is not heard.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WrittenByAttribute(Role role) : Attribute
{
    public Role Role { get; } = role;
}
