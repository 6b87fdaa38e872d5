using Microsoft.AspNetCore.WebUtilities;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>One question that a list of breaches answers; the address is the filter.</summary>
/// <param name="Incident">Only the files that this incident at a provider opened.</param>
public sealed record BreachFilter(string Group, string Text, int? Year, int Page, Guid? Incident = null)
{
    public const int PageSize = 50;
    private const int LongestText = 100;

    public static IReadOnlyList<Option> Groups { get; } =
    [
        new("toutes", Languages.Key("Toutes")), new("delai", Languages.Key("Délai de 72 heures en cours")), new("ouvertes", Languages.Key("Ouvertes")),
        new("notifiees", Languages.Key("Notifiées")), new("non-notifiees", Languages.Key("Non notifiées")), new("closes", Languages.Key("Closes")), new("incidents", Languages.Key("Incidents et signalements écartés")),
    ];

    public Option GroupOption => Groups.First(one => one.Value == Group);

    public bool Narrows => Group != Groups[0].Value || Text.Length > 0 || Year is not null || Incident is not null;

    public static BreachFilter Read(IQueryCollection query)
    {
        var text = query["q"].ToString().Trim();
        var group = query["etat"].ToString();
        return new(
            Groups.Any(one => one.Value == group) ? group : Groups[0].Value, text.Length > LongestText ? text[..LongestText] : text,
            int.TryParse(query["annee"], out var year) && year is >= 1900 and <= 2100 ? year : null, int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, 1000) : 1,
            Guid.TryParse(query["incident"], out var incident) ? incident : null);
    }

    public string ToQuery()
    {
        var asked = new Dictionary<string, string?>();
        if (Group != Groups[0].Value) asked["etat"] = Group;
        if (Text.Length > 0) asked["q"] = Text;
        if (Year is { } year) asked["annee"] = $"{year}";
        if (Incident is { } incident) asked["incident"] = $"{incident}";
        if (Page > 1) asked["page"] = $"{Page}";
        return asked.Count == 0 ? "?" : QueryHelpers.AddQueryString("", asked);
    }
}
