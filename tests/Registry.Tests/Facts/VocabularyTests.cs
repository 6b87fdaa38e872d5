using System.Globalization;
using Registry.Facts;

namespace Registry.Tests.Facts;

public sealed class VocabularyTests
{
    private static Vocabulary Vocabulary => Vocabulary.Current;

    [Fact]
    public void Labels_follow_the_language_of_the_page()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("fr-FR");
            Assert.Equal("Communauté d’agglomération", Vocabulary.Label("OrganisationType", "COMMUNAUTE_AGGLOMERATION"));
            Assert.Equal("Territoire (jours fériés, fuseau)", Vocabulary.Title("Territory"));
            CultureInfo.CurrentUICulture = new CultureInfo("en-GB");
            Assert.Equal("Agglomeration community", Vocabulary.Label("OrganisationType", "COMMUNAUTE_AGGLOMERATION"));
            Assert.Equal("Territory (holidays, time zone)", Vocabulary.Title("Territory"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void A_code_nobody_knows_is_shown_as_it_is()
    {
        Assert.Equal("FORGOTTEN", Vocabulary.Label("OrganisationType", "FORGOTTEN"));
        Assert.Equal("", Vocabulary.Label("OrganisationType", null));
        Assert.Null(Vocabulary.Find("OrganisationType", "FORGOTTEN"));
        Assert.False(Vocabulary.Contains("OrganisationType", "commune"));
        Assert.True(Vocabulary.Contains("OrganisationType", "COMMUNE"));
    }

    [Fact]
    public void A_list_nobody_knows_is_a_mistake_of_the_program() =>
        Assert.Throws<ArgumentException>(() => Vocabulary.Terms("OrganizationTypes"));

    [Fact]
    public void Further_properties_are_kept_as_text()
    {
        Assert.Equal("America/Cayenne", Vocabulary.Find("Territory", "GUYANE")!.Property("timeZone"));
        Assert.Equal("1", Vocabulary.Terms("SeverityLevel")[0].Property("rank"));
        Assert.Null(Vocabulary.Find("OrganisationType", "COMMUNE")!.Property("timeZone"));
    }

    [Fact]
    public void Every_value_has_both_labels_and_every_time_zone_exists()
    {
        Assert.True(Vocabulary.Enumerations.Count() > 100);
        foreach (var term in Vocabulary.Enumerations.SelectMany(Vocabulary.Terms))
        {
            Assert.False(string.IsNullOrWhiteSpace(term.French), term.Code);
            Assert.False(string.IsNullOrWhiteSpace(term.English), term.Code);
            if (term.Property("timeZone") is { } zone)
                Assert.NotNull(TimeZoneInfo.FindSystemTimeZoneById(zone));
        }
    }

    [Fact]
    public void Values_keep_the_order_of_the_file() =>
        Assert.Equal(["COMMUNE", "COMMUNE_NOUVELLE", "CCAS"], Vocabulary.Terms("OrganisationType").Take(3).Select(term => term.Code));
}
