using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Missions;

public enum MissionPhase { Proposal, InitialCompliance, OngoingMutualisation, Ended }

/// <summary>One line of the course of domain §2.6.</summary>
public sealed record MissionMove(string Slug, string LabelKey, MissionPhase From, MissionPhase To, string[] Who);

/// <summary>The course of a mission: proposed by the officer, validated by the controller, worked by the day, then followed for a yearly fee. What is not in this table is refused (S-05).</summary>
public static class MissionStates
{
    public const string Send = "transmettre", Validate = "valider", Follow = "suivi", End = "terminer";
    private static readonly string[] Officer = ["DPO"], Team = ["DPO", "DPO_ASSISTANT"], Representative = ["CONTROLLER_REP"];

    public static IReadOnlyList<MissionMove> All { get; } =
    [
        new(Send, Languages.Key("Transmettre la proposition"), MissionPhase.Proposal, MissionPhase.Proposal, Team),
        new(Validate, Languages.Key("Valider la proposition"), MissionPhase.Proposal, MissionPhase.InitialCompliance, Representative),
        new(Validate, Languages.Key("Valider la proposition"), MissionPhase.Proposal, MissionPhase.OngoingMutualisation, Representative),
        new(Follow, Languages.Key("Passer au suivi"), MissionPhase.InitialCompliance, MissionPhase.OngoingMutualisation, Officer),
        new(End, Languages.Key("Terminer la mission"), MissionPhase.InitialCompliance, MissionPhase.Ended, Officer),
        new(End, Languages.Key("Terminer la mission"), MissionPhase.OngoingMutualisation, MissionPhase.Ended, Officer),
    ];

    public static string Code(MissionPhase phase) => phase switch
    {
        MissionPhase.Proposal => "PROPOSAL",
        MissionPhase.InitialCompliance => "INITIAL_COMPLIANCE",
        MissionPhase.OngoingMutualisation => "ONGOING_MUTUALISATION",
        _ => "ENDED",
    };

    public static MissionPhase Parse(string code) => Enum.GetValues<MissionPhase>().First(phase => Code(phase) == code);

    /// <summary>A proposal has days in one phase at least and is sent once; what was sent is validated, and leads to the first phase that has days; a follow-up without days is none.</summary>
    public static bool Allows(MissionMove move, MissionPhase from, bool sent, decimal initialDays, decimal ongoingDays) => move.From == from && move.Slug switch
    {
        Send => !sent && initialDays + ongoingDays > 0,
        Validate => sent && move.To == MissionPhase.InitialCompliance == initialDays > 0,
        Follow => ongoingDays > 0,
        _ => true,
    };

    /// <summary>Who acts next (a message key).</summary>
    public static string? Who(MissionPhase phase, bool sent) => (phase, sent) switch
    {
        (MissionPhase.Proposal, false) => Languages.Key("au délégué de transmettre la proposition"),
        (MissionPhase.Proposal, _) => Languages.Key("au représentant de l’organisme de valider"),
        _ => null,
    };
}

public enum StatementStatus { Draft, Sent, Validated, Disputed, Corrected, Invoiced }

/// <param name="Delegated">Also the correspondent to whom it was delegated in writing.</param>
public sealed record StatementMove(string Slug, string LabelKey, StatementStatus From, StatementStatus To, string[] Who, bool Delegated = false);

/// <summary>The life of a monthly statement (domain §3.5). Silence validates nothing: after ten and twenty working days it is asked for again.</summary>
public static class StatementStates
{
    public const string Send = "transmettre", Validate = "valider", Dispute = "contester", Correct = "corriger", Invoice = "facturer";
    public const int WorkingDaysToValidate = 10, WorkingDaysUntilLate = 20;
    public const string Delegation = "STATEMENT_VALIDATION";
    private static readonly string[] Officer = ["DPO"], Representative = ["CONTROLLER_REP"];

    public static IReadOnlyList<StatementMove> All { get; } =
    [
        new(Send, Languages.Key("Transmettre l’état"), StatementStatus.Draft, StatementStatus.Sent, Officer),
        new(Validate, Languages.Key("Valider l’état"), StatementStatus.Sent, StatementStatus.Validated, Representative, Delegated: true),
        new(Dispute, Languages.Key("Contester"), StatementStatus.Sent, StatementStatus.Disputed, Representative),
        new(Correct, Languages.Key("L’état est corrigé"), StatementStatus.Disputed, StatementStatus.Corrected, Officer),
        new(Send, Languages.Key("Transmettre l’état"), StatementStatus.Corrected, StatementStatus.Sent, Officer),
        // Whoever invoices reads days and amounts outside the files; the officer, who is of the same house, notes it.
        new(Invoice, Languages.Key("Noter qu’il est facturé"), StatementStatus.Validated, StatementStatus.Invoiced, ["AREA_EXECUTIVE", "DPO"]),
    ];

    public static string Code(StatementStatus status) => status.ToString().ToUpperInvariant();

    public static StatementStatus Parse(string code) => Enum.GetValues<StatementStatus>().First(status => Code(status) == code);

    /// <summary>A statement is sent when its month is over and has days to invoice.</summary>
    public static bool Allows(StatementMove move, StatementStatus from, DateOnly month, decimal days, DateOnly today) =>
        move.From == from && (move.Slug != Send || (days > 0 && today >= month.AddMonths(1)));

    public static bool Takes(StatementMove move, Role role, IReadOnlyCollection<string> delegations) =>
        move.Who.Contains(role.Code()) || (move.Delegated && role == Role.Correspondent && delegations.Contains(Delegation));

    /// <summary>What was sent and not disputed no longer changes, nor do the days in it.</summary>
    public static bool IsFrozen(StatementStatus status) => status is StatementStatus.Sent or StatementStatus.Validated or StatementStatus.Invoiced;

    public static int Disc(StatementStatus status) => status switch { StatementStatus.Draft => 0, StatementStatus.Sent or StatementStatus.Disputed => 2, StatementStatus.Corrected => 1, StatementStatus.Validated => 3, _ => 4 };

    public static string? Who(StatementStatus status) => status switch
    {
        StatementStatus.Draft or StatementStatus.Corrected => Languages.Key("au délégué de transmettre"),
        StatementStatus.Sent => Languages.Key("au représentant de l’organisme de valider"),
        StatementStatus.Disputed => Languages.Key("au délégué de corriger"),
        StatementStatus.Validated => Languages.Key("à facturer"),
        _ => null,
    };
}
