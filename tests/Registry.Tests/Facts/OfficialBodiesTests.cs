using System.Text.Json;
using Registry.Facts;

namespace Registry.Tests.Facts;

public sealed class OfficialBodiesTests
{
    private static OfficialBodies Bodies => OfficialBodies.Current;

    [Fact]
    public void A_commune_has_what_its_organisation_needs()
    {
        var plouzane = Bodies.FindCommune("29212")!;
        Assert.Equal("Plouzané", plouzane.Name);
        Assert.Equal("COMMUNE", plouzane.Type);
        Assert.Equal("212902126", plouzane.Siren);
        Assert.Equal(("29", "Finistère", "Bretagne"), (plouzane.DepartmentCode, plouzane.DepartmentName, plouzane.RegionName));
        Assert.Equal(["29280"], plouzane.PostalCodes);
        Assert.Equal(13_567, plouzane.Population);
        Assert.Equal(("METRO", "Europe/Paris"), (plouzane.Territory, plouzane.TimeZone));
        Assert.Equal("200064665", Bodies.FindCommune("12090")!.Siren);
        Assert.Null(Bodies.FindCommune("29999"));
    }

    [Theory]
    [InlineData("249730045", "Communauté d’agglomération du Centre Littoral", "COMMUNAUTE_AGGLOMERATION", "973", "America/Cayenne", 6)]
    [InlineData("200067254", "Communauté d’agglomération Pau Béarn Pyrénées", "COMMUNAUTE_AGGLOMERATION", "64", "Europe/Paris", 31)]
    [InlineData("242900314", "Brest Métropole", "METROPOLE", "29", "Europe/Paris", 8)]
    [InlineData("200046977", "Métropole de Lyon", "METROPOLE", "69", "Europe/Paris", 58)]
    public void An_intercommunality_has_its_type_and_its_members(
        string siren, string name, string type, string department, string timeZone, int members)
    {
        var body = Bodies.FindIntercommunality(siren)!;
        Assert.Equal((name, type, department, timeZone), (body.Name, body.Type, body.DepartmentCode, body.TimeZone));
        Assert.Null(body.InseeCode);
        Assert.Equal(members, Bodies.MembersOf(siren).Count);
        Assert.All(Bodies.MembersOf(siren), member => Assert.Same(body, Bodies.IntercommunalityOf(member.InseeCode!)));
    }

    [Fact]
    public void The_six_communes_of_the_demo_in_guyane_belong_to_the_same_intercommunality()
    {
        using var stream = typeof(OfficialBodies).Assembly.GetManifestResourceStream("facts/conventions.json")!;
        using var seeds = JsonDocument.Parse(stream);
        var codes = seeds.RootElement.GetProperty("conventions")[2].GetProperty("demoBeneficiaries").EnumerateArray()
            .Select(commune => commune.GetProperty("inseeCode").GetString()!).Order().ToArray();
        Assert.Equal(codes, Bodies.MembersOf("249730045").Select(member => member.InseeCode));
        Assert.All(codes, code => Assert.Equal("GUYANE", Bodies.FindCommune(code)!.Territory));
    }

    [Fact]
    public void Four_islands_and_unknown_codes_have_no_intercommunality()
    {
        Assert.Null(Bodies.IntercommunalityOf("29155"));
        Assert.Null(Bodies.IntercommunalityOf("99999"));
        Assert.Empty(Bodies.MembersOf("000000000"));
        Assert.Null(Bodies.FindIntercommunality("212902126"));
    }

    [Theory]
    [InlineData("67482", "ALSACE_MOSELLE", "Europe/Paris")]
    [InlineData("57463", "ALSACE_MOSELLE", "Europe/Paris")]
    [InlineData("97105", "GUADELOUPE", "America/Guadeloupe")]
    [InlineData("97209", "MARTINIQUE", "America/Martinique")]
    [InlineData("97302", "GUYANE", "America/Cayenne")]
    [InlineData("97411", "REUNION", "Indian/Reunion")]
    [InlineData("97608", "MAYOTTE", "Indian/Mayotte")]
    [InlineData("97701", "SAINT_BARTHELEMY", "America/St_Barthelemy")]
    [InlineData("97801", "SAINT_MARTIN", "America/Marigot")]
    [InlineData("2A004", "METRO", "Europe/Paris")]
    [InlineData("97502", null, "America/Miquelon")]
    [InlineData("98735", null, "Pacific/Tahiti")]
    public void The_place_gives_the_holidays_and_the_time(string inseeCode, string? territory, string timeZone)
    {
        var commune = Bodies.FindCommune(inseeCode)!;
        Assert.Equal((territory, timeZone), (commune.Territory, commune.TimeZone));
    }

    [Fact]
    public void Every_line_is_sound()
    {
        Assert.Equal(34_963, Bodies.Communes.Count());
        Assert.Equal(1_255, Bodies.Intercommunalities.Count());
        Assert.Equal(88, Bodies.Communes.Count(commune => commune.Siren is null));
        foreach (var body in Bodies.Communes.Concat(Bodies.Intercommunalities))
        {
            Assert.True(Vocabulary.Current.Contains("OrganisationType", body.Type), body.Name);
            Assert.True(body.Territory is null || Vocabulary.Current.Contains("Territory", body.Territory), body.Name);
            Assert.Equal(body.Name.Trim(), body.Name);
            Assert.DoesNotContain('\'', body.Name);
            Assert.Equal(body.IsCommune, body.PostalCodes.Count > 0);
        }
    }
}
