using System.Globalization;
using System.Text.Json;
using Registry.Features.Conventions;

namespace Registry.Demo;

/// <summary>
/// A convention of the data file as a text of the program. Everything in the file has its field; what the program computes by itself (totals, prices,
/// first month billed) is computed, and a test compares it with what the file says.
/// </summary>
internal static class SeedConvention
{
    public static ConventionSheet Read(JsonElement convention)
    {
        var seed = new Seed(convention);
        return new ConventionSheet
        {
            Subject = Subject(seed), Parties = Parties(seed), Duration = Effect(seed), Termination = Termination(seed), Reversibility = Reversibility(seed.In("reversibility")), Services = Services(seed),
            Correspondent = Correspondent(seed.In("correspondent")), SharedOfficer = SharedOfficer(seed), Security = Security(seed), Prices = Prices(seed), Revision = Revision(seed.In("priceRevision")),
            Governance = Governance(seed), Guarantees = Guarantees(seed), Indicators = Indicators(seed), Obligations = Obligations(seed), Article28 = Article28(seed), OpenPoints = OpenPoints(seed),
        };
    }

    /// <summary>The day of effect: of the text, or the one invented where the text leaves it blank.</summary>
    public static DateOnly EffectiveOn(JsonElement convention) => new Seed(convention).In("effect") is var effect ? (effect.Day("date") ?? effect.Day("demoDate"))!.Value : default;

    private static ConventionSubject Subject(Seed seed) => new()
    {
        Title = seed.Text("titleFr"), TitleEnglish = seed.Text("titleEn"), Kinds = seed.Texts("kinds"), InternalCode = seed.Text("code"), DocumentStatus = seed.Text("documentStatus"), SourceDocument = seed.Text("sourceDocument"),
        ContractReference = seed.Text("contractReference"), Purpose = seed.Text("objectFr"), Originals = seed.Number("originals"), Pages = seed.Number("pages"),
        LegalBases = seed.Rows("legalBasis", row => new LegalBasisOfConvention { Reference = row.Text("reference"), Note = row.Text("noteFr"), Added = row.Answer("added") }),
    };

    private static ConventionParties Parties(Seed seed)
    {
        var roles = seed.In("roles");
        var rows = seed.Rows("parties", party =>
        {
            var (body, deliberation) = (party.In("organisation"), party.In("deliberation"));
            return new PartyRow
            {
                Role = party.Text("partyRole"), GdprRole = party.Text("gdprRole"), Name = body.Text("nameFr"), CurrentName = body.Text("currentNameFr"), ShortName = body.Text("shortName"), OrganisationType = body.Text("type"),
                Siren = body.Text("siren"), InseeCode = body.Text("inseeCode"), Address = body.Text("address"), Territory = body.Text("territory"), TimeZone = body.Text("timeZone"), Placeholder = body.Answer("placeholder"),
                SignatoryFunction = party.Text("signatoryFunctionFr"), ActingService = party.Text("actingServiceFr"), DeliberationBody = deliberation.Text("body"), DeliberationNumber = deliberation.Text("number"),
                DeliberationOn = deliberation.Day("date"), DeliberationNote = deliberation.Text("noteFr"), ReceivedByPrefectureOn = Received(deliberation.Text("noteFr")),
            };
        });
        rows.AddRange(seed.Rows("demoBeneficiaries", body => new PartyRow { Role = "BENEFICIARY", GdprRole = "CONTROLLER", Name = body.Text("nameFr"), InseeCode = body.Text("inseeCode"), OrganisationType = "COMMUNE", SignatoryFunction = "Maire" }));
        return new()
        {
            Parties = rows, Note = seed.Text("demoBeneficiariesNoteFr"), Controller = roles.Text("controllerFr"), Processor = roles.Text("processorFr"), OfficerProvider = roles.Text("dpoProviderFr"),
            DataOwner = roles.Text("dataOwnerFr"), RolesInferred = roles.Answer("inferred"), RolesClause = roles.Text("clause"), MatrixCode = roles.Text("responsibilityMatrixCode"),
        };
    }

