using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

public enum SubProcessorDecision { Pending, Accepted, Objected }

/// <summary>One line of the machine of domain §3.5.</summary>
public sealed record SubProcessorAct(string Slug, SubProcessorDecision To, string Who, Happening Happening);

/// <summary>
/// The only place that says how the announcement of a further processor is settled (S-05): the controller accepts or objects; under a general authorisation
/// her silence accepts once thirty days are over, and an objection comes too late then.
/// </summary>
public static class SubProcessorStates
{
    public const string System = "SYSTEM";
    private const string Representative = "CONTROLLER_REP";
    private const int ObjectionDays = 30;

    public static IReadOnlyList<SubProcessorAct> All { get; } =
    [
        new("accepter", SubProcessorDecision.Accepted, Representative, Actions.SubProcessorAccepted),
        new("s-opposer", SubProcessorDecision.Objected, Representative, Actions.SubProcessorObjected),
        new("silence", SubProcessorDecision.Accepted, System, Actions.SubProcessorUnopposed),
    ];

    public static string Code(SubProcessorDecision decision) => decision switch
    {
        SubProcessorDecision.Pending => "PENDING",
        SubProcessorDecision.Accepted => "ACCEPTED",
        _ => "OBJECTED",
    };

    public static SubProcessorDecision Parse(string code) => Enum.GetValues<SubProcessorDecision>().First(decision => Code(decision) == code);

    /// <summary>The last day on which an objection counts; null where nothing happens without a written agreement. The database computes the same.</summary>
    public static DateOnly? ObjectionOn(bool general, DateOnly announcedOn) => general ? announcedOn.AddDays(ObjectionDays) : null;

    /// <summary>Whether the act may be done now by who holds that role.</summary>
    public static bool Allows(SubProcessorAct act, SubProcessorDecision from, string role, DateOnly? objectionOn, DateOnly today) =>
        from == SubProcessorDecision.Pending && role == act.Who && act.Slug switch
        {
            "s-opposer" => objectionOn is null || today <= objectionOn,
            "silence" => objectionOn is { } last && today > last,
            _ => true,
        };
}
