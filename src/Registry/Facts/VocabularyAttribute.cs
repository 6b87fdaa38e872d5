using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace Registry.Facts;

/// <summary>
/// The value (or each value of a list) is a code of the named controlled list, or empty: a draft may be incomplete, and what must be
/// answered is said by rules, not by binding. <see cref="Codes"/> narrows the list when only some of its values make sense here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VocabularyAttribute : ValidationAttribute
{
    public VocabularyAttribute(string enumeration, params string[] codes)
    {
        Enumeration = enumeration;
        Codes = codes;
        ErrorMessage = "Choisissez une valeur de la liste.";
    }

    public string Enumeration { get; }

    public IReadOnlyList<string> Codes { get; }

    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string code => Accepts(code),
        IEnumerable several => several.Cast<object?>().All(one => one is null or string && Accepts((string?)one)),
        _ => false,
    };

    private bool Accepts(string? code) =>
        string.IsNullOrEmpty(code)
        || (Vocabulary.Current.Contains(Enumeration, code) && (Codes.Count == 0 || Codes.Contains(code, StringComparer.Ordinal)));
}
