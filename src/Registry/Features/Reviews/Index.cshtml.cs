using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Reviews;

/// <summary>The yearly review in ten minutes: only what changed, expires or lacks something; confirmed one by one or all at once, ended by a statement.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class IndexModel(ReviewStore store, Journal journal, Visitor visitor, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const string ObjectType = "REVIEW";
    private const int MostAtOnce = 2000;

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Home => $"/o/{Organisation.Slug}";
    public IReadOnlyList<ReviewLine> All { get; private set; } = [];
    public IReadOnlyList<StatementLine> Statements { get; private set; } = [];
    public DateTimeOffset? Last => Statements.Count > 0 ? Statements[0].MadeAt : null;
    public DateOnly Today => Organisation.Today(clock);
    public IReadOnlyList<ReviewLine> ToLookAt => [.. All.Where(line => line.ToLookAt(Today, Last))];
    public IReadOnlyList<ReviewLine> Confirmable => [.. ToLookAt.Where(line => line.MayBeConfirmed)];
    public IReadOnlyList<ReviewLine> Confirmed => [.. All.Where(line => line.InForce && line.ConfirmedIn(Last))];
    public IReadOnlyList<ReviewLine> OnTheirWay => [.. All.Where(line => !line.InForce)];
    public int InForce => All.Count(line => line.InForce);

    /// <summary>A new version was published meanwhile: what was to be confirmed is no longer what the register says.</summary>
    public bool Stale { get; private set; }

    public async Task OnGetAsync() => await ReadAsync();

    /// <param name="seen">What stood on the page, "number:version" of each: nobody confirms a text she has not been shown.</param>
    public async Task<IActionResult> OnPostConfirmAsync(string? seen)
    {
        var asked = Read(seen);
        var done = asked.Count == 0 ? [] : await store.ConfirmAsync(asked);
        if (done.Count == 0)
        {
            Stale = true;
            Response.StatusCode = StatusCodes.Status409Conflict;
            await ReadAsync();
            return Page();
        }
        foreach (var (id, number, next) in done)
            journal.Record(new Event(Organisation.Id, Actions.RecordConfirmed.Code, RecordDesk.ObjectType, id, new EventDetails
            {
                Subject = ProcessingRecord.ReferenceOf(number),
                Reason = Languages.InFrench(() => t.Get("Prochaine révision avant le {0}.", Dates.Full(next))),
            }));
        FrameFilter.Leave(TempData, new FrameFlash(done.Count < asked.Count ? "soon" : "done",
            done.Count < asked.Count ? t.Get("Fiches confirmées : {0} sur {1}. Les autres ont changé depuis que vous avez ouvert la page.", done.Count, asked.Count)
            : done.Count == 1 ? t.Get("La fiche {0} est confirmée. Prochaine révision avant le {1}.", ProcessingRecord.ReferenceOf(done[0].Number), Dates.Full(done[0].NextReviewOn))
            : t.Get("{0} fiches sont confirmées.", done.Count)));
        return Redirect($"{Home}/revue");
    }

    public async Task<IActionResult> OnPostFinishAsync([FromForm(Name = "Form.Id")] Guid id)
    {
        ModelState.Clear();
        var number = await store.BeginStatementAsync(id);
        if (number is null)
        {
            await ReadAsync();
            var content = ReviewContent.Of(All, Today, Last).Write();
            var sha256 = SheetJson.Sha256(content);
            number = await store.StateAsync(id, content, sha256);
            journal.Record(new Event(Organisation.Id, Actions.ReviewStated.Code, ObjectType, null, new EventDetails { Subject = EventDetails.WithFingerprint($"{number}", sha256) }));
        }
        return Redirect($"{Home}/revue/{number}");
    }

    private async Task ReadAsync()
    {
        All = await store.ListAsync();
        Statements = await store.StatementsAsync();
    }

    private static List<(int Number, int Version)> Read(string? seen) =>
        [.. (seen ?? "").Split(',', MostAtOnce + 1).Take(MostAtOnce).Select(one => one.Split(':'))
            .Where(pair => pair.Length == 2).Select(pair => (Number: Int(pair[0]), Version: Int(pair[1]))).Where(pair => pair is { Number: > 0, Version: > 0 }).Distinct()];

    private static int Int(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
