using Registry.Features.Shared;

namespace Registry.Features.Recommendations;

public enum RecommendationStatus { Proposed, Accepted, Declined, InProgress, Done, Verified, Cancelled }

/// <summary>What a step asks of who takes it.</summary>
public enum RecommendationNeeds { Nothing, Reason, LongReason, Evidence, Progress }

/// <summary>One line of the table of domain §3.5.</summary>
public sealed record RecommendationMove(string Slug, string LabelKey, RecommendationStatus From, RecommendationStatus To, string[] Who, RecommendationNeeds Needs = RecommendationNeeds.Nothing);

/// <summary>The life of a recommendation: what is not in this table is refused (S-05). The officer proposes and verifies, the representative decides, the correspondent does.</summary>
public static class RecommendationStates
{
    public const string Cancel = "annuler", Again = "proposer-de-nouveau", Decline = "refuser";
    public const int ShortestReason = 20, MonthsOfRest = 6;
    private static readonly string[] Officer = ["DPO"], Team = ["DPO", "DPO_ASSISTANT"], Representative = ["CONTROLLER_REP"], Correspondent = ["CORRESPONDENT"];
    private static readonly string CancelKey = Languages.Key("Annuler la recommandation");

    public static IReadOnlyList<RecommendationMove> All { get; } =
    [
        new("accepter", Languages.Key("Adopter"), RecommendationStatus.Proposed, RecommendationStatus.Accepted, Representative),
        new(Decline, Languages.Key("Refuser"), RecommendationStatus.Proposed, RecommendationStatus.Declined, Representative, RecommendationNeeds.LongReason),
        new("commencer", Languages.Key("Commencer"), RecommendationStatus.Accepted, RecommendationStatus.InProgress, Correspondent),
        new("avancer", Languages.Key("Noter l’avancement"), RecommendationStatus.InProgress, RecommendationStatus.InProgress, Correspondent, RecommendationNeeds.Progress),
        new("realiser", Languages.Key("C’est réalisé"), RecommendationStatus.InProgress, RecommendationStatus.Done, Correspondent, RecommendationNeeds.Evidence),
        new("verifier", Languages.Key("C’est vérifié"), RecommendationStatus.Done, RecommendationStatus.Verified, Team),
        new("reprendre", Languages.Key("À reprendre"), RecommendationStatus.Done, RecommendationStatus.InProgress, Officer, RecommendationNeeds.Reason),
        new(Again, Languages.Key("Proposer de nouveau"), RecommendationStatus.Declined, RecommendationStatus.Proposed, Officer),
        .. new[] { RecommendationStatus.Proposed, RecommendationStatus.Accepted, RecommendationStatus.InProgress, RecommendationStatus.Done }
            .Select(open => new RecommendationMove(Cancel, CancelKey, open, RecommendationStatus.Cancelled, Officer)),
    ];

    public static string Code(RecommendationStatus status) => status == RecommendationStatus.InProgress ? "IN_PROGRESS" : status.ToString().ToUpperInvariant();

    public static RecommendationStatus Parse(string code) => Enum.GetValues<RecommendationStatus>().First(status => Code(status) == code);

    /// <summary>What was declined rests for six months.</summary>
    public static bool Allows(RecommendationMove move, RecommendationStatus from, DateOnly? decidedOn, DateOnly today) =>
        move.From == from && (move.Slug != Again || decidedOn?.AddMonths(MonthsOfRest) <= today);

    public static int Disc(RecommendationStatus status) => status switch { RecommendationStatus.Proposed => 0, RecommendationStatus.Accepted => 1, RecommendationStatus.InProgress => 2, RecommendationStatus.Done => 3, _ => 4 };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(RecommendationStatus status) => status switch
    {
        RecommendationStatus.Proposed => Languages.Key("au représentant de l’organisme de décider"),
        RecommendationStatus.Accepted => Languages.Key("au correspondant de commencer"),
        RecommendationStatus.InProgress => Languages.Key("au correspondant de réaliser"),
        RecommendationStatus.Done => Languages.Key("au délégué de vérifier"),
        _ => null,
    };
}