    /// <summary>“reçue en préfecture le 20/11/2013” has its day besides.</summary>
    private static DateOnly? Received(string? note) =>
        note is not null && note.StartsWith("reçue en préfecture le ", StringComparison.Ordinal) && DateOnly.TryParseExact(note[^10..], "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static ConventionEffect Effect(Seed seed)
    {
        var (effect, duration, reversibility) = (seed.In("effect"), seed.In("duration"), seed.In("reversibility"));
        return new()
        {
            EffectBasis = effect.Text("basis"), EffectiveOn = effect.Day("date") ?? effect.Day("demoDate"), EffectNote = effect.Text("noteFr"), EffectInvented = effect.Answer("demoDateInvented"),
            FirmMonths = duration.Number("firmMonths"), TacitRenewal = duration.Answer("tacitRenewal"), RenewalMonths = duration.Number("renewalMonths"), MaxTotalMonths = duration.Number("maxTotalMonths"),
            Counting = duration.Text("countingFr"), RollPolicy = reversibility.Text("rollPolicy"), RollPolicySource = reversibility.Text("rollPolicySourceFr"),
        };
    }

    private static ConventionTermination Termination(Seed seed) => new()
    {
        Clauses = seed.Rows("termination", row => new TerminationClause
        {
            Initiator = row.Text("initiator"), Trigger = row.Text("trigger"), NoticeMonths = row.Number("noticeMonths"), Form = row.Text("form"), Mode = row.Text("mode"), ReckonedFrom = row.Text("reckonedFrom"),
            EarliestNoticeContractYear = row.Number("earliestNoticeContractYear"), OutsideWindowEffect = row.Text("outsideWindowFr"), Indemnity = row.Answer("indemnity"), Clause = row.Text("clause"),
        }),
        EarlyExit = seed.In("earlyExit").Text("fr"), EarlyExitClause = seed.In("earlyExit").Text("clause"),
        SurvivingOrders = seed.In("survivingOrderForms").Text("fr"), SurvivingOrdersClause = seed.In("survivingOrderForms").Text("clause"),
    };

    private static ConventionReversibility Reversibility(Seed seed) => new()
    {
        ReturnOfData = seed.Answer("returnOfData"), StartsOnNotice = seed.Answer("fromNoticeForStop"), MinutesRequired = seed.Answer("restitutionMinutes"), Destruction = seed.Answer("destruction"),
        DestructionProof = seed.Answer("destructionProof"), ProofMonths = seed.Number("destructionProofDelayMonths"), ProofStarts = seed.Text("destructionProofStartsFr"), DestructionException = seed.Text("destructionExceptionFr"),
        ContractsContinue = seed.Text("contractsContinueFr"), Note = seed.Text("noteFr"), Clause = seed.Text("clause"),
    };

    private static ConventionServices Services(Seed seed)
    {
        var words = seed.In("definitions");
        return new()
        {
            Services = seed.Rows("services", row => new ServiceRow { Name = row.Text("fr") }), Exclusions = seed.Texts("exclusionsFr"),
            Hours = seed.Rows("serviceHours", row => new ServiceHoursRow { Days = row.Texts("days"), Ranges = string.Join(", ", row.Texts("ranges")), Contractual = row.Answer("contractual"), Note = row.Text("noteFr") }),
            ExtraChannels = seed.Texts("extraChannelsFr"), IncidentDefinition = words.Text("incidentFr"), DemandDefinition = words.Text("demandFr"), IncidentDeclaredBy = words.Text("incidentDeclaredBy"), DemandSubmittedBy = words.Text("demandSubmittedBy"),
            Phases = seed.Rows("phases", row => new PhaseRow { Code = row.Text("code"), Text = row.Text("fr"), Clause = row.Text("clause") }),
            Prerequisites = seed.Rows("prerequisites", row => new ClauseText { Text = row.Text("fr"), Clause = row.Text("clause") }),
            OrderRules = seed.Rows("orderRules", row => new OrderRule { Text = row.Text("fr"), LeadMonths = row.Number("leadMonths"), Clause = row.Text("clause") }),
            Assets = seed.In("assets").Text("fr"), AssetsClause = seed.In("assets").Text("clause"),
        };
    }

    private static ConventionCorrespondent Correspondent(Seed seed) => new()
    {
        Required = seed.Answer("required"), DesignatedBy = seed.Text("designatedBy"), InWriting = seed.Answer("inWriting"), DelegationAllowed = seed.Answer("delegationAllowed"), ExclusivePowers = seed.Texts("exclusivePowers"),
        AlsoExclusive = seed.Texts("alsoExclusive"), RequestChannel = seed.Text("requestChannelFr"), Notification = seed.Text("notification"), Archived = seed.Answer("archived"), Note = seed.Text("noteFr"), Clauses = seed.Texts("clauses"),
    };

    private static ConventionSharedOfficer SharedOfficer(Seed whole)
    {
        var seed = whole.In("sharedDpo");
        return new()
        {
            AttachedTo = seed.Text("attachedToFr"), ProfessionalSecrecy = seed.Answer("professionalSecrecy"), Confidentiality = seed.Answer("confidentiality"), FreeAccessToData = seed.Answer("freeAccessToData"),
            Duties = seed.Texts("dutiesFr"), ControllerDecides = seed.Text("controllerDecides"), CorrespondentRequired = seed.Answer("correspondentRequired"), CommitteeOptional = seed.Answer("committeeOptional"),
            Phases = seed.Rows("phases", row => new OfficerPhaseRow
            {
                Phase = row.Text("code"), Text = row.Text("fr"), Pricing = row.Text("pricing"), MonthlyStatement = row.Answer("monthlyStatement"), ValidatedBy = row.Text("validatedBy"),
                Places = row.Texts("placesFr") is { Count: > 0 } places ? string.Join(", ", places) : null, SameUnitPrice = row.Answer("sameUnitPrice"), Basis = row.Text("basisFr"),
            }),
            Preparation = seed.Text("preparationFr"), ControllerDuties = whole.Texts("controllerDutiesRecalledFr"), Clause = seed.Text("clause"),
        };
    }

    private static ConventionSecurity Security(Seed seed) => new()
    {
        Controls = seed.Rows("securityControls", row => new ControlRow
        {
            Code = row.Text("code"), Text = row.Text("fr"), Clause = row.Text("clause"),
            Parameters = row.In("params").Pairs() is { Count: > 0 } pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Name} : {pair.Value}")) : null,
        }),
    };

