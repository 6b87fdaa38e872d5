namespace Registry.Features.Records;

/// <summary>One starter sheet. What it proposes is a draft: durations to confirm, measures planned and not in place, no conclusion drawn for anybody.</summary>
public sealed class RecordModel
{
    private readonly ModelText _text;

    internal RecordModel(ModelText text) => _text = text;

    public string Code => _text.Code;
    public string Domain => _text.Domain;
    public string TitleFr => _text.TitleFr;
    public string TitleEn => _text.TitleEn;
    public IReadOnlyList<string> OrganisationTypes => _text.OrganisationTypes;
    public string Unit => _text.ServiceFr;
    public string PurposeFr => _text.PurposeFr;
    public string PurposeEn => _text.PurposeEn;
    public IReadOnlyList<string> WatchPoints => _text.WatchPointsFr;

    /// <summary>Kinds of provider to think of. Never copied as processors: a sheet names who really works for the organisation.</summary>
    public IReadOnlyList<string> TypicalProcessors => _text.ProcessorsTypicalFr;

    public IReadOnlyList<string> TypicalJointControllers => _text.JointControllersFr;

    public string? TransferNote => _text.Transfers.NoteFr;

    /// <summary>What the library thinks of an impact assessment; a person concludes (V-13).</summary>
    public string ProposedDpiaConclusion => _text.Dpia.Conclusion;

    public bool Suits(string organisationType) =>
        _text.OrganisationTypes.Contains(organisationType) || (organisationType == "COMMUNE_NOUVELLE" && _text.OrganisationTypes.Contains("COMMUNE"));

    public Sheet ToSheet()
    {
        var rules = _text.Retention.Select(Rule).ToList();
        return new Sheet
        {
            ModelCode = _text.Code,
            Identification = new() { Title = _text.TitleFr, Domain = _text.Domain, Unit = _text.ServiceFr, GdprRole = _text.GdprRole },
            Purposes = new()
            {
                Purpose = _text.PurposeFr,
                SubPurposes = [.. _text.SubPurposesFr],
                LegalBases = [.. _text.LegalBases.Select(basis => new LegalBasisRow { Basis = basis.Basis, Reference = basis.ReferenceFr })],
            },
            People = new()
            {
                DataSubjects = [.. _text.DataSubjects.Select(Subject)],
                DataCategories = [.. _text.DataCategories.Select(data => new DataCategoryRow
                {
                    Category = data.Category,
                    Detail = data.DetailFr,
                    Source = data.Source,
                    Mandatory = data.Mandatory,
                    RetentionRule = rules[0].Id,
                })],
            },
            Sensitive = new()
            {
                SpecialPresent = _text.SpecialCategories.Present,
                SpecialCategories = [.. _text.SpecialCategories.Categories],
                Article9Condition = _text.SpecialCategories.Article9Condition,
                SpecialReference = _text.SpecialCategories.ReferenceFr,
                NirUsed = _text.Nir.Used,
                NirReference = _text.Nir.ReferenceFr,
                OffencesPresent = _text.Offences.Used,
                OffencesBasis = _text.Offences.Used ? _text.Offences.Basis : null,
                OffencesReference = _text.Offences.ReferenceFr,
            },
            Retention = new() { Rules = rules },
            Recipients = new() { Recipients = [.. _text.Recipients.Select(one => new RecipientRow { Kind = one.Kind, Label = one.LabelFr })] },
            Transfers = new() { Transfers = [new TransferRow { Mechanism = _text.Transfers.Mechanism, DerogationNote = _text.Transfers.NoteFr }] },
            Security = new()
            {
                Measures = [.. _text.SecurityMeasures.Organisational.Concat(_text.SecurityMeasures.Technical)
                    .Select(measure => new MeasureRow { Measure = measure, Status = "PLANNED" })],
            },
            Information = new() { Channels = [.. _text.Information.Channels], RightsNotes = _text.RightsNotesFr },
            Dpia = Screening(_text.Dpia),
            Publication = new() { ReviewEveryMonths = PublicationSection.UsualReviewMonths, PublicVisibility = "PUBLISHED" },
        };
    }

    private static DataSubjectRow Subject(string category) => new()
    {
        Category = category,
        Minors = category == "MINORS",
        Vulnerable = category is "ELDERLY" or "DISABLED" or "VULNERABLE",
    };

    private static RetentionRule Rule(ModelRetention model, int index)
    {
        // "Exercice, 10 ans, puis 10 ans": where the text of the active stage gives no number and a second stage follows, the library
        // repeats the whole period in the first stage. Adding the two would keep the data twice as long as the source says.
        var words = model.Active.TextFr ?? "";
        var activeIsOnlyWords = model.Intermediate.Duration is not null && !words.Any(char.IsDigit);
        var active = activeIsOnlyWords ? null : model.Active.Duration;
        return new RetentionRule
        {
            Id = $"r{index + 1}",
            Scope = model.ScopeFr,
            ActiveDuration = active,
            ActiveCriterion = words.Length == 0 || words == Period.Parse(active)?.InFrench() ? null : words,
            ActiveTrigger = model.Active.Trigger,
            IntermediateDuration = model.Intermediate.Duration,
            IntermediateNote = model.Intermediate.TextFr == Period.Parse(model.Intermediate.Duration)?.InFrench() ? null : model.Intermediate.TextFr,
            Final = model.Final,
            Source = model.SourceFr,
            Confidence = model.Confidence,
        };
    }

    private static DpiaSection Screening(ModelDpia model) => new()
    {
        Criteria = [.. model.Criteria],
        RequiredListHits = model.ListCode?[0] == 'R' ? [model.ListCode] : [],
        ExemptListHits = model.ListCode?[0] == 'N' ? [model.ListCode] : [],
        // The one such model is video surveillance of public places.
        Article35Cases = model.Conclusion == "REQUIRED_ART35_3" ? ["C"] : [],
        LegalAssessment = model.Conclusion == "EXEMPT_LEGAL" ? model.ReasonFr : null,
        Reason = model.ReasonFr,
    };
}
