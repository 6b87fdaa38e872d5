namespace Registry.History;

/// <summary>The catalogue of what can happen (S-61): the code that the chain keeps, its category and the sentence people read (a message key).</summary>
public sealed record Happening(string Code, string Category, string Sentence);

public static class Actions
{
    public static readonly Happening OrganisationAdded = new("ORGANISATION_ADDED", "ADMIN", "Organisme ajouté");
    public static readonly Happening ProfileChanged = new("PROFILE_CHANGED", "ADMIN", "Profil modifié");
    public static readonly Happening UnitAdded = new("UNIT_ADDED", "ADMIN", "Service ajouté");
    public static readonly Happening UnitChanged = new("UNIT_CHANGED", "ADMIN", "Service modifié");
    public static readonly Happening AreaAdded = new("AREA_ADDED", "ADMIN", "Espace mutualisé ajouté");
    public static readonly Happening AreaLeft = new("AREA_LEFT", "ADMIN", "Sortie de l’espace mutualisé");
    public static readonly Happening AreaJoined = new("AREA_JOINED", "ADMIN", "Entrée dans l’espace mutualisé");
    public static readonly Happening PersonAdded = new("PERSON_ADDED", "ADMIN", "Personne ajoutée");
    public static readonly Happening Appointed = new("APPOINTED", "ADMIN", "Désignation enregistrée");
    public static readonly Happening AppointmentEnded = new("APPOINTMENT_ENDED", "ADMIN", "Désignation terminée");
    public static readonly Happening MailTriedAgain = new("MAIL_TRIED_AGAIN", "ADMIN", "Courriers remis à l’envoi");
    public static readonly Happening AlertsRaised = new("ALERTS_RAISED", "ACCOUNTABILITY", "Rappels établis");
    public static readonly Happening AlertAcknowledged = new("ALERT_ACKNOWLEDGED", "ACCOUNTABILITY", "Rappel vu");
    public static readonly Happening AccessRefused = new("ACCESS_REFUSED", "SECURITY", "Accès refusé");
    public static readonly Happening RecordAdded = new("RECORD_ADDED", "ACCOUNTABILITY", "Fiche ajoutée");
    public static readonly Happening RecordChanged = new("RECORD_CHANGED", "ACCOUNTABILITY", "Fiche modifiée");
    public static readonly Happening RecordLabelled = new("RECORD_LABELLED", "ACCOUNTABILITY", "Étiquettes modifiées");
    public static readonly Happening RecordSubmitted = new("RECORD_SUBMITTED", "ACCOUNTABILITY", "Soumise au délégué");
    public static readonly Happening ReviewBegun = new("REVIEW_BEGUN", "ACCOUNTABILITY", "Relecture commencée");
    public static readonly Happening ChangesRequested = new("CHANGES_REQUESTED", "ACCOUNTABILITY", "Corrections demandées");
    public static readonly Happening RecordValidated = new("RECORD_VALIDATED", "ACCOUNTABILITY", "Validée par le délégué");
    public static readonly Happening RecordPublished = new("RECORD_PUBLISHED", "ACCOUNTABILITY", "Version publiée");
    public static readonly Happening RevisionOpened = new("REVISION_OPENED", "ACCOUNTABILITY", "Révision ouverte");
    public static readonly Happening RevisionAbandoned = new("REVISION_ABANDONED", "ACCOUNTABILITY", "Révision abandonnée");
    public static readonly Happening RecordArchived = new("RECORD_ARCHIVED", "ACCOUNTABILITY", "Fiche archivée");
    public static readonly Happening RecordAbandoned = new("RECORD_ABANDONED", "ACCOUNTABILITY", "Brouillon abandonné");
    public static readonly Happening RecordReopened = new("RECORD_REOPENED", "ACCOUNTABILITY", "Fiche rouverte");
    public static readonly Happening RecordUndone = new("RECORD_UNDONE", "ACCOUNTABILITY", "Dernier enregistrement annulé");
    public static readonly Happening RecordCopied = new("RECORD_COPIED", "ACCOUNTABILITY", "Fiche ajoutée par copie");
    public static readonly Happening RecordReturned = new("RECORD_RETURNED", "ACCOUNTABILITY", "Retour au texte d’une version");
    public static readonly Happening CommentWritten = new("COMMENT_WRITTEN", "ACCOUNTABILITY", "Commentaire écrit");
    public static readonly Happening CommentSettled = new("COMMENT_SETTLED", "ACCOUNTABILITY", "Commentaire réglé");
    public static readonly Happening RecordConfirmed = new("RECORD_CONFIRMED", "ACCOUNTABILITY", "Confirmée sans changement");
    public static readonly Happening ReviewStated = new("REVIEW_STATED", "ACCOUNTABILITY", "Revue du registre terminée");