    private static ConventionPrices Prices(Seed whole)
    {
        var seed = whole.In("billing");
        var example = seed.In("workedExample");
        var lines = example.Rows("lines", row => new QuantityRow { Code = row.Text("code"), Quantity = row.Text("quantity") });
        return new()
        {
            Tariffs = whole.Rows("tariffs", row => new TariffRow { Code = row.Text("code"), Label = row.Text("labelFr"), Unit = Unit(row.Text("unit")), Amount = row.Text("amount"), TaxText = row.Text("taxFr"), Tax = row.Text("taxFr") is "hors taxes" ? "HT" : null, Note = row.Text("noteFr") }),
            Currency = seed.Text("currency"), Basis = seed.Text("basisFr"), StartRule = seed.Text("startRuleFr"), ProRataFrom15 = seed.Text("startRuleFr") is null ? null : true, BillingPeriod = seed.Text("period"),
            MinPeriod = seed.Text("minPeriod"), MaxPeriod = seed.Text("maxPeriod"), Cap = seed.Text("capFr"), ChangeBy = seed.Text("changeBy"), Issuer = seed.Text("issuerFr"), AddedByOrderForm = seed.Answer("addedByOrderForm"),
            UnitOfAccount = seed.Text("unitOfAccountFr"), Savings = seed.Text("savingsFr"), ConsistencyCheck = seed.Text("consistencyCheckFr"), Clause = seed.Text("clause"),
            Quantities = lines, InServiceOn = example.Day("inServiceOn"), QuantitiesInvented = example.Answer("invented"), WorkedText = example.Text("fr"), WorkedDays = example.Text("days"), WorkedRate = example.Text("dailyRate"),
        };
    }

