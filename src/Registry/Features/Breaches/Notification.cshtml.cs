using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>T-BR-07 to T-BR-09: what was deposited with the authority, when, and the dossier as it stood.</summary>
[Requires(Function.Breaches)]
public sealed class NotificationModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : BreachFormPage(visitor)
{
    [BindProperty]
    public NotificationForm Form { get; set; } = new();

    /// <summary>Nothing can be notified as the file stands; which step is missing stands in words.</summary>
    public bool NotNow { get; private set; }

    public string NotNowKey => Reading.State.Authority == AuthorityStatus.Undecided
        ? Languages.Key("Une notification suit une décision : décidez d’abord de notifier. La notification initiale vient ensuite, puis les complémentaires.")
        : Languages.Key("Dans l’état actuel du dossier, aucune notification n’est attendue.");

    public IReadOnlyList<DossierField> Missing { get; private set; } = [];
    private IReadOnlyList<DossierSection> Sections { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: false) is { } refusal) return refusal;
        (Form.Seen, Form.Id) = (Reading.Breach.Version, Guid.CreateVersion7());
        Form.Kind = Reading.State.Authority == AuthorityStatus.ToNotify ? NotificationForm.Initial : NotificationForm.Complementary;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: true) is { } refusal) return refusal;
        if (Reading.Entries.Any(entry => entry.Id == Form.Id)) return Redirect(Back);  // the same form, sent twice
        var checkedForm = Form.Check(ModelState, Reading.State, Reading.Clock, Reading.Facts(Missing), Organisation.Zone, desk.Now);
        if (!ModelState.IsValid) return Page();
        if (checkedForm is not var (act, at)) return StatusCode(StatusCodes.Status409Conflict);
        if (Form.Seen != Reading.Breach.Version) return Changed(version => Form.Seen = version);
        var first = Reading.State.Authority == AuthorityStatus.ToNotify;
        var timeliness = Reading.Clock is { } clock && first ? Code(clock.Judge(at)) : "ON_TIME";
        var changed = Reading.Breach.With(act.To(Reading.State));
        if (first) changed = changed with { NotifiedAt = at, NotifiedLate = Reading.Clock?.NeedsReasonForDelay(at) == true };
        if (!await store.SaveAsync(changed)) return Changed(version => Form.Seen = version);
        var sent = new NotificationSent(Form.Kind!, Form.Number, first ? Form.DelayReason : null, timeliness, Form.Note,
            [.. Sections.SelectMany(section => section.Fields).Where(field => field.Text is not null).Select(field => new DossierLine(field.Label, field.Text!))], [.. Missing.Select(field => field.Label)]);
        await store.AddEntryAsync(Form.Id, changed.Id, EntryKinds.Notification, at, sent);
        desk.Tell(Actions.BreachNotified, changed, sent.DelayReason, sha256: SheetJson.HashOf(sent), act: act);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La notification est enregistrée, avec le dossier tel qu’il était.")));
        return Redirect(Back);
    }

    private static string Code(NotificationTimeliness timeliness) => timeliness switch
    {
        NotificationTimeliness.OnTime => "ON_TIME",
        NotificationTimeliness.WithinOuterLimit => "WITHIN_OUTER_LIMIT",
        _ => "LATE",
    };

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        var steps = BreachStates.All.Where(act => act.Needs == BreachNeeds.Notification && act.Starts(reading.State)).ToList();
        if (!BreachStates.All.Any(act => act.Needs == BreachNeeds.Notification && desk.GrantFor(act) is not null)) return StatusCode(StatusCodes.Status403Forbidden);
        if (steps.Count == 0)
        {
            (NotNow, Response.StatusCode) = (true, StatusCodes.Status409Conflict);
            return Page();
        }
        // In French whoever writes: what was deposited is kept in the language of the authority.
        Sections = toChange ? await Languages.InFrench(() => desk.DossierAsync(reading)) : await desk.DossierAsync(reading);
        Missing = Dossier.Missing(Sections);
        return null;
    }
}
