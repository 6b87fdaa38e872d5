using Registry.Facts;
using Registry.Features.Organisations;

namespace Registry.Tests.Features.Organisations;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("212902126", "212902126")]
    [InlineData("200064665", "200064665")]
    [InlineData(" 212 902 126 ", "212902126")]
    [InlineData("212\u00a0902\u202f126", "212902126")]
    public void A_siren_is_kept_without_its_spaces(string typed, string expected) =>
        Assert.Equal(new CheckedIdentifier(expected, null), Identifiers.Siren(typed));

    [Theory]
    [InlineData("212902127")]
    [InlineData("21290212")]
    [InlineData("2129021261")]
    [InlineData("000000000")]
    [InlineData("21290212A")]
    [InlineData("٢١٢٩٠٢١٢٦")]
    public void A_siren_with_a_wrong_key_or_form_is_refused(string typed) =>
        Assert.Equal(new CheckedIdentifier(null, "Ce numéro SIREN n’est pas valable : vérifiez les 9 chiffres."), Identifiers.Siren(typed));

    [Fact]
    public void Every_official_siren_has_its_key_and_none_survives_a_wrong_digit()
    {
        foreach (var body in OfficialBodies.Current.Communes.Concat(OfficialBodies.Current.Intercommunalities))
        {
            if (body.Siren is not { } siren)
                continue;
            Assert.True(Identifiers.Siren(siren).IsValid, body.Name);
            var wrong = siren[..8] + (char)('0' + ((siren[8] - '0' + 1) % 10));
            Assert.False(Identifiers.Siren(wrong).IsValid, body.Name);
        }
    }

    [Theory]
    [InlineData("21290212600011", null)]
    [InlineData("212 902 126 00011", "212902126")]
    [InlineData("35600000049837", null)]
    [InlineData("35600000000048", "356000000")]
    public void A_siret_with_its_key_is_accepted_and_so_are_those_of_la_poste(string typed, string? siren) =>
        Assert.True(Identifiers.Siret(typed, siren) is { IsValid: true, Value.Length: 14 });

    [Theory]
    [InlineData("21290212600012")]
    [InlineData("21290212600016")]
    [InlineData("35600000049838")]
    [InlineData("2129021260001")]
    [InlineData("00000000000000")]
    public void A_siret_with_a_wrong_key_is_refused(string typed) =>
        Assert.Equal(new CheckedIdentifier(null, Identifiers.SiretMessage), Identifiers.Siret(typed));

    [Fact]
    public void A_siret_of_another_body_is_refused() =>
        Assert.Equal(new CheckedIdentifier(null, Identifiers.SiretOfAnotherMessage), Identifiers.Siret("21290212600011", "200064665"));

    [Theory]
    [InlineData("29212", "29212")]
    [InlineData("12090", "12090")]
    [InlineData("97302", "97302")]
    [InlineData("2A004", "2A004")]
    [InlineData("2a 004", "2A004")]
    [InlineData("98735", "98735")]
    public void An_insee_code_is_accepted(string typed, string expected) => Assert.Equal(expected, Identifiers.InseeCode(typed).Value);

    [Theory]
    [InlineData("20004")]
    [InlineData("96001")]
    [InlineData("00001")]
    [InlineData("97901")]
    [InlineData("98501")]
    [InlineData("2C004")]
    [InlineData("292120")]
    [InlineData("2921")]
    public void An_insee_code_of_no_department_is_refused(string typed) =>
        Assert.Equal(new CheckedIdentifier(null, Identifiers.InseeCodeMessage), Identifiers.InseeCode(typed));

    [Fact]
    public void Every_official_commune_passes_its_own_checks()
    {
        foreach (var commune in OfficialBodies.Current.Communes)
        {
            Assert.Equal(commune.InseeCode, Identifiers.InseeCode(commune.InseeCode).Value);
            Assert.All(commune.PostalCodes, code => Assert.True(Identifiers.PostalCode(code).IsValid, code));
        }
    }

    [Theory]
    [InlineData("W291000123", true)]
    [InlineData("w 291 000 123", true)]
    [InlineData("291000123", false)]
    [InlineData("W29100012", false)]
    [InlineData("X291000123", false)]
    public void An_association_is_numbered_by_w_and_nine_digits(string typed, bool valid) =>
        Assert.Equal(valid ? null : Identifiers.RnaMessage, Identifiers.Rna(typed).Message);

    [Theory]
    [InlineData("29 280", "29280")]
    [InlineData("01000", "01000")]
    [InlineData("1000", null)]
    [InlineData("2A000", null)]
    [InlineData("292800", null)]
    public void A_postal_code_has_five_digits(string typed, string? expected)
    {
        Assert.Equal(expected, Identifiers.PostalCode(typed).Value);
        Assert.Equal(expected is null ? Identifiers.PostalCodeMessage : null, Identifiers.PostalCode(typed).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00a0")]
    public void Nothing_typed_is_neither_a_value_nor_a_mistake(string? typed)
    {
        Assert.Equal(default, Identifiers.Siren(typed));
        Assert.Equal(default, Identifiers.Siret(typed, "212902126"));
        Assert.Equal(default, Identifiers.InseeCode(typed));
    }
}
