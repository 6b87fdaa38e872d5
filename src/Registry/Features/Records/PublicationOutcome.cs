using System.Globalization;

namespace Registry.Features.Records;

/// <summary>What the rules need to know beyond the sheet.</summary>
public sealed record PublicationContext
{
    public bool HasDpo { get; init; }

    public bool HasRepresentative { get; init; }

    /// <summary>The body's number is in its profile.</summary>
    public bool HasSiren { get; init; }

    /// <summary>The version in force, when there is one: a purpose that differs from it must be explained.</summary>
    public Sheet? InForce { get; init; }

    /// <summary>The DPO has given an opinion on the legal basis of this sheet (V-18).</summary>
    public bool DpoOpinionGiven { get; init; }

    /// <summary>False for the few members that are no public authority (association, company).</summary>
    public bool IsPublicAuthority { get; init; } = true;
}

public sealed record PublicationRule(string Id, string Statement, PublicationCheck[] Checks);

/// <summary>One thing that can be missing. The section is null when the remedy is outside the sheet: then it is on that page of the organisation.</summary>
public sealed record PublicationCheck(
    string? SectionKey, string MessageKey, string FixLabelKey, Func<PublicationSubject, IEnumerable<PublicationPlace>> Find, bool Blocking = true, string? Page = null);

public sealed record PublicationPlace(string Path, params string[] Arguments);

/// <summary>What a person has still to do. <see cref="FieldPath"/> is the path inside the section (<c>Rules[2].Final</c>).</summary>
public sealed record PublicationMessage(
    string RuleId, string? SectionKey, string FieldPath, string MessageKey, IReadOnlyList<string> Arguments, bool Blocking, string FixLabelKey,
    string? Page = null)
{
    public string Message => string.Format(CultureInfo.InvariantCulture, MessageKey, [.. Arguments]);
}

/// <summary>The count shown is always the twenty rules less those that still have a message, warnings included: the list and the number agree.</summary>
public sealed record PublicationOutcome(IReadOnlyList<PublicationMessage> Messages)
{
    public static int Total => PublicationRules.All.Count;

    public int Met => Total - Messages.Select(message => message.RuleId).Distinct().Count();

    public int Percent => 100 * Met / Total;

    /// <summary>T-RE-02 and T-RE-08: V-01 to V-04.</summary>
    public bool MaySubmit => !Messages.Any(message => message.Blocking && PublicationRules.ForSubmission.Contains(message.RuleId));

    /// <summary>T-RE-05: every rule; warnings stay warnings.</summary>
    public bool MayValidate => !Messages.Any(message => message.Blocking);

    /// <summary>What the body itself lacks to publish; no rule of the sheet, so it counts in no percentage.</summary>
    public IReadOnlyList<PublicationMessage> BodyLacks { get; init; } = [];

    /// <summary>T-RE-06: the rules were asked at validation, the body's identity is asked now.</summary>
    public bool MayPublish => BodyLacks.Count == 0;

    public bool IsMet(string ruleId) => !Messages.Any(message => message.RuleId == ruleId);

    public bool IsComplete(string sectionKey) => !Messages.Any(message => message.SectionKey == sectionKey);

    public IEnumerable<PublicationMessage> For(string sectionKey) => Messages.Where(message => message.SectionKey == sectionKey);
}

/// <summary>The sheet under judgement, with the questions that several rules ask of it.</summary>
public sealed class PublicationSubject(Sheet sheet, PublicationContext context)
{
    public PublicationContext Context => context;
    public IdentificationSection Identification => sheet.Identification;
    public PurposesSection Purposes => sheet.Purposes;
    public PeopleSection People => sheet.People;
    public SensitiveSection Sensitive => sheet.Sensitive;
    public RetentionSection Retention => sheet.Retention;
    public RecipientsSection Recipients => sheet.Recipients;
    public ProcessorsSection Processors => sheet.Processors;
    public TransfersSection Transfers => sheet.Transfers;
    public InformationSection Information => sheet.Information;
    public DpiaSection Dpia => sheet.Dpia;
    public PublicationSection Publication => sheet.Publication;

    public bool IsJoint => Identification.GdprRole == "JOINT_CONTROLLER";

    public bool PurposeChanged =>
        !string.IsNullOrWhiteSpace(context.InForce?.Purposes.Purpose)
        && !string.IsNullOrWhiteSpace(Purposes.Purpose)
        && context.InForce.Purposes.Purpose.Trim() != Purposes.Purpose.Trim();

    public bool HasBasis(string code) => Purposes.LegalBases.Exists(row => row.Basis == code);

    public bool Uses(string dataCategory) => People.DataCategories.Exists(row => row.Category == dataCategory);

    public bool HasMeasure(string nature) => sheet.Security.Measures.Exists(row =>
        row.Status is "IN_PLACE" or "ATTESTED"
        && Facts.Vocabulary.Current.Find("SecurityMeasure", row.Measure)?.Property("nature") == nature);

    /// <summary>Special categories in use, whether named among the data or ticked in the sensitive part: both lists have the same codes.</summary>
    public IEnumerable<string> SpecialUsed() =>
        People.DataCategories.Select(row => row.Category!).Where(PublicationRules.IsSpecial).Concat(Sensitive.SpecialCategories).Distinct();

    public string SpecialLabels() => string.Join(", ", SpecialUsed().Select(code => SheetValues.Label("SpecialCategory", code)));

    public IEnumerable<PublicationPlace> When(bool missing, string path, params string[] arguments) =>
        missing ? [new PublicationPlace(path, arguments)] : [];

    /// <summary>The rows at fault; the argument is the row's name, or its number when it has none.</summary>
    public IEnumerable<PublicationPlace> Each<T>(List<T> rows, string list, Func<T, bool> missing, string field, Func<T, string?>? name = null)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (!missing(rows[index])) continue;
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            var named = name?.Invoke(rows[index]);
            yield return new PublicationPlace($"{list}[{index}].{field}",
                name is null ? number : string.IsNullOrWhiteSpace(named) ? "n° " + number : named);
        }
    }
}
