namespace Registry.Features.Responsibilities;

/// <summary>The words of the codes that the model of the matrix carries beside its text: message keys.</summary>
public static class MatrixWords
{
    private static readonly Dictionary<string, string> Obligations = new()
    {
        ["ACCESS_CONTROL"] = "accès aux seules personnes habilitées",
        ["ALERT_WITHOUT_DELAY"] = "alerter sans délai",
        ["APPLY_MEASURES"] = "appliquer les mesures de sécurité",
        ["APPLY_MODALITIES"] = "mettre en œuvre les modalités prévues",
        ["ASK_OPINION_BEFORE_PUBLICATION"] = "demander avis avant publication",
        ["ASSIST"] = "assister",
        ["ASSIST_RIGHTS"] = "aider à répondre aux personnes",
        ["AUDIT"] = "auditer",
        ["AVAILABLE_TO_AUDITORS"] = "se tenir à la disposition des auditeurs",
        ["AWARENESS"] = "sensibiliser",
        ["BREACH_PROCEDURE"] = "tenir une procédure de violation",
        ["CONFIDENTIALITY"] = "confidentialité",
        ["DELETE_DATA"] = "supprimer les données",
        ["DESTROY_COPIES"] = "détruire les copies",
        ["DETERMINE_PURPOSES"] = "déterminer les finalités",
        ["DPO_DESIGNATION"] = "désigner un délégué",
        ["EU_TERRITORY"] = "rester sur le territoire de l’Union",
        ["FLOW_DOWN"] = "répercuter sur les sous-traitants",
        ["INCIDENT_REGISTER"] = "tenir le registre des incidents",
        ["INFORM_DATA_SUBJECTS"] = "informer les personnes",
        ["INSTRUCTIONS"] = "donner les instructions",
        ["LEGAL_FRAMEWORK"] = "appliquer le cadre juridique",
        ["MOBILISE_STAFF"] = "mobiliser le personnel",
        ["NOTIFY_CNIL"] = "notifier à la CNIL",
        ["PRIOR_INFORMATION_SUBPROCESSORS"] = "informer avant toute sous-traitance",
        ["PRIVACY_BY_DESIGN"] = "protection dès la conception",
        ["PROPOSE_CONTINGENCY"] = "proposer des mesures",
        ["PURPOSE_BOUND_EXECUTION"] = "traiter aux seules fins fixées",
        ["RECORD_KEEPING"] = "tenir le registre",
        ["RETURN_DATA"] = "rendre les données",
        ["RISK_ANALYSIS"] = "analyser les risques",
        ["RISK_APPROPRIATE_MEASURES"] = "mesures adaptées au risque",
        ["SAME_MEASURES_INTERNALLY"] = "mêmes mesures en interne",
        ["SET_FRAMEWORK"] = "fixer le cadre",
        ["SET_MODALITIES"] = "fixer les modalités",
        ["SHARE_PRACTICES"] = "partager les pratiques",
        ["SUPERVISE"] = "superviser",
        ["SUPPLY_DATA"] = "fournir les données",
        ["SUPPLY_INFORMATION"] = "fournir les informations",
        ["TAKE_OVER_SECURITY"] = "reprendre la sécurité",
        ["TRANSPARENCY"] = "transparence et traçabilité",
        ["WRITE_DOCUMENTATION"] = "rédiger la documentation",
    };

    private static readonly Dictionary<string, string> Features = new()
    {
        ["AccessAuthorisationRequest"] = "demandes d’habilitation",
        ["ActionItem"] = "plan d’actions",
        ["Appointment"] = "désignations",
        ["Audit"] = "audits",
        ["Breach"] = "violations",
        ["CnilNotification"] = "notifications à la CNIL",
        ["ControlAttestation"] = "contrôles attestés",
        ["Convention"] = "conventions",
        ["DataSubjectCommunication"] = "communications aux personnes",
        ["Document"] = "documents",
        ["Dpia"] = "analyses d’impact",
        ["DpoOpinion"] = "avis du délégué",
        ["Finding"] = "constats",
        ["InformationSystem"] = "applications",
        ["ProcessingActivity"] = "traitements",
        ["ProcessingActivity.information"] = "mentions d’information",
        ["ProcessingActivity.securityMeasures"] = "mesures de sécurité des traitements",
        ["ProcessingActivity.transfers"] = "transferts hors de l’Union",
        ["ProcessorActivity"] = "registre de sous-traitant",
        ["RetentionRule"] = "durées de conservation",
        ["RightsRequest"] = "demandes de droits",
        ["SecurityIncident"] = "incidents de sécurité",
        ["SubProcessorDeclaration"] = "sous-traitants ultérieurs",
        ["SupportTicket"] = "demandes d’assistance",
        ["ThirdParty"] = "tiers",
    };

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. Obligations.Values.Concat(Features.Values).Distinct()];

    public static string Obligation(string code) => Obligations.GetValueOrDefault(code, code);

    public static string Feature(string code) => Features.GetValueOrDefault(code, code);
}
