using FsCheck;
using FsCheck.Fluent;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class TypographyTests
{
    private const string N = "\u00A0", F = "\u202F";

    [Theory]
    [InlineData("Retirer la fiche « Objets trouvés » ?", $"Retirer la fiche «{N}Objets trouvés{N}»{F}?")]
    [InlineData("Attention : un délai ; lequel ?", $"Attention{N}: un délai{F}; lequel{F}?")]
    [InlineData("«mot»", $"«{N}mot{N}»")]
    [InlineData("6 200 lecteurs, 1 400 000 fiches", $"6{F}200 lecteurs, 1{F}400{F}000 fiches")]
    [InlineData("100 % et 12 €", $"100{F}% et 12{F}€")]
    [InlineData("délibération n° 2024-06-12", $"délibération n°{F}2024-06-12")]
    [InlineData("aujourd'hui, l'eau, d'«ici»", $"aujourd’hui, l’eau, d’«{N}ici{N}»")]
    [InlineData("le lundi 8 juin 2026", $"le lundi 8{N}juin 2026")]
    [InlineData("le 1er août, le 12 sept., le 3 mars", $"le 1er{N}août, le 12{N}sept., le 3{N}mars")]
    [InlineData("28 h 15, 12 jours, 3 mois", $"28{N}h{N}15, 12{N}jours, 3{N}mois")]
    [InlineData("{0} : {1} % en {2} jours", $"{{0}}{N}: {{1}}{F}% en {{2}}{N}jours")]
    public void French_is_dressed_as_it_is_printed(string typed, string printed) => Assert.Equal(printed, Typography.French(typed));

    [Theory]
    [InlineData("https://exemple.fr/a?b=1;c!d")]
    [InlineData("dpo@exemple.fr")]
    [InlineData("à 14:20")]
    [InlineData("{0:N0} {1,-8} {2}")]
    [InlineData("02 98 00 00 00")]
    [InlineData("T-0014, V-2026-003")]
    [InlineData("en 2026 100 fiches")]
    [InlineData("l’article 28")]
    [InlineData("")]
    public void What_is_not_a_sentence_is_left_alone(string text) => Assert.Equal(text, Typography.French(text));

    // Pieces that meet in real sentences, in every order: random characters would almost never form them.
    private static readonly Arbitrary<string> Sentences = Gen.Elements(
            "a", " ", "  ", "é", "'", "’", "«", "»", ":", ";", "!", "?", "%", "€", "n°", "12", "1 400 000", "8 juin", "1er", "juil.", "{0}", "{1:N0}",
            "14:20", "h", "jours", ".", ",", "(", "\u00A0", "\u202F", "\n", "https://a.fr/?b=1", "x@y.fr", "l'", "T-0014", "\"", "{")
        .ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void Dressing_twice_changes_nothing_more() =>
        Prop.ForAll(Sentences, text => Typography.French(Typography.French(text)) == Typography.French(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Only_spaces_and_apostrophes_ever_change() =>
        Prop.ForAll(Sentences, text => Bare(Typography.French(text)) == Bare(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void Any_text_is_dressed_without_an_exception() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => text is null || Bare(Typography.French(text)) == Bare(text)).Check(Config.QuickThrowOnFailure);

    private static string Bare(string text) =>
        text.Replace(" ", "").Replace(N, "").Replace(F, "").Replace('\'', '’');
}
