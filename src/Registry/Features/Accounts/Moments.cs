using System.Globalization;

namespace Registry.Features.Accounts;

/// <summary>When something happened to an account, in the time of Paris: an account has no organisation whose zone would count.</summary>
internal static class Moments
{
    public static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static string Of(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, Paris).ToString("d MMM yyyy, H:mm", CultureInfo.CurrentCulture);
}
