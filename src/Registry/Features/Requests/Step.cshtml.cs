using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Requests;

/// <summary>One page for every step of a request's life: says what will happen, asks what has to be written, does it. What is not in the table is 409.</summary>
[Requires(Function.Requests)]
public sealed class StepModel(RequestStore store, RequestDesk desk, StepConsequences consequences, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public StepForm Form { get; set; } = new();

    public RequestReading Reading { get; private set; } = null!;
    public RequestAct Doing { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/demandes/{Reading.Request.Reference}";
    public bool Stale { get; private set; }
    public bool NotNow { get; private set; }
    public string? Lacks => Doing.Lacks(desk.Facts(Reading));
    public bool ByOfficer => visitor.Grants.Any(grant => grant.Role == Role.Dpo);

    public async Task<IActionResult> OnGetAsync(string file, string phase)
    {
        if (await RefuseAsync(file, phase, toChange: false) is { } refusal) return refusal;
        // The clock runs again from the day on which the proof came in, whenever somebody looks at it.
        (Form.Seen, Form.On, Form.Reason) = (Reading.Request.Version, DateParts.From(Doing.Needs == RequestNeeds.Supplied && Reading.ProvedOn(Organisation.Zone) is { } arrived ? arrived : desk.Today), Doing.Needs == RequestNeeds.Draft ? Reading.Request.Content.Draft : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string file, string phase)
    {
        if (await RefuseAsync(file, phase, toChange: true) is { } refusal) return refusal;
        if (Lacks is not null) return StatusCode(StatusCodes.Status409Conflict);
        var changed = Form.Take(Doing, Reading.Request, Organisation.Calendar, desk.Today, ByOfficer, ModelState);
        if (!ModelState.IsValid || changed is null) return Page();
        if (Form.Seen != Reading.Request.Version || !await store.SaveAsync(changed)) return Changed();
        await store.AddEntryAsync(changed.Id, Doing.Slug, StepForm.IsDated(Doing.Needs) ? Form.On.Date!.Value : desk.Today, Doing.Needs == RequestNeeds.Draft ? null : Form.Reason);
        await consequences.FollowAsync(Doing, Reading, changed, Form.Reason);
        desk.Tell(Actions.RequestStepped, changed, Doing);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(Doing.LabelKey))));
        return Redirect(Back);
    }

    private PageResult Changed()
    {
        (Stale, Form.Seen) = (true, Reading.Request.Version);
        ModelState.Remove("Form.Seen");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string step, bool toChange)
    {
        if (RequestStates.All.All(act => act.Slug != step) || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (RequestStates.Find(reading.Request.Status, step) is not { } doing)
        {
            (Doing, NotNow, Response.StatusCode) = (RequestStates.All.First(act => act.Slug == step), true, StatusCodes.Status409Conflict);
            return Page();
        }
        Doing = doing;
        return desk.GrantFor(doing) is null ? StatusCode(StatusCodes.Status403Forbidden) : null;
    }
}
