using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The countries of ISO 3166-1 by their two letters, named in the language of the page.</summary>
public static class Countries
{
    public static IReadOnlyList<string> Codes { get; } =
        ("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ "
        + "DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT "
        + "JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ "
        + "NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ "
        + "TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").Split(' ');

    private static readonly FrozenSet<string> Known = Codes.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string? code) => code is not null && Known.Contains(code);

    // Asked by way of French: a few territories have no culture of their own and are refused by their two letters alone. The display name of
    // the system would stay French for English readers too.
    public static string Name(string? code) => !Contains(code) ? code ?? "" : Languages.IsEnglish ? new RegionInfo("fr-" + code).EnglishName : new RegionInfo("fr-" + code).NativeName;
}

/// <summary>A country of the list, or empty.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountryAttribute : ValidationAttribute
{
    public CountryAttribute() => ErrorMessage = "Choisissez un pays de la liste.";

    public override bool IsValid(object? value) => value is null or "" || (value is string code && Countries.Contains(code));
}
