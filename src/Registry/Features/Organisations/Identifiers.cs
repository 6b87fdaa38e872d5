using System.Text.RegularExpressions;

namespace Registry.Features.Organisations;

/// <summary>
/// What became of a typed identifier: the value to keep, or the message to show (French source text, to be passed through the localizer).
/// Nothing typed gives neither: whether it is required is the form's matter.
/// </summary>
public readonly record struct CheckedIdentifier(string? Value, string? Message)
{
    public bool IsValid => Message is null;
}

/// <summary>The identifiers by which French bodies are known. Spaces of every kind are taken out, letters made capitals.</summary>
public static partial class Identifiers
{
    public const string SirenMessage = "Ce numéro SIREN n’est pas valable : vérifiez les 9 chiffres.";
    public const string SiretMessage = "Ce numéro SIRET n’est pas valable : vérifiez les 14 chiffres.";
    public const string SiretOfAnotherMessage = "Ce numéro SIRET doit commencer par le numéro SIREN de l’organisme.";
    public const string InseeCodeMessage = "Ce code INSEE n’est pas valable : 5 caractères, par exemple 29212 ou 2A004.";
    public const string RnaMessage = "Ce numéro RNA n’est pas valable : la lettre W suivie de 9 chiffres.";
    public const string PostalCodeMessage = "Ce code postal n’est pas valable : vérifiez les 5 chiffres.";

    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [SirenMessage, SiretMessage, SiretOfAnotherMessage, InseeCodeMessage, RnaMessage, PostalCodeMessage];

    // La Poste numbers its establishments outside the key: their digits add up to a multiple of five.
    private const string LaPoste = "356000000";

    public static CheckedIdentifier Siren(string? typed) =>
        Check(typed, SirenMessage, value => NineDigits().IsMatch(value) && IsNumbered(value) && HasKey(value));

    /// <param name="typed">As typed by a person or read from a file.</param>
    /// <param name="siren">The normalised SIREN of the body when it is known.</param>
    public static CheckedIdentifier Siret(string? typed, string? siren = null)
    {
        var result = Check(typed, SiretMessage, value => FourteenDigits().IsMatch(value) && IsNumbered(value)
            && (HasKey(value) || (value.StartsWith(LaPoste, StringComparison.Ordinal) && value.Sum(Digit) % 5 == 0)));
        return result.Value is { } siret && siren is { Length: > 0 } && !siret.StartsWith(siren, StringComparison.Ordinal)
            ? new CheckedIdentifier(null, SiretOfAnotherMessage)
            : result;
    }

    public static CheckedIdentifier InseeCode(string? typed) => Check(typed, InseeCodeMessage, InseeCodePattern().IsMatch);

    public static CheckedIdentifier Rna(string? typed) => Check(typed, RnaMessage, RnaPattern().IsMatch);

    public static CheckedIdentifier PostalCode(string? typed) => Check(typed, PostalCodeMessage, FiveDigits().IsMatch);

    private static CheckedIdentifier Check(string? typed, string message, Func<string, bool> isValid)
    {
        var value = string.Concat((typed ?? "").Where(character => !char.IsWhiteSpace(character))).ToUpperInvariant();
        if (value.Length == 0)
            return default;
        return isValid(value) ? new CheckedIdentifier(value, null) : new CheckedIdentifier(null, message);
    }

    // A row of zeros satisfies the key and is what people type to get past a form.
    private static bool IsNumbered(string digits) => digits.AsSpan().ContainsAnyExcept('0');

    // The key of Luhn: every second digit from the right counts double.
    private static bool HasKey(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = Digit(digits[^(place + 1)]) * (1 + (place % 2));
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    private static int Digit(char character) => character - '0';

    [GeneratedRegex("^[0-9]{5}$")]
    private static partial Regex FiveDigits();

    [GeneratedRegex("^[0-9]{9}$")]
    private static partial Regex NineDigits();

    [GeneratedRegex("^[0-9]{14}$")]
    private static partial Regex FourteenDigits();

    [GeneratedRegex("^W[0-9]{9}$")]
    private static partial Regex RnaPattern();

    [GeneratedRegex("^(0[1-9]|1[0-9]|2[1-9AB]|[3-8][0-9]|9[0-5])[0-9]{3}$|^97[1-8][0-9]{2}$|^98[4678][0-9]{2}$")]
    private static partial Regex InseeCodePattern();
}
