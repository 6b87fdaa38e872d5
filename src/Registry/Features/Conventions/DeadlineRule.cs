using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Features.Conventions;

/// <summary>The event that a deadline of an obligation is counted from (domain §2.5).</summary>
public enum DeadlineAnchor
{
    Signature,
    RestitutionMinutes,
    End,

    /// <summary>Of a correction, by the maker of a software: it comes again and again.</summary>
    Publication,

    /// <summary>Months before the end that a notice asks for.</summary>
    Notice,

    /// <summary>Months before the day for which something is wished.</summary>
    WishedDate,

    /// <summary>Hours from the moment the debtor knows of a breach.</summary>
    Alert,
}

/// <summary>When an obligation is due, as the text of a convention says it: <c>SIGNATURE+P6M</c>, <c>NOTICE-P12M</c>, <c>ALERT_TARGET_HOURS:24</c>.</summary>
public sealed partial record DeadlineRule(DeadlineAnchor Anchor, int Months, int Days, int Hours)
{
    /// <summary>Whether the event happens once in the life of the convention, so that one date can be told.</summary>
    public bool HasOneDate => Anchor is DeadlineAnchor.Signature or DeadlineAnchor.RestitutionMinutes or DeadlineAnchor.End;

    /// <summary>Null when the text is no such rule.</summary>
    public static DeadlineRule? Parse(string? text)
    {
        var match = Grammar().Match(text ?? "");
        if (!match.Success) return null;
        if (match.Groups["hours"].Success) return Number("hours") is > 0 and var hours ? new(DeadlineAnchor.Alert, 0, 0, hours) : null;
        var (months, days) = (Number("y") * 12 + Number("m"), Number("d"));
        // A mixture has no order of counting that the texts agree on.
        if (months == 0 == (days == 0)) return null;
        DeadlineAnchor anchor = (match.Groups["after"].Value, match.Groups["before"].Value) switch
        {
            ("SIGNATURE", _) => DeadlineAnchor.Signature,
            ("RESTITUTION_MINUTES", _) => DeadlineAnchor.RestitutionMinutes,
            ("END", _) => DeadlineAnchor.End,
            ("PUBLICATION", _) => DeadlineAnchor.Publication,
            (_, "NOTICE") => DeadlineAnchor.Notice,
            _ => DeadlineAnchor.WishedDate,
        };
        return new(anchor, months, days, 0);

        int Number(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@"\A(?:(?:(?<after>SIGNATURE|RESTITUTION_MINUTES|END|PUBLICATION)\+|(?<before>NOTICE|WISHED_DATE)-)P(?:(?<y>[0-9]{1,2})Y)?(?:(?<m>[0-9]{1,3})M)?(?:(?<d>[0-9]{1,4})D)?|ALERT_TARGET_HOURS:(?<hours>[0-9]{1,4}))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
