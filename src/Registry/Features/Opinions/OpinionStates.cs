using Registry.Features.Shared;

namespace Registry.Features.Opinions;

public enum OpinionStatus { Draft, Issued, Acknowledged, Decided, Closed, Withdrawn }

/// <summary>What a step asks of who takes it.</summary>
public enum OpinionNeeds { Nothing, Draft, Text, Decision, Reason }

/// <summary>One line of the table of domain §3.5.</summary>
public sealed record OpinionMove(string Slug, string LabelKey, OpinionStatus From, OpinionStatus To, string[] Who, OpinionNeeds Needs = OpinionNeeds.Nothing);

/// <summary>The life of an opinion: the officer writes it, the controller decides on it, neither in the other's place (S-05).</summary>
public static class OpinionStates
{
    public const string Withdraw = "retirer", Keep = "enregistrer";
    public const int DaysToDecide = 30, ShortestReason = 20;
    private static readonly string[] Officer = ["DPO"], Representative = ["CONTROLLER_REP"];

    public static IReadOnlyList<OpinionMove> All { get; } =
    [
        new("emettre", Languages.Key("Émettre l’avis"), OpinionStatus.Draft, OpinionStatus.Issued, Officer, OpinionNeeds.Text),
        new(Keep, Languages.Key("Garder le brouillon"), OpinionStatus.Draft, OpinionStatus.Draft, ["DPO", "DPO_ASSISTANT"], OpinionNeeds.Draft),
        new("prendre-connaissance", Languages.Key("Prendre connaissance"), OpinionStatus.Issued, OpinionStatus.Acknowledged, ["CONTROLLER_REP", "CORRESPONDENT"]),
        new(Withdraw, Languages.Key("Retirer l’avis"), OpinionStatus.Issued, OpinionStatus.Withdrawn, Officer, OpinionNeeds.Reason),
        new("decider", Languages.Key("Enregistrer la suite"), OpinionStatus.Acknowledged, OpinionStatus.Decided, Representative, OpinionNeeds.Decision),
        new("clore", Languages.Key("Clore l’avis"), OpinionStatus.Decided, OpinionStatus.Closed, Officer),
    ];

    public static string Code(OpinionStatus status) => status.ToString().ToUpperInvariant();

    public static OpinionStatus Parse(string code) => Enum.GetValues<OpinionStatus>().First(status => Code(status) == code);

    public static OpinionMove? Find(OpinionStatus from, string? slug) => All.FirstOrDefault(move => move.From == from && move.Slug == slug);

    public static int Disc(OpinionStatus status) => status switch { OpinionStatus.Draft => 0, OpinionStatus.Issued => 1, OpinionStatus.Acknowledged => 2, OpinionStatus.Decided => 3, _ => 4 };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(OpinionStatus status) => status switch
    {
        OpinionStatus.Draft => Languages.Key("au délégué de rendre son avis"),
        OpinionStatus.Issued => Languages.Key("à l’organisme d’en prendre connaissance"),
        OpinionStatus.Acknowledged => Languages.Key("au représentant de l’organisme de décider"),
        OpinionStatus.Decided => Languages.Key("au délégué de clore"),
        _ => null,
    };
}
