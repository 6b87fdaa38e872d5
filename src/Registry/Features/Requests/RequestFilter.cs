using Microsoft.AspNetCore.WebUtilities;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>One question that a list of requests answers; the address is the filter.</summary>
public sealed record RequestFilter(string Group, string? Right, int Page)
{
    public const int PageSize = 50;

    public static IReadOnlyList<Option> Groups { get; } =
    [
        new("toutes", Languages.Key("Toutes")), new("ouvertes", Languages.Key("Ouvertes")), new("retard", Languages.Key("En retard")),
        new("suspendues", Languages.Key("Suspendues")), new("signature", Languages.Key("À signer")), new("terminees", Languages.Key("Terminées")),
    ];

    public bool Narrows => Group != Groups[0].Value || Right is not null;

    public static RequestFilter Read(IQueryCollection query)
    {
        var (group, right) = (query["etat"].ToString(), query["droit"].ToString());
        return new(
            Groups.Any(one => one.Value == group) ? group : Groups[0].Value, Vocabulary.Current.Terms("RightType").Any(term => term.Code == right) ? right : null,
            int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, 1000) : 1);
    }

    public string ToQuery()
    {
        var asked = new Dictionary<string, string?>();
        if (Group != Groups[0].Value) asked["etat"] = Group;
        if (Right is not null) asked["droit"] = Right;
        if (Page > 1) asked["page"] = $"{Page}";
        return asked.Count == 0 ? "?" : QueryHelpers.AddQueryString("", asked);
    }
}

/// <summary>A list of requests and the question it answers.</summary>
public sealed record RequestsView(RequestFilter Filter, IReadOnlyList<RequestLine> Lines, string Path, bool Area)
{
    public int Total => Lines is [var first, ..] ? first.Total : 0;
    public bool HasNext => Filter.Page * RequestFilter.PageSize < Total;
}