    /// <summary>The file names the two readings of the rounding by their codes.</summary>
    internal static string? Reading(string? text) => text?.Replace("RATIO_ONLY", "Première lecture", StringComparison.Ordinal).Replace("EACH_STEP", "Seconde lecture", StringComparison.Ordinal);

    /// <summary>The file writes units in English; the text of a convention is French.</summary>
    internal static string? Unit(string? unit) => unit switch
    {
        "year" => "an",
        "day" => "jour",
        "act" => "acte",
        "included" => "inclus",
        "agent/year" => "agent/an",
        "core/year" => "cœur/an",
        "server/year" => "serveur/an",
        "user/year" => "utilisateur/an",
        "workstation/year" => "poste/an",
        "GB/year" => "Go/an",
        "10 GB/year" => "10 Go/an",
        _ => unit,
    };

    private static ConventionRevision Revision(Seed seed)
    {
        var (reading, link, year) = (seed.In("interpretation"), seed.In("indexLink"), seed.In("annualExample"));
        return new()
        {
            Formula = seed.Text("formulaFr"), FormulaEnglish = seed.Text("formula"), FixedPart = seed.Text("fixedPart"), IndexedPart = seed.Text("indexedPart"), P0 = seed.Text("P0"), MonthZero = seed.Text("monthZeroFr"),
            Syntec0Rule = seed.Text("syntec0Fr"), SyntecMarchRule = seed.Text("syntecMarchFr"), RevisionMonth = seed.Text("revisionMonth"), Index = seed.Text("indexFr"), AlwaysFromP0 = seed.Answer("alwaysFromP0"),
            Rounding = seed.Rows("rounding", row => new RoundingRow { Step = row.Text("step"), Decimals = row.Number("decimals"), Mode = row.Text("mode"), Text = row.Text("sourceFr") }),
            Mode = reading.Text("default"), Alternatives = reading.Texts("alternatives"), Interpretation = Reading(reading.Text("fr")), InterpretationEnglish = reading.Text("en"),
            LinkText = link.Text("fr"), LinkCoefficient = link.Text("coefficient"), FirstRevisedMonth = link.Text("firstRevisedMonth"), Units = year.Text("agents"), UnitsInvented = year.Answer("invented"),
            Examples = seed.Rows("workedExamples", row => new RevisionExampleRow { Note = row.Text("noteFr"), Invented = row.Answer("invented"), P0 = row.Text("P0"), Syntec0 = row.Text("syntec0"), SyntecMarch = row.Text("syntecMarch"), LinkCoefficient = row.Text("linkCoefficient") }),
            Clause = seed.Text("clause"),
        };
    }

    private static ConventionGovernance Governance(Seed seed)
    {
        var (evaluation, disputes, charter) = (seed.In("evaluation"), seed.In("disputes"), seed.In("charter"));
        return new()
        {
            Bodies = seed.Rows("governance", row => new GovernanceBodyRow
            {
                Kind = row.Text("code"), Name = row.Text("bodyFr"), MinPerYear = row.Number("minPerYear"), Months = row.Texts("months"), Purpose = row.Text("objectFr"), Optional = row.Answer("optional"),
                BeneficiarySide = row.In("participantsFr").Text("BENEFICIARY"), ProviderSide = row.In("participantsFr").Text("PROVIDER"), Clause = row.Text("clause"),
            }),
            Escalation = seed.In("escalation").Texts("stepsFr"), EscalationClause = seed.In("escalation").Text("clause"), EvaluationMonths = evaluation.Number("delayMonthsAfterSignature"), EvaluationInitiative = evaluation.Text("initiative"),
            EvaluationForm = evaluation.Text("formFr"), EvaluationOutput = evaluation.Text("outputFr"), EvaluationClause = evaluation.Text("clause"),
            Transmissions = seed.Rows("transmission", row => new TransmissionRow { To = row.Text("toFr"), Clause = row.Text("clause") }),
            AmicableFirst = disputes.Answer("amicableFirst"), Mediation = disputes.Text("mediationFr"), ThenCourts = disputes.Text("thenFr"), Court = disputes.Text("courtFr"), DisputesClause = disputes.Text("clause"),
            Charter = charter.Text("nameFr"), CharterAppliedTo = charter.Text("appliedTo"), CharterNewcomers = charter.Answer("givenToNewcomers"), CharterCommunication = charter.Answer("communicationActions"), CharterSanctions = charter.Text("sanctionsFr"), CharterClause = charter.Text("clause"),
        };
    }

