using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Breaches;
using Registry.Features.Conventions;
using Registry.Features.Organisations;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Requests;
using Registry.Features.Reviews;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>Where the officer's day begins: what waits, over all organisations. Whoever works for one organisation is sent there.</summary>
[SignedIn]
public sealed class IndexModel(RecordsWaiting waiting, RecordFigures figures, ReviewsDue reviews, BreachesRunning breaches, RequestsRunning requests, Notices notices, ConventionsDue conventions, OrganisationStore organisations, Visitor visitor, TimeProvider clock) : PageModel
{
    public IReadOnlyList<IGrouping<string, WaitingRecord>> Groups { get; private set; } = [];
    public IReadOnlyList<OrganisationLine> Organisations { get; private set; } = [];
    public IReadOnlyList<WaitingRecord> All { get; private set; } = [];
    public RegisterHealth? Health { get; private set; }
    public IReadOnlyList<DueReview> Reviews { get; private set; } = [];
    /// <summary>Breaches whose 72 hours run, wherever.</summary>
    public IReadOnlyList<BreachLine> Running { get; private set; } = [];
    /// <summary>Requests of persons that wait for their answer, the most pressing.</summary>
    public IReadOnlyList<RequestLine> Requests { get; private set; } = [];
    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public IReadOnlyList<ConventionLine> Conventions { get; private set; } = [];
    private const int FirstLines = 25;
    private const int FirstConventions = 6;

    /// <summary>How many lines the filter leaves; the first of them are shown until all are asked for.</summary>
    public int Total { get; private set; }
    public int Shown => Groups.Sum(group => group.Count());
    public Opening? Opening => Opening.Of(visitor);
    public bool OnlyMine { get; private set; }
    public int Reach => visitor.Reach;
    public DateTimeOffset Now => clock.GetUtcNow();
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Dates.Paris).DateTime);

    public bool Mine(WaitingRecord one) => one.WaitsForMe;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!visitor.WorksOverArea)
        {
            var only = await organisations.ListAsync(null, 2, 0);
            return Redirect(only.Count == 1 ? $"/o/{only[0].Slug}" : "/organismes");
        }
        if (visitor.Can(Function.Conventions, Right.Read)) Conventions = await conventions.ListAsync(FirstConventions);
        OnlyMine = Request.Query.ContainsKey("moi");
        if (Opening is null && visitor.Can(Function.ReadRecords, Right.Read)) Health = RegisterHealth.SumOf([.. await figures.ListAsync()]);
        if (Opening is null) (All, Reviews) = (await waiting.ListAsync(), await reviews.ListAsync());
        if (Opening is null && visitor.Can(Function.Breaches, Right.Read)) Running = await breaches.ListAsync();
        if (Opening is null && visitor.Can(Function.Requests, Right.Read)) Requests = await requests.ListAsync();
        Notices = await notices.ListAsync();
        var asked = All.Where(one => !OnlyMine || Mine(one)).ToList();
        Total = asked.Count;
        Groups = [.. asked.Take(Request.Query.ContainsKey("tout") ? Total : FirstLines).GroupBy(GroupOf).OrderBy(group => Array.IndexOf(Order, group.Key))];
        Organisations = await organisations.ListAsync(null, 12, 0);
        return Page();
    }

    private static readonly string[] Order =
    [
        Languages.Key("Dépassé"), Languages.Key("Aujourd’hui"), Languages.Key("Sous 7 jours"),
        Languages.Key("Sous 30 jours"), Languages.Key("Plus tard"), Languages.Key("Sans échéance"),
    ];

    private string GroupOf(WaitingRecord one) => one.ReviewDueOn is not { } due ? "Sans échéance"
        : due < Today ? "Dépassé"
        : due == Today ? "Aujourd’hui"
        : due <= Today.AddDays(7) ? "Sous 7 jours"
        : due <= Today.AddDays(30) ? "Sous 30 jours"
        : "Plus tard";
}
