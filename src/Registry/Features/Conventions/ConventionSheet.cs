using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>
/// The text of a convention as the program reads it (domain §2.4), stored as one document (D-4). Each part is also the form of its edit page. What has
/// a life of its own (meetings, proofs, events, revisions of the price) stands in tables.
/// </summary>
public sealed class ConventionSheet
{
    public ConventionSubject Subject { get; set; } = new();

    public ConventionParties Parties { get; set; } = new();

    public ConventionEffect Duration { get; set; } = new();

    public ConventionTermination Termination { get; set; } = new();

    public ConventionReversibility Reversibility { get; set; } = new();

    public ConventionServices Services { get; set; } = new();

    public ConventionCorrespondent Correspondent { get; set; } = new();

    public ConventionSharedOfficer SharedOfficer { get; set; } = new();

    public ConventionSecurity Security { get; set; } = new();

    public ConventionPrices Prices { get; set; } = new();

    public ConventionRevision Revision { get; set; } = new();

    public ConventionGovernance Governance { get; set; } = new();

    public ConventionGuarantees Guarantees { get; set; } = new();

    public ConventionIndicators Indicators { get; set; } = new();

    public ConventionObligations Obligations { get; set; } = new();

    public ConventionArticle28 Article28 { get; set; } = new();

    public ConventionOpenPoints OpenPoints { get; set; } = new();

    /// <summary>A copy that shares nothing.</summary>
    public ConventionSheet Copy() => SheetJson.ReadPart<ConventionSheet>(SheetJson.WritePart(this));
}

/// <summary>One part of the text: its key in addresses, its title, how to reach it.</summary>
public sealed record ConventionSection(string Key, string Title, Type Type, Func<ConventionSheet, object> Get, Action<ConventionSheet, object> Set) : PartHead(Key, Title)
{
    public object New() => Activator.CreateInstance(Type)!;

    public bool IsEmpty(ConventionSheet sheet) => SheetText.IsEmpty(Get(sheet));
}

/// <summary>The parts in the order of the page. Titles are message keys.</summary>
public static class ConventionSections
{
    public static IReadOnlyList<ConventionSection> All { get; } =
    [
        Section("objet", "Objet et références", sheet => sheet.Subject, (sheet, part) => sheet.Subject = part),
        Section("parties", "Parties et rôles", sheet => sheet.Parties, (sheet, part) => sheet.Parties = part),
        Section("duree", "Prise d’effet et durée", sheet => sheet.Duration, (sheet, part) => sheet.Duration = part),
        Section("fin", "Fin de la convention", sheet => sheet.Termination, (sheet, part) => sheet.Termination = part),
        Section("reversibilite", "Réversibilité et destruction", sheet => sheet.Reversibility, (sheet, part) => sheet.Reversibility = part),
        Section("services", "Services et horaires", sheet => sheet.Services, (sheet, part) => sheet.Services = part),
        Section("correspondant", "Correspondant", sheet => sheet.Correspondent, (sheet, part) => sheet.Correspondent = part),
        Section("delegue", "Délégué mutualisé", sheet => sheet.SharedOfficer, (sheet, part) => sheet.SharedOfficer = part),
        Section("securite", "Mesures convenues", sheet => sheet.Security, (sheet, part) => sheet.Security = part),
        Section("prix", "Tarifs et facturation", sheet => sheet.Prices, (sheet, part) => sheet.Prices = part),
        Section("revision", "Révision du prix", sheet => sheet.Revision, (sheet, part) => sheet.Revision = part),
        Section("gouvernance", "Gouvernance et différends", sheet => sheet.Governance, (sheet, part) => sheet.Governance = part),
        Section("garanties", "Assurance, confidentialité, responsabilité", sheet => sheet.Guarantees, (sheet, part) => sheet.Guarantees = part),
        Section("indicateurs", "Engagements de service", sheet => sheet.Indicators, (sheet, part) => sheet.Indicators = part),
        Section("obligations", "Obligations", sheet => sheet.Obligations, (sheet, part) => sheet.Obligations = part),
        Section("article-28", "Clauses de l’article 28", sheet => sheet.Article28, (sheet, part) => sheet.Article28 = part),
        Section("points", "Points à trancher", sheet => sheet.OpenPoints, (sheet, part) => sheet.OpenPoints = part),
    ];

    public static IReadOnlyList<string> AllMessageKeys { get; } = [.. All.Select(section => section.Title)];

    public static ConventionSection? Find(string? key) => All.FirstOrDefault(section => section.Key == key);

    private static ConventionSection Section<T>(string key, string title, Func<ConventionSheet, T> get, Action<ConventionSheet, T> set) where T : class =>
        new(key, title, typeof(T), get, (sheet, part) => set(sheet, (T)part));
}
