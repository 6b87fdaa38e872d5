using System.Globalization;
using Registry.Features.Shared;

namespace Registry.Tests.Features.Shared;

public sealed class LanguagesTests
{
    private readonly Registry.Features.Shared.Languages _language = new();

    [Fact]
    public void French_goes_out_in_printed_typography()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");

        Assert.Equal("Que faire\u202F?", _language["Que faire ?"].Value);
        Assert.Equal("Fiche «\u00A0a 'b' ?\u00A0»", _language["Fiche « {0} »", "a 'b' ?"].Value);
    }

    [Fact]
    public void English_is_looked_up_by_the_French_text()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en-GB");

        Assert.Equal("There is a problem", _language["Il y a un problème"].Value);
        Assert.Equal("3 of 500 characters", _language["{0} caractères sur {1}", 3, 500].Value);
    }

    [Fact]
    public void A_text_without_English_stays_French_and_says_so()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en-GB");

        var text = _language["Phrase que personne n’a traduite"];

        Assert.True(text.ResourceNotFound);
        Assert.Equal("Phrase que personne n’a traduite", text.Value);
    }

    [Fact]
    public void A_text_with_braces_and_no_argument_is_not_a_format() =>
        Assert.Equal("{a} {", _language["{a} {"].Value);
}
