namespace Registry.Features.Records;

/// <summary>
/// The twenty rules V-01 to V-20: what a sheet must say before it is published. One table, a line for each thing that can be missing;
/// a rule without object (no consent, no transfer, no processor) is met. The words are message keys.
/// </summary>
public static class PublicationRules
{
    private static readonly string[] SpecialData =
        ["HEALTH", "RACIAL_ETHNIC", "POLITICAL", "RELIGIOUS", "TRADE_UNION", "BIOMETRIC", "GENETIC", "SEX_LIFE"];

    public static IReadOnlyList<PublicationRule> All { get; } =
    [
        new("V-01", "La finalité est écrite.", [
            new("finalites", "Décrivez la finalité en une phrase.", "Décrire la finalité",
                s => s.When(Blank(s.Purposes.Purpose), "Purpose")),
            new("finalites", "Expliquez pourquoi la finalité change.", "Expliquer le changement",
                s => s.When(s.PurposeChanged && Blank(s.Purposes.PurposeChangeNote), "PurposeChangeNote"))]),
        new("V-02", "Chaque base légale est choisie et appuyée sur un texte quand il le faut.", [
            new("finalites", "Choisissez au moins une base légale.", "Choisir la base légale",
                s => s.When(s.Purposes.LegalBases.All(row => Blank(row.Basis)), "LegalBases")),
            new("finalites", "Choisissez la base légale n° {0} ou retirez-la.", "Compléter les bases légales",
                s => s.Purposes.LegalBases.Any(row => !Blank(row.Basis)) ? s.Each(s.Purposes.LegalBases, "LegalBases", row => Blank(row.Basis), "Basis") : []),
            new("finalites", "Indiquez le texte qui impose ce traitement à l’organisme.", "Indiquer le texte",
                s => s.Each(s.Purposes.LegalBases, "LegalBases", row => row.Basis == "LEGAL_OBLIGATION" && Blank(row.Reference), "Reference")),
            new("finalites", "Indiquez le texte qui confie cette mission à l’organisme.", "Indiquer le texte",
                s => s.Each(s.Purposes.LegalBases, "LegalBases", row => row.Basis == "PUBLIC_TASK" && Blank(row.Reference), "Reference"))]),
        new("V-03", "Les personnes concernées sont nommées.", [
            new("personnes", "Choisissez au moins une catégorie de personnes.", "Ajouter les personnes",
                s => s.When(s.People.DataSubjects.All(row => Blank(row.Category)), "DataSubjects"))]),
        new("V-04", "Chaque catégorie de données a sa durée de conservation.", [
            new("personnes", "Ajoutez au moins une catégorie de données.", "Ajouter les données",
                s => s.When(s.People.DataCategories.All(row => Blank(row.Category)), "DataCategories")),
            new("personnes", "Choisissez la durée de conservation des données « {0} ».", "Relier les données aux durées",
                s => s.Each(s.People.DataCategories, "DataCategories", row => !Blank(row.Category) && s.Retention.Find(row.RetentionRule) is null, "RetentionRule",
                    row => SheetValues.Label("DataCategory", row.Category)))]),
        new("V-05", "Chaque durée de conservation est complète.", [
            new("conservation", "Ajoutez au moins une durée de conservation.", "Ajouter une durée",
                s => s.When(s.Retention.Rules.Count == 0, "Rules")),
            new("conservation", "Indiquez la durée en base active de « {0} », ou le critère qui la fixe.", "Compléter les durées",
                s => s.Each(s.Retention.Rules, "Rules", rule => Period.Parse(rule.ActiveDuration) is null && Blank(rule.ActiveCriterion), "ActiveDuration", rule => rule.Scope)),
            new("conservation", "Dites à partir de quand court la durée de « {0} ».", "Compléter les durées",
                s => s.Each(s.Retention.Rules, "Rules", rule => Period.Parse(rule.ActiveDuration) is not null && Blank(rule.ActiveCriterion) && Blank(rule.ActiveTrigger), "ActiveTrigger", rule => rule.Scope)),
            new("conservation", "Choisissez le sort final de « {0} ».", "Compléter les durées",
                s => s.Each(s.Retention.Rules, "Rules", rule => Blank(rule.Final), "Final", rule => rule.Scope))]),
        new("V-06", "Les destinataires sont nommés.", [
            new("destinataires", "Ajoutez au moins un destinataire.", "Ajouter un destinataire",
                s => s.When(s.Recipients.Recipients.Count == 0, "Recipients")),
            new("destinataires", "Choisissez la nature du destinataire « {0} ».", "Compléter les destinataires",
                s => s.Each(s.Recipients.Recipients, "Recipients", row => Blank(row.Kind), "Kind", row => row.Label)),
            new("destinataires", "Nommez le destinataire n° {0}.", "Compléter les destinataires",
                s => s.Each(s.Recipients.Recipients, "Recipients", row => Blank(row.Label), "Label"))]),
        new("V-07", "La question des transferts hors de l’Union européenne a sa réponse.", [
            new("transferts", "Dites si des données sortent de l’Union européenne.", "Répondre sur les transferts",
                s => s.When(s.Transfers.Transfers.Count == 0, "Transfers")),
            new("transferts", "Choisissez la garantie du transfert n° {0}.", "Compléter les transferts",
                s => s.Each(s.Transfers.Transfers, "Transfers", row => Blank(row.Mechanism), "Mechanism")),
            new("transferts", "Indiquez le pays du transfert n° {0}.", "Compléter les transferts",
                s => s.Each(s.Transfers.Transfers, "Transfers", row => row.Mechanism != TransfersSection.None && Blank(row.Country), "Country")),
            new("transferts", "Retirez « aucun transfert » ou les transferts décrits : les deux se contredisent.", "Corriger les transferts",
                s => s.When(s.Transfers.Transfers.Count > 1 && s.Transfers.Transfers.Exists(row => row.Mechanism == TransfersSection.None), "Transfers"))]),
        new("V-08", "Une mesure d’organisation et une mesure technique sont en place.", [
            new("securite", "Indiquez au moins une mesure d’organisation déjà en place ou attestée.", "Compléter la sécurité",
                s => s.When(!s.HasMeasure("ORGANISATIONAL"), "Measures")),
            new("securite", "Indiquez au moins une mesure technique déjà en place ou attestée.", "Compléter la sécurité",
                s => s.When(!s.HasMeasure("TECHNICAL"), "Measures"))]),
        new("V-09", "Les données sensibles sont annoncées et justifiées.", [
            new("sensibles", "Dites si la fiche contient des données sensibles.", "Répondre sur les données sensibles",
                s => s.When(s.Sensitive.SpecialPresent is null, "SpecialPresent")),
            new("sensibles", "La fiche utilise des données sensibles ({0}) : répondez « oui » à la question sur les données sensibles.", "Corriger les données sensibles",
                s => s.When(s.Sensitive.SpecialPresent == false && s.SpecialUsed().Any(), "SpecialPresent", s.SpecialLabels())),
            new("sensibles", "Dites quelles données sensibles sont utilisées, ou répondez « non ».", "Préciser les données sensibles",
                s => s.When(s.Sensitive.SpecialPresent == true && !s.SpecialUsed().Any(), "SpecialCategories")),
            new("sensibles", "Choisissez la condition de l’article 9 qui permet d’utiliser ces données sensibles.", "Justifier les données sensibles",
                s => s.When(s.Sensitive.SpecialPresent == true && Blank(s.Sensitive.Article9Condition), "Article9Condition")),
            new("sensibles", "Indiquez le texte ou l’acte qui permet d’utiliser ces données sensibles.", "Justifier les données sensibles",
                s => s.When(s.Sensitive.SpecialPresent == true && Blank(s.Sensitive.SpecialReference), "SpecialReference"))]),
        new("V-10", "Le numéro de sécurité sociale est annoncé et autorisé.", [
            new("sensibles", "Dites si le numéro de sécurité sociale est utilisé.", "Répondre sur le NIR",
                s => s.When(s.Sensitive.NirUsed is null, "NirUsed")),
            new("sensibles", "La fiche utilise le numéro de sécurité sociale : répondez « oui » à cette question.", "Corriger le NIR",
                s => s.When(s.Sensitive.NirUsed == false && s.Uses("NIR"), "NirUsed")),
            new("personnes", "Ajoutez le numéro de sécurité sociale aux catégories de données, ou dites qu’il n’est pas utilisé.", "Ajouter la catégorie",
                s => s.When(s.Sensitive.NirUsed == true && !s.Uses("NIR"), "DataCategories")),
            new("sensibles", "Indiquez le texte qui autorise l’usage du numéro de sécurité sociale.", "Indiquer le texte",
                s => s.When(s.Sensitive.NirUsed == true && Blank(s.Sensitive.NirReference), "NirReference"))]),
        new("V-11", "Les données d’infraction sont annoncées et fondées.", [
            new("sensibles", "Dites si la fiche contient des données d’infraction.", "Répondre sur les infractions",
                s => s.When(s.Sensitive.OffencesPresent is null, "OffencesPresent")),
            new("sensibles", "La fiche utilise des données d’infraction : répondez « oui » à cette question.", "Corriger les infractions",
                s => s.When(s.Sensitive.OffencesPresent == false && s.Uses("OFFENCES"), "OffencesPresent")),
            new("personnes", "Ajoutez les infractions aux catégories de données, ou dites qu’il n’y en a pas.", "Ajouter la catégorie",
                s => s.When(s.Sensitive.OffencesPresent == true && !s.Uses("OFFENCES"), "DataCategories")),
            new("sensibles", "Choisissez le fondement qui permet d’utiliser des données d’infraction.", "Justifier les infractions",
                s => s.When(s.Sensitive.OffencesPresent == true && s.Sensitive.OffencesBasis is null or "" or "NONE", "OffencesBasis")),
            new("sensibles", "Indiquez le texte qui permet d’utiliser des données d’infraction.", "Justifier les infractions",
                s => s.When(s.Sensitive.OffencesPresent == true && Blank(s.Sensitive.OffencesReference), "OffencesReference"))]),
        new("V-12", "Le consentement peut être prouvé et retiré.", [
            new("finalites", "Dites comment le consentement est recueilli.", "Compléter le consentement",
                s => s.When(s.HasBasis("CONSENT") && Blank(s.Purposes.ConsentMeans), "ConsentMeans")),
            new("finalites", "Dites comment le consentement se retire.", "Compléter le consentement",
                s => s.When(s.HasBasis("CONSENT") && Blank(s.Purposes.WithdrawalMeans), "WithdrawalMeans")),
            new("finalites", "Dites comment un parent consent avec l’enfant de moins de quinze ans, ou pourquoi ce n’est pas le cas ici.", "Compléter le consentement",
                s => s.When(s.HasBasis("CONSENT") && s.People.HasMinors && Blank(s.Purposes.MinorsConsent), "MinorsConsent"), Blocking: false)]),
        new("V-13", "Le pré-examen de l’analyse d’impact est conclu.", [
            new("aipd", "Concluez le pré-examen : une analyse d’impact est-elle requise ?", "Conclure le pré-examen",
                s => s.When(Blank(s.Dpia.Conclusion), "Conclusion")),
            new("aipd", "Datez la conclusion du pré-examen.", "Dater la conclusion",
                s => s.When(!Blank(s.Dpia.Conclusion) && s.Dpia.DecidedOn is null, "DecidedOn")),
            new("aipd", "Expliquez pourquoi la conclusion diffère de la proposition « {0} ».", "Expliquer la conclusion",
                s => s.When(!Blank(s.Dpia.Conclusion) && s.Dpia.Conclusion != s.Dpia.Suggestion && Blank(s.Dpia.Reason), "Reason",
                    SheetValues.Label("DpiaConclusion", s.Dpia.Suggestion)))]),
        new("V-14", "L’analyse d’impact requise est validée.", [
            new("aipd", "Faites valider l’analyse d’impact, ou demandez au représentant du responsable de décider de publier sans elle.", "Suivre l’analyse d’impact",
                s => s.When(s.Dpia.Missing && !s.Dpia.Waived, "DpiaStatus"))]),
        new("V-15", "Chaque sous-traitant a un contrat vérifié.", [
            new("sous-traitants", "Nommez le sous-traitant n° {0}.", "Compléter les sous-traitants",
                s => s.Each(s.Processors.Processors, "Processors", row => Blank(row.Name), "Name")),
            new("sous-traitants", "Indiquez la convention ou le contrat avec « {0} ».", "Compléter les sous-traitants",
                s => s.Each(s.Processors.Processors, "Processors", row => Blank(row.ContractReference), "ContractReference", row => row.Name)),
            new("sous-traitants", "Vérifiez les clauses de l’article 28 avec « {0} ».", "Vérifier les clauses",
                s => s.Each(s.Processors.Processors, "Processors", row => row.Art28Checked != true, "Art28Checked", row => row.Name)),
            new("sous-traitants", "Des clauses de l’article 28 manquent dans le contrat avec « {0} » : proposez un avenant.", "Voir les clauses",
                s => s.Each(s.Processors.Processors, "Processors", row => row.Art28Checked == true && row.Art28Missing.Count > 0, "Art28Missing", row => row.Name),
                Blocking: false)]),
        new("V-16", "Les personnes sont informées, ou une dispense est justifiée.", [
            new("information", "Indiquez où se trouve la mention d’information, ou le motif de dispense.", "Joindre la mention",
                s => s.When(Blank(s.Information.NoticeReference) && Blank(s.Information.ExemptionReason), "NoticeReference")),
            new("sensibles", "Expliquez la logique et les conséquences de la décision automatisée : la personne doit les connaître.", "Expliquer la décision",
                s => s.When(s.Sensitive.AutomatedDecision == true && (Blank(s.Sensitive.AutomatedDecisionLogic) || Blank(s.Sensitive.AutomatedDecisionSignificance)), "AutomatedDecisionSignificance"), Blocking: false)]),
        new("V-17", "La responsabilité conjointe repose sur un accord.", [
            new("identification", "Nommez les autres responsables conjoints.", "Compléter la responsabilité conjointe",
                s => s.When(s.IsJoint && s.Identification.JointControllers.Count == 0, "JointControllers")),
            new("identification", "Indiquez l’accord de responsabilité conjointe.", "Compléter la responsabilité conjointe",
                s => s.When(s.IsJoint && Blank(s.Identification.JointArrangement), "JointArrangement"))]),
        new("V-18", "Une autorité publique ne s’appuie pas sur l’intérêt légitime sans l’avis du délégué.", [
            new("finalites", "L’intérêt légitime n’est pas ouvert aux missions d’une autorité publique : demandez l’avis du délégué.", "Revoir la base légale",
                s => s.Context.IsPublicAuthority && !s.Context.DpoOpinionGiven
                    ? s.Each(s.Purposes.LegalBases, "LegalBases", row => row.Basis == "LEGITIMATE_INTERESTS", "Basis") : [],
                Blocking: false)]),
        new("V-19", "La dispense de l’article 30 §5 n’est pas invoquée sans note du délégué.", [
            new("publication", "Joignez la note du délégué sur la dispense de l’article 30 §5, ou renoncez à la dispense.", "Revoir la dispense",
                s => s.When(s.Publication.Exemption30_5 && Blank(s.Publication.Exemption30_5Note), "Exemption30_5Note"))]),
        new("V-20", "Un délégué et un représentant du responsable sont désignés.", [
            new(null, "Désignez le délégué à la protection des données de l’organisme.", "Désigner le délégué", s => s.When(!s.Context.HasDpo, ""), Page: "designations"),
            new(null, "Désignez le représentant du responsable de traitement.", "Désigner le représentant", s => s.When(!s.Context.HasRepresentative, ""), Page: "designations")]),
    ];

