using Microsoft.AspNetCore.WebUtilities;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

/// <summary>One question that a list of requests answers; the address is the filter.</summary>
public sealed record ProviderRequestFilter(string Group, string Text, int Page)
{
    public const int PageSize = 50;
    private const int LongestText = 100;

    public static IReadOnlyList<Option> Groups { get; } =
    [
        new("toutes", Languages.Key("Toutes")), new("en-cours", Languages.Key("En cours")), new("habilitations", Languages.Key("Habilitations")), new("restaurations", Languages.Key("Restaurations")), new("assistance", Languages.Key("Incidents et demandes")),
        new("terminees", Languages.Key("Terminées")), new("rejetees", Languages.Key("Rejetées")),
    ];

    public bool Narrows => Group != Groups[0].Value || Text.Length > 0;

    public static ProviderRequestFilter All { get; } = new(Groups[0].Value, "", 1);

    public static ProviderRequestFilter Read(IQueryCollection query)
    {
        var (text, group) = (query["q"].ToString().Trim(), query["etat"].ToString());
        return new(Groups.Any(one => one.Value == group) ? group : Groups[0].Value, text.Length > LongestText ? text[..LongestText] : text, int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, 1000) : 1);
    }

    public string ToQuery()
    {
        var asked = new Dictionary<string, string?>();
        if (Group != Groups[0].Value) asked["etat"] = Group;
        if (Text.Length > 0) asked["q"] = Text;
        if (Page > 1) asked["page"] = $"{Page}";
        return asked.Count == 0 ? "?" : QueryHelpers.AddQueryString("", asked);
    }
}

/// <summary>A list of requests for a page.</summary>
/// <param name="AsProvider">Told from the side of the provider: whose they are, and where each is worked on.</param>
public sealed record ProviderRequestsView(ProviderRequestFilter Filter, IReadOnlyList<ProviderRequest> Lines, string Path, bool AsProvider, TimeZoneInfo Zone)
{
    public int Total => Lines.Count > 0 ? Lines[0].Total : 0;
    public bool HasNext => Filter.Page * ProviderRequestFilter.PageSize < Total;
    public string Href(ProviderRequest request) => AsProvider ? $"{Path}/{request.Id}" : $"{Path}/{request.Reference}";
}
