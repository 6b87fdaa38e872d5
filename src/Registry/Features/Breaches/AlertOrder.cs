using Registry.Features.Responsibilities;

namespace Registry.Features.Breaches;

/// <summary>
/// Whom an alert of a breach reaches, and in which order. The three addresses of the controller hear of it together (domain §3.2); the responsibility matrix of
/// the convention says who of them comes first. Without a matrix, the order of the law: who answers for it, who works on it, who advises.
/// </summary>
public static class AlertOrder
{
    private static readonly string[] Deciders = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];
    private static readonly string[] Workers = ["CORRESPONDENT"];
    private static readonly string[] Officer = ["DPO"];

    /// <summary>Who is told next when nobody of the three has said that she knows.</summary>
    public static readonly string[] Next = ["DGS", "DPO_ASSISTANT"];

    public static string[] ByLaw => [.. Deciders, .. Workers, .. Officer];

    public static string[] Of(Duties? duties, Guid organisation) => duties is null or { FromLaw: true } ? ByLaw
        : [.. duties.Alerted.SelectMany(duty => Words(duty, organisation)).Concat(ByLaw).Distinct()];

    // The people of the other parties are told in their own organisation.
    private static string[] Words(Duty duty, Guid organisation)
    {
        if (duty.Party.OrganisationId != organisation.ToString()) return duty.Party.GdprRole == "PROCESSOR_AND_DPO_PROVIDER" ? Officer : [];
        return [.. duty.Has("A") ? Deciders : [], .. duty.Codes.Any(code => code != "A") ? Workers : []];
    }
}