    /// <summary>What the register must know of the body itself before a version leaves it (domain §2.1): asked when publishing, not of the sheet.</summary>
    private static readonly PublicationCheck Siren = new(null, "Indiquez le numéro SIREN de l’organisme : il figure sur chaque version publiée.", "Compléter le profil",
        s => s.When(!s.Context.HasSiren, ""), Page: "profil");

    /// <summary>What must hold before the sheet goes to the DPO.</summary>
    public static IReadOnlyList<string> ForSubmission { get; } = ["V-01", "V-02", "V-03", "V-04"];

    public const string CountKey = "{0} règles de publication sur {1} sont remplies";

    /// <summary>Every text of this page, for the test that looks for its English.</summary>
    public static IReadOnlyList<string> AllMessageKeys { get; } =
        [.. All.SelectMany(rule => rule.Checks.SelectMany(check => new[] { check.MessageKey, check.FixLabelKey }).Append(rule.Statement)).Append(CountKey).Append(Siren.MessageKey).Append(Siren.FixLabelKey).Distinct()];

    public static PublicationOutcome Judge(Sheet sheet, PublicationContext context)
    {
        var subject = new PublicationSubject(sheet, context);
        return new PublicationOutcome([.. All.SelectMany(rule => rule.Checks.SelectMany(check => Messages(rule.Id, check, subject)))])
        {
            BodyLacks = [.. Messages("", Siren, subject)],
        };
    }

    private static IEnumerable<PublicationMessage> Messages(string ruleId, PublicationCheck check, PublicationSubject subject) =>
        check.Find(subject).Select(place =>
            new PublicationMessage(ruleId, check.SectionKey, place.Path, check.MessageKey, place.Arguments, check.Blocking, check.FixLabelKey, check.Page));

    internal static bool IsSpecial(string? dataCategory) => SpecialData.Contains(dataCategory);

    private static bool Blank(string? text) => string.IsNullOrWhiteSpace(text);
}
