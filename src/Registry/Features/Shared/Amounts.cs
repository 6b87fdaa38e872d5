using System.Globalization;

namespace Registry.Features.Shared;

/// <summary>Exact numbers of a contract: money, indices, quantities. Always decimal, never floating point.</summary>
public static class Amounts
{
    private const int MostDecimals = 8;

    /// <summary>Small enough for every product and quotient that a page computes with it.</summary>
    private const decimal Most = 1_000_000_000m;

    /// <summary>What was typed, with comma or point and whatever spaces; null when it is no such number.</summary>
    public static decimal? Read(string? typed)
    {
        var digits = string.Concat((typed ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter != '€')).Replace(',', '.');
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= Most && number.Scale <= MostDecimals ? number : null;
    }

    /// <summary>“1 050,00”: as many decimals as the number itself has.</summary>
    public static string Show(decimal number) => Show(number, number.Scale);

    public static string Show(decimal number, int decimals)
    {
        var text = number.ToString("#,##0" + (decimals > 0 ? "." + new string('0', decimals) : ""), CultureInfo.InvariantCulture);
        return Languages.IsEnglish ? text : text.Replace(',', Typography.Narrow).Replace('.', ',');
    }

    /// <summary>“1 050,00 €”.</summary>
    public static string Euros(decimal amount) => Languages.IsEnglish ? $"€{Show(amount, 2)}" : $"{Show(amount, 2)}{Typography.NoBreak}€";

    /// <summary>What was kept, as people read it; a text that is no number stays as it is.</summary>
    public static string Show(string kept) => Read(kept) is { } number ? Show(number) : kept;
}
