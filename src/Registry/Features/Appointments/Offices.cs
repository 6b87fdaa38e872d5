using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Appointments;

/// <summary>
/// What naming somebody asks, office by office (domain §1.2, §2.1): the form shows what matters for the office that was chosen, and nothing else.
/// </summary>
/// <param name="Kind">The code of the vocabulary.</param>
/// <param name="What">What the office opens, in one sentence (a message key).</param>
/// <param name="Act">Which written act names it as a rule (a message key).</param>
public sealed record Office(string Kind, string What, string Act)
{
    /// <summary>Who gives the delegation, null when the office is nobody's delegation.</summary>
    public string? Giver { get; init; }

    /// <summary>Without a delegation the office is empty.</summary>
    public bool MustBeDelegated { get; init; }

    /// <summary>What may be delegated to it in writing.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>An internal letter names it: no number, no signature to quote.</summary>
    public bool ActIsInternal { get; init; }

    /// <summary>It ends at most so many days after it began.</summary>
    public int? LongestDays { get; init; }

    public bool TakesDelegation => Giver is not null;
    public string Label => Vocabulary.Current.Label("AppointmentKind", Kind);
    public IReadOnlyList<Option> ScopeOptions => [.. Scopes.Select(scope => new Option(scope, Vocabulary.Current.Label("DelegationScope", scope)))];
}

public static class Offices
{
    private static readonly string[] OfTheRepresentative = ["RECORD_PUBLICATION", "STATEMENT_VALIDATION", "BREACH_DECISION", "RIGHTS_ANSWER"];

    /// <summary>The executive of an area and the operator are named elsewhere.</summary>
    public static IReadOnlyList<Office> All { get; } =
    [
        new("LEGAL_REPRESENTATIVE", "Répond du registre pour l’organisme : publie, décide, signe.", "la délibération qui l’a élue ou élu."),
        new("ELECTED_DELEGATE", "Publie, décide et signe par délégation du représentant légal.", "l’arrêté de délégation.") { Giver = "LEGAL_REPRESENTATIVE", MustBeDelegated = true, Scopes = OfTheRepresentative },
        new("DGS", "Publie, décide et signe par délégation du représentant légal.", "l’arrêté de délégation de signature.") { Giver = "LEGAL_REPRESENTATIVE", MustBeDelegated = true, Scopes = OfTheRepresentative },
        new("DPO", "Conseille, relit et valide les fiches, suit les violations et les demandes. Un seul à la fois.", "un courrier ou une délibération, à notifier aussitôt à la CNIL."),
        new("DPO_ASSISTANT", "Aide le délégué dans cet organisme. Ne valide les fiches que par délégation écrite.", "un courrier du délégué ou de son employeur.") { Giver = "DPO", Scopes = [Records.RecordStates.Validation] },
        new("CORRESPONDENT", "Tient le registre au quotidien, répond au délégué et au prestataire. Un seul à la fois.", "un courrier signé du représentant légal.") { Giver = "LEGAL_REPRESENTATIVE", Scopes = OfTheRepresentative },
        new("CORRESPONDENT_DELEGATE", "Transmet les demandes d’accès et de restauration à la place du correspondant.", "un courrier signé du correspondant.") { Giver = "CORRESPONDENT", MustBeDelegated = true, Scopes = ["ACCESS_REQUESTS", "RESTORATIONS"] },
        new("SECURITY_OFFICER", "Décrit les mesures de sécurité et signale les incidents.", "un courrier ou un arrêté.") { ActIsInternal = true },
        new("HELPDESK_AGENT", "Exécute, chez le prestataire, les demandes des personnes habilitées.", "un courrier du prestataire.") { ActIsInternal = true },
        new("CONTRACT_MANAGER", "Suit, chez le prestataire, ses conventions, ses obligations et leurs preuves.", "un courrier du prestataire."),
        new("SERVICE_CONTRIBUTOR", "Rédige les fiches de son service et signale les incidents.", "un courrier ou une note de service.") { ActIsInternal = true },
        new("AUDITOR", "Lit sans écrire, trente jours au plus.", "la lettre de mission ou la convention.") { LongestDays = 30 },
    ];

    public static IReadOnlyList<Option> Options => [.. All.Select(office => new Option(office.Kind, office.Label, office.What))];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.SelectMany(office => new[] { office.What, office.Act }).Distinct()];

    public static Office? Find(string? kind) => All.FirstOrDefault(office => office.Kind == kind);
}
