using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>What was stated on a day, as the table has it. Never rewritten; a later one of the same kind stands after it.</summary>
public sealed record BreachEntry
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset HappenedAt { get; init; }
    public required string ContentJson { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    public T Read<T>() => SheetJson.ReadPart<T>(ContentJson);
}

/// <summary>The kinds of entries and the words of each.</summary>
public static class EntryKinds
{
    public const string Assessment = "ASSESSMENT", Decision = "DECISION", Notification = "NOTIFICATION", Communication = "COMMUNICATION", Exchange = "EXCHANGE", Told = "TOLD", Step = "STEP";

    public static string Word(string kind) => kind switch
    {
        Assessment => Languages.Key("Risque évalué"),
        Decision => Languages.Key("Décision"),
        Notification => Languages.Key("Notification à la CNIL"),
        Communication => Languages.Key("Communication aux personnes"),
        Exchange => Languages.Key("Échange avec une autorité"),
        Told => Languages.Key("Personne prévenue"),
        _ => Languages.Key("Étape"),
    };
}

/// <summary>How grave, how likely, and what follows. The rule proposes, a person decides and says why she differs.</summary>
public sealed record RiskAssessment(string Severity, string Likelihood, string Suggested, string Level, string? Reason)
{
    /// <summary>Domain §2.7: by the ranks of both scales; what nobody can read and a backup restores is no risk.</summary>
    public static BreachRisk Suggest(int severity, int likelihood, IReadOnlyList<string> natures, bool unintelligible, bool backup) =>
        (severity >= 3 && likelihood >= 3) || (severity == 4 && likelihood >= 2) ? BreachRisk.High
        : (severity == 1 && likelihood <= 2) || (unintelligible && backup && natures is ["CONFIDENTIALITY"]) ? BreachRisk.Unlikely
        : BreachRisk.Risk;
}

/// <summary>A step of the state machine that was taken: its slug, the reason, and what a decision rested on.</summary>
public sealed record StepTaken(string Act, string? Reason, string? Exemption = null, string? Lessons = null, string? Actions = null);

/// <summary>What was deposited with the authority, with the dossier as it stood: a later change of the file does not change what was sent.</summary>
public sealed record NotificationSent(string Kind, string? Number, string? DelayReason, string Timeliness, string? Note, IReadOnlyList<DossierLine> Dossier, IReadOnlyList<string> Missing);

public sealed record PeopleCommunication(List<string> Channels, int? Recipients, string Text, bool Public, bool Ordered);

public sealed record AuthorityExchange(string With, string Direction, string Text, bool OrdersCommunication);

/// <summary>Whom the organisation told, and how. The responsibility matrix says in which order; whoever sends alerts writes these lines and their receipt.</summary>
public sealed record PersonTold(string Who, string? Office, string Channel, Guid? Person = null);

public sealed record DossierLine(string Label, string Text);
