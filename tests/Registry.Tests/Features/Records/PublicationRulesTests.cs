using Registry.Features.Records;

namespace Registry.Tests.Features.Records;

public sealed class PublicationRulesTests
{
    private static Sheet Complete() => SampleSheets.Completed(RecordModels.Find("MEDIATHEQUE")!);

    private static PublicationOutcome Judge(Sheet sheet, PublicationContext? context = null) =>
        PublicationRules.Judge(sheet, context ?? SampleSheets.Appointed);

    [Fact]
    public void There_are_twenty_rules_in_their_order() =>
        Assert.Equal(Enumerable.Range(1, 20).Select(number => $"V-{number:00}"), PublicationRules.All.Select(rule => rule.Id));

    [Fact]
    public void A_complete_sheet_meets_all_rules()
    {
        var outcome = Judge(Complete());
        Assert.Empty(outcome.Messages);
        Assert.Equal((20, 100), (outcome.Met, outcome.Percent));
    }

    public static TheoryData<string, string, string, Action<Sheet>> Faults => new()
    {
        { "V-01", "finalites:Purpose", "Décrivez la finalité en une phrase.", s => s.Purposes.Purpose = " " },
        { "V-02", "finalites:LegalBases", "Choisissez au moins une base légale.", s => s.Purposes.LegalBases.Clear() },
        { "V-02", "finalites:LegalBases[1].Basis", "Choisissez la base légale n° 2 ou retirez-la.", s => s.Purposes.LegalBases = [new() { Basis = "CONTRACT" }, new() { Reference = "x" }] },
        { "V-02", "finalites:LegalBases[0].Reference", "Indiquez le texte qui impose ce traitement à l’organisme.", s => s.Purposes.LegalBases = [new() { Basis = "LEGAL_OBLIGATION" }] },
        { "V-02", "finalites:LegalBases[1].Reference", "Indiquez le texte qui confie cette mission à l’organisme.", s => s.Purposes.LegalBases = [new() { Basis = "CONTRACT" }, new() { Basis = "PUBLIC_TASK" }] },
        { "V-03", "personnes:DataSubjects", "Choisissez au moins une catégorie de personnes.", s => s.People.DataSubjects.Clear() },
        { "V-04", "personnes:DataCategories", "Ajoutez au moins une catégorie de données.", s => s.People.DataCategories.Clear() },
        { "V-04", "personnes:DataCategories[1].RetentionRule", "Choisissez la durée de conservation des données « Coordonnées ».", s => s.People.DataCategories[1].RetentionRule = "gone" },
        { "V-05", "conservation:Rules[0].ActiveDuration", "Indiquez la durée en base active de « Fiche lecteur », ou le critère qui la fixe.", s => (s.Retention.Rules[0].ActiveDuration, s.Retention.Rules[0].ActiveCriterion) = (null, null) },
        { "V-05", "conservation:Rules[0].ActiveTrigger", "Dites à partir de quand court la durée de « Fiche lecteur ».", s => (s.Retention.Rules[0].ActiveTrigger, s.Retention.Rules[0].ActiveCriterion) = (null, null) },
        { "V-05", "conservation:Rules[1].Final", "Choisissez le sort final de « Détail des prêts ».", s => s.Retention.Rules[1].Final = null },
        { "V-05", "conservation:Rules[1].Final", "Choisissez le sort final de « n° 2 ».", s => (s.Retention.Rules[1].Final, s.Retention.Rules[1].Scope) = (null, null) },
        { "V-06", "destinataires:Recipients", "Ajoutez au moins un destinataire.", s => s.Recipients.Recipients.Clear() },
        { "V-06", "destinataires:Recipients[0].Label", "Nommez le destinataire n° 1.", s => s.Recipients.Recipients[0].Label = null },
        { "V-06", "destinataires:Recipients[0].Kind", "Choisissez la nature du destinataire « agents ».", s => s.Recipients.Recipients = [new() { Label = "agents" }] },
        { "V-07", "transferts:Transfers", "Dites si des données sortent de l’Union européenne.", s => s.Transfers.Transfers.Clear() },
        { "V-07", "transferts:Transfers[0].Country", "Indiquez le pays du transfert n° 1.", s => s.Transfers.Transfers = [new() { Mechanism = "SCC" }] },
        { "V-07", "transferts:Transfers[0].Mechanism", "Choisissez la garantie du transfert n° 1.", s => s.Transfers.Transfers = [new() { Country = "US" }] },
        { "V-07", "transferts:Transfers", "Retirez « aucun transfert » ou les transferts décrits : les deux se contredisent.", s => s.Transfers.Transfers.Add(new() { Mechanism = "SCC", Country = "US" }) },
        { "V-08", "securite:Measures", "Indiquez au moins une mesure technique déjà en place ou attestée.", s => s.Security.Measures.RemoveAll(row => row.Measure!.StartsWith("TEC_", StringComparison.Ordinal)) },
        { "V-08", "securite:Measures", "Indiquez au moins une mesure d’organisation déjà en place ou attestée.", s => s.Security.Measures.FindAll(row => row.Measure!.StartsWith("ORG_", StringComparison.Ordinal)).ForEach(row => row.Status = "PARTIAL") },
        { "V-09", "sensibles:SpecialPresent", "Dites si la fiche contient des données sensibles.", s => s.Sensitive.SpecialPresent = null },
        { "V-09", "sensibles:SpecialPresent", "La fiche utilise des données sensibles (Santé) : répondez « oui » à la question sur les données sensibles.", s => s.People.DataCategories[0].Category = "HEALTH" },
        { "V-09", "sensibles:SpecialCategories", "Dites quelles données sensibles sont utilisées, ou répondez « non ».", s => (s.Sensitive.SpecialPresent, s.Sensitive.Article9Condition, s.Sensitive.SpecialReference) = (true, "G", "loi") },
        { "V-09", "sensibles:Article9Condition", "Choisissez la condition de l’article 9 qui permet d’utiliser ces données sensibles.", s => (s.Sensitive.SpecialPresent, s.Sensitive.SpecialCategories, s.Sensitive.SpecialReference) = (true, ["HEALTH"], "loi") },
        { "V-09", "sensibles:SpecialReference", "Indiquez le texte ou l’acte qui permet d’utiliser ces données sensibles.", s => (s.Sensitive.SpecialPresent, s.Sensitive.SpecialCategories, s.Sensitive.Article9Condition) = (true, ["HEALTH"], "G") },
        { "V-10", "sensibles:NirUsed", "Dites si le numéro de sécurité sociale est utilisé.", s => s.Sensitive.NirUsed = null },
        { "V-10", "sensibles:NirUsed", "La fiche utilise le numéro de sécurité sociale : répondez « oui » à cette question.", s => s.People.DataCategories[0].Category = "NIR" },
        { "V-10", "personnes:DataCategories", "Ajoutez le numéro de sécurité sociale aux catégories de données, ou dites qu’il n’est pas utilisé.", s => (s.Sensitive.NirUsed, s.Sensitive.NirReference) = (true, "décret n° 2019-341") },
        { "V-10", "sensibles:NirReference", "Indiquez le texte qui autorise l’usage du numéro de sécurité sociale.", s => (s.Sensitive.NirUsed, s.People.DataCategories[0].Category) = (true, "NIR") },
        { "V-11", "sensibles:OffencesPresent", "Dites si la fiche contient des données d’infraction.", s => s.Sensitive.OffencesPresent = null },
        { "V-11", "sensibles:OffencesPresent", "La fiche utilise des données d’infraction : répondez « oui » à cette question.", s => s.People.DataCategories[0].Category = "OFFENCES" },
        { "V-11", "sensibles:OffencesBasis", "Choisissez le fondement qui permet d’utiliser des données d’infraction.", s => (s.Sensitive.OffencesPresent, s.Sensitive.OffencesReference, s.People.DataCategories[0].Category) = (true, "CSI", "OFFENCES") },
        { "V-11", "sensibles:OffencesReference", "Indiquez le texte qui permet d’utiliser des données d’infraction.", s => (s.Sensitive.OffencesPresent, s.Sensitive.OffencesBasis, s.People.DataCategories[0].Category) = (true, "TITLE_III", "OFFENCES") },
        { "V-12", "finalites:ConsentMeans", "Dites comment le consentement est recueilli.", s => (s.Purposes.LegalBases[0].Basis, s.Purposes.WithdrawalMeans, s.Purposes.MinorsConsent) = ("CONSENT", "lien", "case des parents") },
        { "V-12", "finalites:WithdrawalMeans", "Dites comment le consentement se retire.", s => (s.Purposes.LegalBases[0].Basis, s.Purposes.ConsentMeans, s.Purposes.MinorsConsent) = ("CONSENT", "case", "case des parents") },
        { "V-13", "aipd:Conclusion", "Concluez le pré-examen : une analyse d’impact est-elle requise ?", s => s.Dpia.Conclusion = null },
        { "V-13", "aipd:DecidedOn", "Datez la conclusion du pré-examen.", s => s.Dpia.DecidedOn = null },
        { "V-13", "aipd:Reason", "Expliquez pourquoi la conclusion diffère de la proposition « Non requise ».", s => (s.Dpia.Conclusion, s.Dpia.Reason, s.Dpia.Criteria) = ("RECOMMENDED", null, []) },
        { "V-14", "aipd:DpiaStatus", "Faites valider l’analyse d’impact, ou demandez au représentant du responsable de décider de publier sans elle.", s => (s.Dpia.Conclusion, s.Dpia.Reason, s.Dpia.DpiaStatus) = ("REQUIRED_CRITERIA", "deux critères", "CNIL_CONSULTED") },
        { "V-15", "sous-traitants:Processors[0].ContractReference", "Indiquez la convention ou le contrat avec « Éditeur ».", s => s.Processors.Processors = [new() { Name = "Éditeur", Art28Checked = true }] },
        { "V-15", "sous-traitants:Processors[0].Art28Checked", "Vérifiez les clauses de l’article 28 avec « Éditeur ».", s => s.Processors.Processors = [new() { Name = "Éditeur", ContractReference = "C-001", Art28Checked = false }] },
        { "V-15", "sous-traitants:Processors[0].Name", "Nommez le sous-traitant n° 1.", s => s.Processors.Processors = [new() { ContractReference = "C-001", Art28Checked = true }] },
        { "V-16", "information:NoticeReference", "Indiquez où se trouve la mention d’information, ou le motif de dispense.", s => s.Information.NoticeReference = null },
        { "V-17", "identification:JointArrangement", "Indiquez l’accord de responsabilité conjointe.", s => (s.Identification.GdprRole, s.Identification.JointControllers) = ("JOINT_CONTROLLER", ["Métropole"]) },
        { "V-17", "identification:JointControllers", "Nommez les autres responsables conjoints.", s => (s.Identification.GdprRole, s.Identification.JointArrangement) = ("JOINT_CONTROLLER", "accord du 3 mars 2025") },
        { "V-19", "publication:Exemption30_5Note", "Joignez la note du délégué sur la dispense de l’article 30 §5, ou renoncez à la dispense.", s => s.Publication.Exemption30_5 = true },
    };