    private static ConventionGuarantees Guarantees(Seed seed) => new()
    {
        Insurance = seed.Rows("insurance", row => new InsuranceRow { Party = row.Text("party"), Text = row.Text("fr"), Clause = row.Text("clause") }),
        MutualConfidentiality = seed.In("confidentiality").Answer("mutual"), ConfidentialityMonths = seed.In("confidentiality").Number("afterEndMonths"), ConfidentialityClause = seed.In("confidentiality").Text("clause"),
        Liability = seed.Rows("liability", row => new ClauseText { Text = row.Text("fr"), Clause = row.Text("clause") }),
    };

    private static ConventionIndicators Indicators(Seed seed) => new()
    {
        Indicators = seed.Rows("indicators", row => new IndicatorRow { Code = row.Text("code"), Domain = row.Text("domainFr"), Engagement = row.Text("engagementFr"), Indicator = row.Text("indicatorFr"), TargetText = row.Text("targetFr"), Target = row.Text("target") }),
    };

    private static ConventionObligations Obligations(Seed seed) => new()
    {
        Obligations = seed.Rows("obligations", row => new ObligationRow
        {
            Code = row.Text("id"), Debtor = row.Text("debtor"), Text = row.Text("textFr"), TextEnglish = row.Text("textEn"), Clause = row.Text("clause"), Category = row.Text("category"),
            DeadlineRule = row.Text("deadlineRule"), Periodicity = row.Text("periodicity"), ExpectedEvidence = row.Text("expectedEvidence"),
        }),
    };

    private static ConventionArticle28 Article28(Seed seed) => new()
    {
        Items = seed.Rows("art28Assessment", row => new Article28Row { Item = row.Text("item"), Status = row.Text("status"), Clause = row.Text("clause"), Note = row.Text("noteFr") }),
    };

    private static ConventionOpenPoints OpenPoints(Seed seed) => new()
    {
        Points = seed.Rows("openPoints", row => new OpenPointRow { Text = row.Text("fr"), TextEnglish = row.Text("en") }),
    };

    /// <summary>An object of the file; one that is not there reads as empty.</summary>
    private readonly record struct Seed(JsonElement Element)
    {
        public Seed In(string name) => new(Value(name) ?? default);

        public string? Text(string name) => Value(name) is { } value ? TextOf(value) : null;

        public List<string> Texts(string name) => Value(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(one => TextOf(one)!)] : [];

        public int? Number(string name) => Value(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

        public bool? Answer(string name) => Value(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } answer ? answer.GetBoolean() : null;

        public DateOnly? Day(string name) => Text(name) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

        public List<T> Rows<T>(string name, Func<Seed, T> read) => Value(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(one => read(new Seed(one)))] : [];

        public List<(string Name, string Value)> Pairs() => Element.ValueKind == JsonValueKind.Object ? [.. Element.EnumerateObject().Select(pair => (pair.Name, TextOf(pair.Value)!))] : [];

        private JsonElement? Value(string name) =>
            Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private static string? TextOf(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Null => null,
            _ => throw new JsonException($"A text was expected, not {value.ValueKind}."),
        };
    }
}
