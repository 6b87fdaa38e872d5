namespace Registry.Features.Records;

/// <summary>A part as pages show it: where it stands and what it is called.</summary>
public record PartHead(string Key, string Title);

/// <summary>One part of the sheet: its key in addresses, its title, and how to reach it, so that one page can serve all parts.</summary>
public sealed record SheetSection(string Key, string Title, Type Type, Func<Sheet, object> Get, Action<Sheet, object> Set) : PartHead(Key, Title)
{
    public object New() => Activator.CreateInstance(Type)!;

    public bool IsEmpty(Sheet sheet) => SheetText.IsEmpty(Get(sheet));
}

/// <summary>The parts of the sheet in the order of the page. Titles are message keys.</summary>
public static class SheetSections
{
    public static IReadOnlyList<SheetSection> All { get; } =
    [
        Section("identification", "Identification", sheet => sheet.Identification, (sheet, part) => sheet.Identification = part),
        Section("finalites", "Finalités et bases légales", sheet => sheet.Purposes, (sheet, part) => sheet.Purposes = part),
        Section("personnes", "Personnes et données", sheet => sheet.People, (sheet, part) => sheet.People = part),
        Section("sensibles", "Données sensibles", sheet => sheet.Sensitive, (sheet, part) => sheet.Sensitive = part),
        Section("conservation", "Durées de conservation", sheet => sheet.Retention, (sheet, part) => sheet.Retention = part),
        Section("destinataires", "Destinataires", sheet => sheet.Recipients, (sheet, part) => sheet.Recipients = part),
        Section("sous-traitants", "Sous-traitants, applications", sheet => sheet.Processors, (sheet, part) => sheet.Processors = part),
        Section("transferts", "Transferts", sheet => sheet.Transfers, (sheet, part) => sheet.Transfers = part),
        Section("securite", "Sécurité", sheet => sheet.Security, (sheet, part) => sheet.Security = part),
        Section("information", "Information et droits", sheet => sheet.Information, (sheet, part) => sheet.Information = part),
        Section("aipd", "Analyse d’impact", sheet => sheet.Dpia, (sheet, part) => sheet.Dpia = part),
        Section("publication", "Publication", sheet => sheet.Publication, (sheet, part) => sheet.Publication = part),
    ];

    public static SheetSection? Find(string? key) => All.FirstOrDefault(section => section.Key == key);

    private static SheetSection Section<T>(string key, string title, Func<Sheet, T> get, Action<Sheet, T> set) where T : class =>
        new(key, title, typeof(T), get, (sheet, part) => set(sheet, (T)part));
}