    public static readonly Happening RecordExported = new("RECORD_EXPORTED", "SECURITY", "Fiche exportée");
    public static readonly Happening RegisterExported = new("REGISTER_EXPORTED", "SECURITY", "Registre exporté");
    public static readonly Happening RegisterHandedOver = new("REGISTER_HANDED_OVER", "ACCOUNTABILITY", "Registre mis à la disposition d’une autorité");
    public static readonly Happening HandOverDownloaded = new("HAND_OVER_DOWNLOADED", "SECURITY", "Dossier de mise à disposition téléchargé");
    public static readonly Happening ModelTaken = new("MODEL_TAKEN", "ACCOUNTABILITY", "Révision du modèle reprise");
    public static readonly Happening ModelExamined = new("MODEL_EXAMINED", "ACCOUNTABILITY", "Révision du modèle examinée, texte gardé");
    public static readonly Happening ModelAdded = new("MODEL_ADDED", "ADMIN", "Modèle ajouté à la bibliothèque");
    public static readonly Happening ModelChanged = new("MODEL_CHANGED", "ADMIN", "Modèle modifié");
    public static readonly Happening ModelIssued = new("MODEL_ISSUED", "ADMIN", "Révision du modèle publiée");
    public static readonly Happening ModelRetired = new("MODEL_RETIRED", "ADMIN", "Modèle retiré de la bibliothèque");
    public static readonly Happening ModelBroughtBack = new("MODEL_BROUGHT_BACK", "ADMIN", "Modèle remis dans la bibliothèque");
    public static readonly Happening RolloutPrepared = new("ROLLOUT_PREPARED", "ADMIN", "Diffusion préparée");
    public static readonly Happening RolloutStarted = new("ROLLOUT_STARTED", "ADMIN", "Diffusion lancée");
    public static readonly Happening RolloutReached = new("ROLLOUT_REACHED", "ADMIN", "Diffusion : organisme traité");
    public static readonly Happening RolloutEnded = new("ROLLOUT_ENDED", "ADMIN", "Diffusion terminée");
    public static readonly Happening RolloutUndone = new("ROLLOUT_UNDONE", "ADMIN", "Diffusion annulée");
    public static readonly Happening RolloutDropped = new("ROLLOUT_DROPPED", "ADMIN", "Diffusion abandonnée");
    public static readonly Happening OpinionGiven = new("OPINION_GIVEN", "ACCOUNTABILITY", "Avis du délégué donné");
    public static readonly Happening OpinionDecided = new("OPINION_DECIDED", "ACCOUNTABILITY", "Suite donnée à l’avis du délégué");
    public static readonly Happening AssessmentWaived = new("ASSESSMENT_WAIVED", "ACCOUNTABILITY", "Publication sans analyse d’impact décidée");

    public static readonly Happening SystemAdded = new("SYSTEM_ADDED", "ACCOUNTABILITY", "Application ajoutée");
    public static readonly Happening SystemChanged = new("SYSTEM_CHANGED", "ACCOUNTABILITY", "Application modifiée");
    public static readonly Happening ThirdPartyAdded = new("THIRD_PARTY_ADDED", "ACCOUNTABILITY", "Prestataire ajouté");
    public static readonly Happening ThirdPartyChanged = new("THIRD_PARTY_CHANGED", "ACCOUNTABILITY", "Prestataire modifié");
    public static readonly Happening ProcessorActivityAdded = new("PROCESSOR_ACTIVITY_ADDED", "ACCOUNTABILITY", "Activité de sous-traitant ajoutée");
    public static readonly Happening ProcessorActivityChanged = new("PROCESSOR_ACTIVITY_CHANGED", "ACCOUNTABILITY", "Activité de sous-traitant modifiée");
    public static readonly Happening ProcessorActivityEnded = new("PROCESSOR_ACTIVITY_ENDED", "ACCOUNTABILITY", "Activité de sous-traitant terminée");
    public static readonly Happening AgreementAdded = new("JOINT_AGREEMENT_ADDED", "ACCOUNTABILITY", "Accord de responsabilité conjointe ajouté");
    public static readonly Happening AgreementChanged = new("JOINT_AGREEMENT_CHANGED", "ACCOUNTABILITY", "Accord de responsabilité conjointe modifié");

