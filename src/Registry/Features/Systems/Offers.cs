using Registry.Features.Records;

namespace Registry.Features.Systems;

/// <summary>What the form of an application offers: those who make and host such things are third parties that are known.</summary>
internal static class Offers
{
    public static Offer Of(IReadOnlyList<string> thirdParties) => new(new Dictionary<(Type, string), IReadOnlyList<string>>
    {
        [(typeof(SystemForm), nameof(SystemForm.Vendor))] = thirdParties,
        [(typeof(SystemForm), nameof(SystemForm.HostedBy))] = thirdParties,
    });
}
