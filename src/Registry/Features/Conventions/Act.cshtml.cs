using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>One page for every act in the life of a convention: says what it brings about, asks what has to be written, does it or says why not.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class ActModel(ConventionDesk desk, ConventionStore store, ConventionLifeStore life, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ActForm Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public ConventionAct Doing { get; private set; } = null!;

    public bool NotNow { get; private set; }

    /// <summary>What stands in the way whatever is typed.</summary>
    public IReadOnlyList<ActFault> Obstacles { get; private set; } = [];

    /// <summary>A notice that does not count, with the rule in sentences.</summary>
    public NoticeOutcome? Refused { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention);
    public bool Asks(ConventionNeeds what) => Doing.Needs.HasFlag(what);

    public IReadOnlyList<Option> Clauses => [.. ConventionTerms.ByNotice(Reading.Sheet).Select(one => new Option(one.Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        t.Get("{0} : préavis de {1} mois, {2} ({3})", SheetValues.Label("TerminationTrigger", one.Clause.Trigger), one.Clause.NoticeMonths!.Value, SheetValues.Label("TerminationMode", one.Clause.Mode).ToLowerInvariant(), one.Clause.Clause ?? "–")))];

    public async Task<IActionResult> OnGetAsync(string convention, string step)
    {
        if (await RefuseAsync(convention, step, toChange: false) is { } refusal) return refusal;
        Form.Seen = Reading.Convention.Version;
        if (Clauses is [var only]) Form.Clause = only.Value;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string step)
    {
        if (await RefuseAsync(convention, step, toChange: true) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form.Seen != Reading.Convention.Version) return Changed();
        var outcome = ConventionGuards.Judge(Doing, Form, Reading.Convention, Reading.Sheet, Reading.Today);
        foreach (var fault in outcome.Faults) ModelState.AddModelError(fault.Field, t.Get(fault.Key, fault.Arguments));
        if (!ModelState.IsValid) return Page();
        if (outcome.After is not { } after) return await KeepVoidAsync(outcome.Notice!);
        if (!await store.MoveAsync(Reading.Convention, after)) return StatusCode(StatusCodes.Status409Conflict);
        await TellAsync(Doing.Happening, Doing.EventKind);
        if (await desk.SettleAsync(after with { Version = after.Version + 1 }, Reading.Sheet) is not { } settled) return StatusCode(StatusCodes.Status409Conflict);
        var said = outcome.Notice is { EffectiveEnd: { } end } ? t.Get("Le préavis est enregistré : la convention prend fin le {0}.", Dates.Long(end))
            : t.Get("C’est enregistré. La convention est : {0}.", SheetValues.Label("ConventionStatus", settled.Status).ToLowerInvariant());
        FrameFilter.Leave(TempData, new FrameFlash("done", said));
        return Redirect(Back);
    }

    /// <summary>The notice is refused in plain words; only who wants its trace keeps it, as one without effect (T-CV-05).</summary>
    private async Task<IActionResult> KeepVoidAsync(NoticeOutcome notice)
    {
        if (!Form.KeepVoid)
        {
            Refused = notice;
            ModelState.AddModelError("Form.Day", notice.Latest is not null ? "Ce préavis vient trop tard : il est sans effet." : "Ce préavis vient trop tôt : il est sans effet.");
            return Page();
        }
        await TellAsync(Actions.NoticeVoid, "NOTICE_VOID");
        if (await desk.SettleAsync(Reading.Convention, Reading.Sheet) is null) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("soon", t.Get("Le préavis est gardé comme étant sans effet. La convention continue.")));
        return Redirect(Back);
    }

    private async Task TellAsync(Happening happening, string kind)
    {
        await life.AddEventAsync(Reading.Convention, new(kind, Form.Day ?? Reading.Today, Form.Document, Form.Reason));
        desk.Tell(Doing, happening, Reading.Convention, Reading.Convention.Reference + (Form.Day is { } day ? Languages.InFrench(() => $" · {Dates.Full(day)}") : "") + (Form.Document is { } document ? $" · {document}" : ""), Form.Reason);
    }

    private PageResult Changed()
    {
        Form.Seen = Reading.Convention.Version;
        ModelState.Clear();
        ModelState.AddModelError("", "La convention a changé depuis que vous l’avez ouverte. Relisez-la, puis confirmez.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string step, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading || ConventionStates.All.All(known => known.Slug != step)) return NotFound();
        if (!reading.Keeps) return StatusCode(StatusCodes.Status403Forbidden);
        if (ConventionStates.Find(reading.Convention.State, step) is not { } doing)
        {
            (Reading, Doing, NotNow, Response.StatusCode) = (reading, ConventionStates.All.First(known => known.Slug == step), true, StatusCodes.Status409Conflict);
            return Page();
        }
        if (!desk.MayDo(doing, reading)) return StatusCode(StatusCodes.Status403Forbidden);
        (Reading, Doing) = (reading, doing);
        Obstacles = ConventionGuards.Before(doing, reading.Convention, reading.Sheet, reading.Today);
        return null;
    }
}
