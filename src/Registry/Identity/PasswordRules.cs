using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Registry.Features.Shared;

namespace Registry.Identity;

/// <summary>S-30. Length and variety are counted, habits are refused, nothing is prescribed; the message says which rule failed.</summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Shortest = 12;
    public const int Longest = 128;
    private const double Bits = 50;
    private const double BitsOfAdministrators = 80;
    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);
    private static readonly string[] Product = ["registre", "registry", "rgpd", "cnil", "mairie", "commune", "traitement", "traitements", "donnees"];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Check(password ?? "", user) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = "password", Description = refusal })
            : IdentityResult.Success);

    /// <summary>The first rule that the password breaks, as the reader is told; null when it is good.</summary>
    public static string? Check(string password, Account account)
    {
        // What a person sees as one character is one: an accent is not a second letter.
        var length = new StringInfo(password.Normalize()).LengthInTextElements;
        if (length < Shortest) return Languages.Key("Le mot de passe doit compter au moins 12 caractères. Une phrase de quelques mots convient.");
        if (password.Length > Longest) return Languages.Key("Le mot de passe ne peut pas dépasser 128 caractères.");
        if (Normal(password).Distinct().Count() < 5 || IsRepeated(Normal(password)))
            return Languages.Key("Ce mot de passe répète les mêmes caractères. Choisissez quelque chose de plus varié.");
        if (IsBuiltOn(password, WordsOf(account)))
            return Languages.Key("Ce mot de passe repose sur votre nom, votre adresse électronique, votre organisme ou le nom du registre. Choisissez autre chose.");
        if (Roots(password).Any(IsCommon))
            return Languages.Key("Ce mot de passe repose sur un mot de passe très courant. Choisissez plusieurs mots sans rapport entre eux.");
        if (length * Math.Log2(Alphabet(password)) < (account.Administrator ? BitsOfAdministrators : Bits))
        {
            return account.Administrator
                ? Languages.Key("Un mot de passe d’administrateur doit être plus long ou plus varié : 18 lettres minuscules, ou 13 caractères de quatre sortes.")
                : Languages.Key("Ce mot de passe est trop simple : allongez-le ou mêlez lettres, chiffres et signes.");
        }
        return null;
    }

    /// <summary>How many characters there are in the classes that the password uses.</summary>
    private static int Alphabet(string password) =>
        (password.Any(char.IsAsciiLetterLower) ? 26 : 0) + (password.Any(char.IsAsciiLetterUpper) ? 26 : 0)
        + (password.Any(char.IsAsciiDigit) ? 10 : 0) + (password.Any(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c)) ? 33 : 0)
        + (password.Any(c => !char.IsAscii(c)) ? 30 : 0);

    private static bool IsCommon(string root) =>
        Common.Value.Contains(root)
        || (root.Length % 2 == 0 && root.Length >= 8 && root[..(root.Length / 2)] == root[(root.Length / 2)..]
            && Common.Value.Contains(root[..(root.Length / 2)]));

    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, 4).Any(unit => text.Length >= 2 * unit && text.Select((c, i) => c == text[i % unit]).All(same => same));

    /// <summary>Without these words, is there less left than eight characters?</summary>
    private static bool IsBuiltOn(string password, IEnumerable<string> words)
    {
        var plain = Normal(password);
        var rest = words.OrderByDescending(w => w.Length).Aggregate(plain, (text, word) => text.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < plain.Length && rest.Count(char.IsLetterOrDigit) < 8;
    }

    private static IEnumerable<string> WordsOf(Account account) =>
        new[] { account.Name, account.Email, account.Organisation ?? "" }
            .SelectMany(text => Normal(text).Split([' ', '-', '.', '@', '_', '’', '\''], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Length >= 4)
            .Concat(Product);

    /// <summary>A password without what people put around a word: digits and signs at both ends, letters written as signs.</summary>
    private static IEnumerable<string> Roots(string password)
    {
        var plain = Normal(password);
        yield return Letters(Unmask(Trim(plain)));
        yield return Letters(Trim(Unmask(plain)));
        yield return Letters(Trim(Unmask(plain.TrimEnd(Around))));
        yield return Letters(Trim(Unmask(plain.TrimStart(Around))));
    }

    private static readonly char[] Around = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => !char.IsAsciiLetter(c))];

    private static string Trim(string text)
    {
        var from = 0;
        var to = text.Length;
        while (from < to && !char.IsAsciiLetter(text[from])) from++;
        while (to > from && !char.IsAsciiLetter(text[to - 1])) to--;
        return text[from..to];
    }

    private static string Unmask(string text) => string.Concat(text.Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        '8' => 'b',
        _ => c,
    }));

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter));

    private static string Normal(string text) => string.Concat(text.ToLowerInvariant().Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("facts/common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
