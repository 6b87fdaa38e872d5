using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>One meeting: planned, then held with its decisions, then its minutes sent.</summary>
[Requires(Function.Meetings, Right.WriteOwn)]
public sealed class MeetingModel(ConventionDesk desk, ConventionLifeStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle";

    [BindProperty]
    public MeetingForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public ConventionReading Reading { get; private set; } = null!;
    public ConventionMeeting? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer la réunion"), At("/reunions"), Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(string convention, string meeting)
    {
        if (await RefuseAsync(convention, meeting, toChange: false) is { } refusal) return refusal;
        if (Kept is null) (Id, Form.Kind) = (Guid.CreateVersion7(), Reading.Sheet.Governance.Bodies.FirstOrDefault()?.Kind);
        else (Form, Seen) = (MeetingForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string meeting, int? seen)
    {
        if (await RefuseAsync(convention, meeting, toChange: true) is { } refusal) return refusal;
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Reading.Today)) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        if (Kept is null)
        {
            if (await store.AddMeetingAsync(Reading.Convention, Id, Form, Form.Status)) await ToldAsync(Actions.MeetingPlanned, new MeetingForm());
            return Redirect(At("/reunions"));
        }
        var before = MeetingForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveMeetingAsync(Reading.Convention, Kept.Id, Form, Form.Status, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        await ToldAsync(Actions.MeetingChanged, before);
        return Redirect(At("/reunions"));
    }

    private async Task ToldAsync(Happening happening, MeetingForm before)
    {
        desk.Tell(happening, Reading.Convention, changes: PostedPart.Changes(before, Form, t));
        await desk.SettleAsync(Reading.Convention, Reading.Sheet);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La réunion est enregistrée.")));
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string meeting, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (meeting != Added && (!Guid.TryParse(meeting, out var id) || (Kept = reading.Life.Meetings.FirstOrDefault(one => one.Id == id)) is null)) return NotFound();
        return desk.MayKeepMeetings(reading) ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