    [Theory, MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void One_fault_gives_one_message_that_says_where_and_what_to_do(string rule, string place, string message, Action<Sheet> fault)
    {
        var sheet = Complete();
        fault(sheet);
        var outcome = Judge(sheet);
        var only = Assert.Single(outcome.Messages);
        Assert.Equal((rule, place, message, true), (only.RuleId, $"{only.SectionKey}:{only.FieldPath}", only.Message, only.Blocking));
        Assert.Equal((19, 95), (outcome.Met, outcome.Percent));
        Assert.False(outcome.MayValidate);
        Assert.Equal(!PublicationRules.ForSubmission.Contains(rule), outcome.MaySubmit);
        Assert.NotNull(SheetLabels.Field(only.SectionKey!, only.FieldPath));
        Assert.False(outcome.IsComplete(only.SectionKey!));
    }

    [Fact]
    public void A_sheet_without_any_duration_says_so()
    {
        var sheet = Complete();
        sheet.Retention.Rules.Clear();
        Assert.Contains(Judge(sheet).Messages, message => message is { RuleId: "V-05", FieldPath: "Rules" });
    }

    [Fact]
    public void Missing_clauses_of_article_28_are_a_warning_that_blocks_nothing()
    {
        var sheet = Complete();
        sheet.Processors.Processors = [new() { Name = "Éditeur", ContractReference = "C-001", Art28Checked = true, Art28Missing = ["AUDIT"] }];
        var outcome = Judge(sheet);
        Assert.Equal(("V-15", false), (Assert.Single(outcome.Messages).RuleId, outcome.Messages[0].Blocking));
        Assert.True(outcome.MayValidate);
        sheet.Processors.Processors[0].Art28Missing.Clear();
        Assert.Empty(Judge(sheet).Messages);
    }

    [Fact]
    public void Legitimate_interests_of_a_public_authority_warn_until_the_DPO_has_given_an_opinion()
    {
        var sheet = Complete();
        sheet.Purposes.LegalBases[0].Basis = "LEGITIMATE_INTERESTS";
        var outcome = Judge(sheet);
        Assert.Equal(("V-18", false), (Assert.Single(outcome.Messages).RuleId, outcome.Messages[0].Blocking));
        Assert.Empty(Judge(sheet, SampleSheets.Appointed with { DpoOpinionGiven = true }).Messages);
        Assert.Empty(Judge(sheet, SampleSheets.Appointed with { IsPublicAuthority = false }).Messages);
    }

    [Fact]
    public void A_purpose_that_differs_from_the_version_in_force_must_be_explained()
    {
        var context = SampleSheets.Appointed with { InForce = Complete() };
        var sheet = Complete();
        Assert.Empty(Judge(sheet, context).Messages);
        sheet.Purposes.Purpose += " et animer";
        Assert.Equal("Expliquez pourquoi la finalité change.", Assert.Single(Judge(sheet, context).Messages).Message);
        sheet.Purposes.PurposeChangeNote = "Les animations prolongent le prêt.";
        Assert.Empty(Judge(sheet, context).Messages);
    }

    [Fact]
    public void A_signed_waiver_stands_in_for_a_missing_assessment_and_stays_visible()
    {
        var sheet = Complete();
        (sheet.Dpia.Conclusion, sheet.Dpia.Reason) = ("REQUIRED_CRITERIA", "deux critères");
        sheet.Dpia.WaiverReason = "Analyse prévue au second semestre, décision du maire.";
        Assert.Equal("V-14", Assert.Single(Judge(sheet).Messages).RuleId);  // a reason that nobody signed is no waiver
        Assert.False(sheet.Dpia.Waived);
        sheet.Dpia.WaivedBy = "La maire";
        Assert.Empty(Judge(sheet).Messages);
        Assert.True(sheet.Dpia.Waived);
        sheet.Dpia.DpiaStatus = "VALIDATED";
        Assert.False(sheet.Dpia.Waived);
    }

    [Fact]
    public void Without_DPO_and_representative_nothing_is_published()
    {
        var outcome = Judge(Complete(), new PublicationContext());
        Assert.Equal(2, outcome.Messages.Count);
        Assert.All(outcome.Messages, message => Assert.Equal(("V-20", null), (message.RuleId, message.SectionKey)));
        Assert.Equal(19, outcome.Met);
        Assert.True(outcome.MaySubmit);
        Assert.False(outcome.MayValidate);
    }

    [Fact]
    public void The_number_of_the_body_is_asked_at_publication_and_by_no_rule_of_the_sheet()
    {
        var outcome = Judge(Complete(), SampleSheets.Appointed with { HasSiren = false });
        Assert.Equal((20, 100, true, false), (outcome.Met, outcome.Percent, outcome.MayValidate, outcome.MayPublish));
        Assert.Equal(("profil", true), (Assert.Single(outcome.BodyLacks).Page, outcome.BodyLacks[0].Blocking));
        Assert.True(Judge(Complete()).MayPublish);
    }

    [Fact]
    public void No_sheet_however_odd_upsets_the_rules() =>
        Assert.All(Enumerable.Range(0, 300), seed =>
        {
            var outcome = Judge(SampleSheets.Random(seed), new PublicationContext { InForce = SampleSheets.Random(seed + 1) });
            Assert.InRange(outcome.Met, 0, 19);
            Assert.All(outcome.Messages, message => Assert.DoesNotContain("{", message.Message));
        });

    [Fact]
    public void Every_message_belongs_to_a_section_and_is_listed_for_translation()
    {
        foreach (var check in PublicationRules.All.SelectMany(rule => rule.Checks))
        {
            Assert.True(check.SectionKey is null || SheetSections.Find(check.SectionKey) is not null, check.MessageKey);
            Assert.Contains(check.MessageKey, PublicationRules.AllMessageKeys);
            Assert.Contains(check.FixLabelKey, PublicationRules.AllMessageKeys);
        }
    }
}
