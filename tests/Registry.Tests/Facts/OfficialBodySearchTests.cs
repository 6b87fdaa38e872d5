using Registry.Facts;

namespace Registry.Tests.Facts;

public sealed class OfficialBodySearchTests
{
    private static IReadOnlyList<OfficialBody> Search(string text) => OfficialBodies.Current.Search(text);

    private static string First(string text) => Search(text) is [var first, ..] ? $"{first.InseeCode ?? first.Siren} {first.Name}" : "nothing";

    [Theory]
    [InlineData("plouzane")]
    [InlineData("PLOUZANÉ")]
    [InlineData("  Plouzan")]
    [InlineData("plouzane 29")]
    [InlineData("plouzané 29280")]
    [InlineData("29280 plouzané")]
    [InlineData("plouzané finistère")]
    [InlineData("Mairie de Plouzané")]
    [InlineData("commune de plouzane")]
    [InlineData("29212")]
    [InlineData("29 212")]
    [InlineData("212902126")]
    [InlineData("212 902 126")]
    [InlineData("212\u202f902\u00a0126")]
    [InlineData("212 902 126 00011")]
    [InlineData("plouzzané")]
    [InlineData("plouzne")]
    [InlineData("plouazné")]
    [InlineData("plouzamé")]
    [InlineData("plou zané")]
    [InlineData("Plouzane\u0301")]
    public void Plouzane_is_found_however_it_is_typed(string typed) => Assert.Equal("29212 Plouzané", First(typed));

    [Theory]
    [InlineData("st malo", "35288 Saint-Malo")]
    [InlineData("Saint Malo", "35288 Saint-Malo")]
    [InlineData("saintmalo", "35288 Saint-Malo")]
    [InlineData("ste maxime", "83115 Sainte-Maxime")]
    [InlineData("stras", "67482 Strasbourg")]
    [InlineData("hay les roses", "94038 L’Haÿ-les-Roses")]
    [InlineData("l'hay les roses", "94038 L’Haÿ-les-Roses")]
    [InlineData("l’haÿ-les-roses", "94038 L’Haÿ-les-Roses")]
    [InlineData("lhay les roses", "94038 L’Haÿ-les-Roses")]
    [InlineData("havre", "76351 Le Havre")]
    [InlineData("balsac druelle", "12090 Druelle Balsac")]
    [InlineData("cayene", "97302 Cayenne")]
    [InlineData("oeuilly", "51410 Œuilly")]
    [InlineData("ville d avray", "92077 Ville-d’Avray")]
    [InlineData("chalon s/ saone", "71076 Chalon-sur-Saône")]
    [InlineData("saint denis réunion", "97411 Saint-Denis")]
    [InlineData("saint-denis 974", "97411 Saint-Denis")]
    [InlineData("2a004", "2A004 Ajaccio")]
    [InlineData("brest", "29019 Brest")]
    [InlineData("brest métropole", "242900314 Brest Métropole")]
    [InlineData("pau", "64445 Pau")]
    [InlineData("CAPBP", "200067254 Communauté d’agglomération Pau Béarn Pyrénées")]
    [InlineData("ca pau", "200067254 Communauté d’agglomération Pau Béarn Pyrénées")]
    [InlineData("communauté d'agglo centre littoral", "249730045 Communauté d’agglomération du Centre Littoral")]
    [InlineData("249 730 045", "249730045 Communauté d’agglomération du Centre Littoral")]
    public void The_best_answer_comes_first(string typed, string expected) => Assert.Equal(expected, First(typed));

    [Fact]
    public void A_town_stands_before_its_intercommunality_and_both_before_longer_words()
    {
        var names = Search("brest").Select(body => body.Name).ToArray();
        Assert.Equal(["Brest", "Brest Métropole"], names[..2]);
        Assert.Contains("Brestot", names);
        Assert.Contains("Communauté d’agglomération Pau Béarn Pyrénées", Search("pau").Take(3).Select(body => body.Name));
    }

    [Fact]
    public void Namesakes_come_in_the_order_of_their_population()
    {
        var namesakes = Search("Saint-Denis").TakeWhile(body => body.Name == "Saint-Denis").ToArray();
        Assert.True(namesakes.Length >= 3);
        Assert.Equal(namesakes.OrderByDescending(body => body.Population), namesakes);
    }

    [Fact]
    public void A_postal_code_finds_all_its_communes()
    {
        var found = Search("12 510");
        Assert.All(found, body => Assert.Contains("12510", body.PostalCodes));
        Assert.Contains(found, body => body.InseeCode == "12090");
        Assert.True(found.Count > 1);
    }

    [Fact]
    public void A_department_does_not_add_its_communes_to_a_name_that_was_found() =>
        Assert.All(OfficialBodies.Current.Search("saint denis", 500), body => Assert.Contains("Denis", body.Name, StringComparison.Ordinal));

    [Fact]
    public void Two_slips_find_nothing_rather_than_anything()
    {
        Assert.Empty(Search("pluzzanné"));
        Assert.Empty(Search("xyzzyqwerty"));
        Assert.Empty(Search("999999999"));
        Assert.Empty(Search("zq"));
    }

    [Fact]
    public void The_limit_is_kept()
    {
        Assert.Equal(20, Search("saint").Count);
        Assert.Equal(3, OfficialBodies.Current.Search("saint", 3).Count);
        Assert.Empty(OfficialBodies.Current.Search("saint", 0));
    }

    [Fact]
    public void Odd_input_is_answered_quietly()
    {
        Assert.Empty(OfficialBodies.Current.Search(null));
        foreach (var text in new[] { "", " ", "-'’", "%_*()[\\", "\0", "\ud83d", "a\udc00b", "😀", "\ufffe\uffff", "١٢٣٤٥", "ﬁ", "Ǆ", "\u0301", "<script>" })
            Assert.NotNull(Search(text));
        Assert.Empty(Search(new string('a', 4000)));
        Assert.NotNull(Search(string.Concat(Enumerable.Repeat("a ", 2000))));
        Assert.NotNull(Search(new string('é', 119) + "😀"));
        Assert.NotNull(Search(new string('1', 4000)));
    }
}
