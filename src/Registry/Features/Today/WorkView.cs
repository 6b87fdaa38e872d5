using Microsoft.AspNetCore.WebUtilities;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>The list as it is asked for: whose turn, which kind, and how many lines at once.</summary>
/// <param name="All">All that waits, also what somebody put off.</param>
/// <param name="Home">The page it stands on: empty over the area.</param>
public sealed record WorkView(IReadOnlyList<WorkLine> All, Guid Person, DateOnly Today, DateTimeOffset Now, string Home, string? Who, WorkKind? Kind, int Most)
{
    public const string Mine = "moi", Others = "autres", PutOff = "reporte", Everything = "tout";

    /// <summary>Who may hand a line to a colleague or put it off.</summary>
    public bool MayMark { get; init; }

    /// <summary>It was chosen on an earlier visit.</summary>
    public bool Kept { get; init; }

    /// <summary>For whom the reader reads while they are away.</summary>
    public IReadOnlyList<(Guid Person, string Name, DateOnly To)> Covered { get; init; } = [];

    public bool OverArea => Home.Length == 0;

    /// <summary>What is not put off by the reader.</summary>
    public IReadOnlyList<WorkLine> Open { get; } = [.. All.Where(line => !line.IsPutOff(Person, Today))];

    public IReadOnlyList<WorkLine> Asked { get; } = [.. All.Where(line => Fits(line, Who, Person, Today) && (Kind is null || line.Kind == Kind))];

    public IEnumerable<IGrouping<string, WorkLine>> Groups => Asked.Take(Most).GroupBy(line => line.Group(Today)).OrderBy(group => WorkLine.Groups.Index().First(one => one.Item == group.Key).Index);

    public int Count(string? who) => All.Count(line => Fits(line, who, Person, Today));

    public int Count(WorkKind kind) => Open.Count(line => line.Kind == kind);

    public WorkLine? NextHours => Open.FirstOrDefault(line => line.DueAt is not null);

    public static WorkView Read(IQueryCollection query, IReadOnlyList<WorkLine> all, Guid person, DateOnly today, DateTimeOffset now, string home, int most) => new(
        all, person, today, now, home, query["voir"].ToString() is Mine or Others or PutOff ? query["voir"].ToString() : null,
        Kinds.FirstOrDefault(kind => Code(kind) == query["quoi"].ToString()) is var found && Code(found) == query["quoi"].ToString() ? found : null, query.ContainsKey("tout") ? int.MaxValue : most);

    public string Link(string? who, WorkKind? kind, bool whole = false)
    {
        var asked = new Dictionary<string, string?>();
        if (who is not null) asked["voir"] = who;
        if (kind is { } one) asked["quoi"] = Code(one);
        if (whole) asked["tout"] = "";
        // Over the area a filter is kept until everything is asked for.
        if (asked.Count == 0 && OverArea) asked["voir"] = Everything;
        return QueryHelpers.AddQueryString(OverArea ? "/" : Home, asked);
    }

    public static IReadOnlyList<WorkKind> Kinds { get; } = [WorkKind.Breach, WorkKind.Request, WorkKind.Record, WorkKind.Convention, WorkKind.Other];

    private static string Code(WorkKind kind) => kind switch
    {
        WorkKind.Breach => "violations",
        WorkKind.Request => "demandes",
        WorkKind.Record => "fiches",
        WorkKind.Convention => "conventions",
        _ => "rappels",
    };

    private static bool Fits(WorkLine line, string? who, Guid person, DateOnly today) => (who == PutOff) == line.IsPutOff(person, today) && who switch
    {
        Mine => line.IsFor(person),
        Others => !line.IsFor(person),
        _ => true,
    };
}
