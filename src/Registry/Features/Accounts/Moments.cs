using System.Globalization;
using Registry.Features.Shared;

namespace Registry.Features.Accounts;

/// <summary>When something happened to an account, in the time of Paris: an account has no organisation whose zone would count.</summary>
internal static class Moments
{
    public static string Of(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, Dates.Paris).ToString("d MMM yyyy, H:mm", CultureInfo.CurrentCulture);
}