    public static readonly Happening BreachReported = new("BREACH_REPORTED", "ACCOUNTABILITY", "Violation signalée");
    public static readonly Happening IncidentReported = new("INCIDENT_REPORTED", "ACCOUNTABILITY", "Incident signalé");
    public static readonly Happening BreachChanged = new("BREACH_CHANGED", "ACCOUNTABILITY", "Dossier de violation modifié");
    public static readonly Happening BreachMomentsChanged = new("BREACH_MOMENTS_CHANGED", "ACCOUNTABILITY", "Moments de la violation corrigés");
    public static readonly Happening BreachAssessed = new("BREACH_ASSESSED", "ACCOUNTABILITY", "Risque de la violation évalué");
    public static readonly Happening BreachStepped = new("BREACH_STEPPED", "ACCOUNTABILITY", "Violation : étape franchie");
    public static readonly Happening BreachNotified = new("BREACH_NOTIFIED", "ACCOUNTABILITY", "Notification à la CNIL enregistrée");
    public static readonly Happening BreachPeopleTold = new("BREACH_PEOPLE_TOLD", "ACCOUNTABILITY", "Communication aux personnes enregistrée");
    public static readonly Happening BreachNoted = new("BREACH_NOTED", "ACCOUNTABILITY", "Suivi de la violation complété");
    public static readonly Happening ProviderIncidentReported = new("PROVIDER_INCIDENT_REPORTED", "ACCOUNTABILITY", "Incident signalé aux collectivités");
    public static readonly Happening ProviderIncidentChanged = new("PROVIDER_INCIDENT_CHANGED", "ACCOUNTABILITY", "Faits de l’incident partagés");
    // The two lines that a provider writes into the chain of a body it serves: the database lets no other pass.
    public static readonly Happening ProviderIncidentReached = new("PROVIDER_INCIDENT_REACHED", "ACCOUNTABILITY", "Violation signalée par un prestataire");
    public static readonly Happening ProviderIncidentShared = new("PROVIDER_INCIDENT_SHARED", "ACCOUNTABILITY", "Faits nouveaux du prestataire");
    public static readonly Happening BreachRegisterExported = new("BREACH_REGISTER_EXPORTED", "SECURITY", "Registre des violations exporté");
    public static readonly Happening RequestReceived = new("REQUEST_RECEIVED", "ACCOUNTABILITY", "Demande de droits enregistrée");
    public static readonly Happening RequestStepped = new("REQUEST_STEPPED", "ACCOUNTABILITY", "Demande de droits : étape franchie");
    public static readonly Happening RequestSearchAsked = new("REQUEST_SEARCH_ASKED", "ACCOUNTABILITY", "Demande de droits : recherche demandée");
    public static readonly Happening RequestSearchAnswered = new("REQUEST_SEARCH_ANSWERED", "ACCOUNTABILITY", "Demande de droits : résultat de recherche noté");
    public static readonly Happening RequestSearchWithdrawn = new("REQUEST_SEARCH_WITHDRAWN", "ACCOUNTABILITY", "Demande de droits : recherche abandonnée");
    public static readonly Happening RequestRead = new("REQUEST_READ", "ACCESS", "Demande de droits consultée");
    public static readonly Happening RequestMessageReceived = new("REQUEST_MESSAGE_RECEIVED", "ACCOUNTABILITY", "Demande de droits : message de la personne");
    public static readonly Happening RequestMessageSent = new("REQUEST_MESSAGE_SENT", "ACCOUNTABILITY", "Demande de droits : message à la personne");
    public static readonly Happening RequestFileReceived = new("REQUEST_FILE_RECEIVED", "ACCOUNTABILITY", "Demande de droits : fichier reçu");
    public static readonly Happening RequestFileJudged = new("REQUEST_FILE_JUDGED", "SECURITY", "Demande de droits : fichier analysé");
    public static readonly Happening RequestFileTaken = new("REQUEST_FILE_TAKEN", "ACCESS", "Demande de droits : fichier téléchargé");
    public static readonly Happening RequestFileErased = new("REQUEST_FILE_ERASED", "ACCOUNTABILITY", "Demande de droits : fichier effacé");
    public static readonly Happening RequestLinkSent = new("REQUEST_LINK_SENT", "ACCESS", "Demande de droits : lien de suivi envoyé");
    public static readonly Happening RequestLinkUsed = new("REQUEST_LINK_USED", "ACCESS", "Demande de droits : lien de suivi ouvert");
    public static readonly Happening ProviderRequestPrepared = new("PROVIDER_REQUEST_PREPARED", "ACCOUNTABILITY", "Demande au prestataire préparée");
    public static readonly Happening ProviderRequestChanged = new("PROVIDER_REQUEST_CHANGED", "ACCOUNTABILITY", "Brouillon de demande modifié");
    public static readonly Happening ProviderRequestSubmitted = new("PROVIDER_REQUEST_SUBMITTED", "ACCOUNTABILITY", "Demande transmise au prestataire");
    public static readonly Happening ProviderRequestRejected = new("PROVIDER_REQUEST_REJECTED", "SECURITY", "Demande au prestataire rejetée : demandeur non habilité");
    public static readonly Happening ProviderRequestStepped = new("PROVIDER_REQUEST_STEPPED", "ACCOUNTABILITY", "Demande au prestataire : étape franchie");
    public static readonly Happening ProviderRequestNoted = new("PROVIDER_REQUEST_NOTED", "ACCOUNTABILITY", "Action de restauration notée");
    public static readonly Happening ProviderRequestNotified = new("PROVIDER_REQUEST_NOTIFIED", "ACCOUNTABILITY", "Réponse du prestataire notifiée au demandeur");
    public static readonly Happening ProviderRequestTold = new("PROVIDER_REQUEST_TOLD", "ACCOUNTABILITY", "Restauration du prestataire annoncée à l’organisme");
    public static readonly Happening ProviderRequestArchived = new("PROVIDER_REQUEST_ARCHIVED", "ACCOUNTABILITY", "Demande au prestataire archivée");
    public static readonly Happening ProviderRequestsExported = new("PROVIDER_REQUESTS_EXPORTED", "SECURITY", "Journal des demandes au prestataire exporté");
    public static readonly Happening AuthorityRequestReceived = new("AUTHORITY_REQUEST_RECEIVED", "ACCOUNTABILITY", "Requête d’une autorité reçue");
    public static readonly Happening AuthorityRequestStepped = new("AUTHORITY_REQUEST_STEPPED", "ACCOUNTABILITY", "Requête d’une autorité : étape franchie");
    public static readonly Happening AgedAway = new("AGED_AWAY", "ACCOUNTABILITY", "Données arrivées au terme de leur conservation, effacées");
    public static readonly Happening ConventionAdded = new("CONVENTION_ADDED", "ACCOUNTABILITY", "Convention ajoutée");
    public static readonly Happening ConventionChanged = new("CONVENTION_CHANGED", "ACCOUNTABILITY", "Texte de la convention modifié");
    public static readonly Happening ConventionDeliberated = new("CONVENTION_DELIBERATED", "ACCOUNTABILITY", "Convention délibérée");
    public static readonly Happening ConventionSigned = new("CONVENTION_SIGNED", "ACCOUNTABILITY", "Convention signée");
    public static readonly Happening ConventionInForce = new("CONVENTION_IN_FORCE", "ACCOUNTABILITY", "Convention entrée en vigueur");
    public static readonly Happening ConventionRenewed = new("CONVENTION_RENEWED", "ACCOUNTABILITY", "Convention reconduite tacitement");
    public static readonly Happening NoticeGiven = new("CONVENTION_NOTICE", "ACCOUNTABILITY", "Préavis donné");
    public static readonly Happening NoticeVoid = new("CONVENTION_NOTICE_VOID", "ACCOUNTABILITY", "Préavis sans effet, gardé");
    public static readonly Happening NoticeWithdrawn = new("CONVENTION_NOTICE_WITHDRAWN", "ACCOUNTABILITY", "Préavis retiré");
    public static readonly Happening ConventionTerminated = new("CONVENTION_TERMINATED", "ACCOUNTABILITY", "Fin de la convention");
    public static readonly Happening ReversibilityOpened = new("CONVENTION_REVERSIBILITY", "ACCOUNTABILITY", "Réversibilité ouverte");
    public static readonly Happening DataReturned = new("CONVENTION_DATA_RETURNED", "ACCOUNTABILITY", "Données restituées");
    public static readonly Happening DestructionProvided = new("CONVENTION_DESTRUCTION_PROVIDED", "ACCOUNTABILITY", "Preuve de destruction fournie");
    public static readonly Happening DestructionAccepted = new("CONVENTION_DESTRUCTION_ACCEPTED", "ACCOUNTABILITY", "Preuve de destruction acceptée");
    public static readonly Happening ConventionClosed = new("CONVENTION_CLOSED", "ACCOUNTABILITY", "Convention close");
    public static readonly Happening ConventionAbandoned = new("CONVENTION_ABANDONED", "ACCOUNTABILITY", "Projet de convention abandonné");
    public static readonly Happening ConventionEvaluated = new("CONVENTION_EVALUATED", "ACCOUNTABILITY", "Convention évaluée");
    public static readonly Happening ConventionAmended = new("CONVENTION_AMENDED", "ACCOUNTABILITY", "Avenant enregistré");
    public static readonly Happening ObligationProved = new("OBLIGATION_PROVED", "ACCOUNTABILITY", "Preuve d’une obligation enregistrée");
    public static readonly Happening ProofWithdrawn = new("OBLIGATION_PROOF_WITHDRAWN", "ACCOUNTABILITY", "Preuve d’une obligation retirée");
    public static readonly Happening MeetingPlanned = new("CONVENTION_MEETING_PLANNED", "ACCOUNTABILITY", "Réunion d’une convention prévue");
    public static readonly Happening MeetingChanged = new("CONVENTION_MEETING_CHANGED", "ACCOUNTABILITY", "Réunion d’une convention mise à jour");
    public static readonly Happening MatrixStarted = new("MATRIX_STARTED", "ACCOUNTABILITY", "Matrice de responsabilités commencée");
    public static readonly Happening MatrixChanged = new("MATRIX_CHANGED", "ACCOUNTABILITY", "Ligne de la matrice enregistrée");
    public static readonly Happening MatrixRowRemoved = new("MATRIX_ROW_REMOVED", "ACCOUNTABILITY", "Ligne de la matrice retirée");
    public static readonly Happening MatrixIssued = new("MATRIX_ISSUED", "ACCOUNTABILITY", "Version de la matrice publiée");
    public static readonly Happening ConventionRecomputed = new("CONVENTION_RECOMPUTED", "ACCOUNTABILITY", "Échéances de la convention recalculées");
    public static readonly Happening PublicRegisterChanged = new("PUBLIC_REGISTER_CHANGED", "ACCOUNTABILITY", "Réglages du registre public modifiés");
    public static readonly Happening SheetHidden = new("SHEET_HIDDEN", "ACCOUNTABILITY", "Fiche masquée du registre public");
    public static readonly Happening SheetShown = new("SHEET_SHOWN", "ACCOUNTABILITY", "Fiche remise dans le registre public");
    public static readonly Happening Article28Checked = new("ARTICLE28_CHECKED", "ACCOUNTABILITY", "Clauses de l’article 28 contrôlées");
    public static readonly Happening EngagementAdded = new("ENGAGEMENT_ADDED", "ACCOUNTABILITY", "Recours à un sous-traitant décrit");
    public static readonly Happening EngagementChanged = new("ENGAGEMENT_CHANGED", "ACCOUNTABILITY", "Recours à un sous-traitant modifié");
    public static readonly Happening SubProcessorAnnounced = new("SUB_PROCESSOR_ANNOUNCED", "ACCOUNTABILITY", "Sous-traitant ultérieur annoncé");
    public static readonly Happening SubProcessorAccepted = new("SUB_PROCESSOR_ACCEPTED", "ACCOUNTABILITY", "Sous-traitant ultérieur accepté");
    public static readonly Happening SubProcessorObjected = new("SUB_PROCESSOR_OBJECTED", "ACCOUNTABILITY", "Opposition à un sous-traitant ultérieur");
    public static readonly Happening SubProcessorUnopposed = new("SUB_PROCESSOR_UNOPPOSED", "ACCOUNTABILITY", "Sous-traitant ultérieur accepté, sans objection");
    public static readonly Happening ControlAttested = new("CONTROL_ATTESTED", "ACCOUNTABILITY", "Contrôle attesté");
    public static readonly Happening AttestationWithdrawn = new("CONTROL_ATTESTATION_WITHDRAWN", "ACCOUNTABILITY", "Attestation d’un contrôle retirée");
    public static readonly Happening PatchRecorded = new("PATCH_RECORDED", "ACCOUNTABILITY", "Correctif enregistré");
    public static readonly Happening PatchApplied = new("PATCH_APPLIED", "ACCOUNTABILITY", "Correctif appliqué");
    public static readonly Happening PriceRevised = new("CONVENTION_PRICE_REVISED", "ACCOUNTABILITY", "Révision de prix enregistrée");

    public static IReadOnlyList<Happening> All { get; } =
        [.. typeof(Actions).GetFields().Select(field => field.GetValue(null)).OfType<Happening>()];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(happening => happening.Sentence).Distinct()];

    private static readonly Dictionary<string, Happening> ByCode = All.ToDictionary(happening => happening.Code);

    /// <summary>The sentence of a code; a code of another release is shown as it is.</summary>
    public static string Sentence(string code) => ByCode.TryGetValue(code, out var happening) ? happening.Sentence : code;
}
