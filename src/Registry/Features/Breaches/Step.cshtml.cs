using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>One page for every step of a file's life: says what will happen, asks what has to be written, does it. What is not in the table is 409.</summary>
[Requires(Function.Breaches)]
public sealed class StepModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : BreachFormPage(visitor)
{
    [BindProperty]
    public StepForm Form { get; set; } = new();

    public BreachAct Doing { get; private set; } = null!;
    public bool NotNow { get; private set; }
    public string? Lacks => Doing.Lacks(Reading.Facts());

    public async Task<IActionResult> OnGetAsync(string breach, string stage)
    {
        if (await RefuseAsync(breach, stage, toChange: false) is { } refusal) return refusal;
        if (Doing.Needs == BreachNeeds.Notification) return Redirect(Back + "/notification");
        Form.Seen = Reading.Breach.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach, string stage)
    {
        if (await RefuseAsync(breach, stage, toChange: true) is { } refusal) return refusal;
        if (Lacks is { } lacks) ModelState.AddModelError("", lacks);
        else Form.Check(Doing.Needs, Reading.Facts(), ModelState);
        // A deposit has a page of its own, with its date and its rules.
        if (Doing.Needs == BreachNeeds.Notification) return StatusCode(StatusCodes.Status409Conflict);
        if (!ModelState.IsValid) return Page();
        if (Form.Seen != Reading.Breach.Version) return Changed(version => Form.Seen = version);
        var changed = BreachDesk.After(Doing, Reading.Breach, desk.Now);
        if (Doing.Id == "T-IN-02") changed = changed with { Kind = Breach.BreachKind, Number = await store.NextNumberAsync("V", changed.Year) };
        if (!await store.SaveAsync(changed)) return Changed(version => Form.Seen = version);
        await store.AddEntryAsync(Guid.CreateVersion7(), changed.Id, BreachDesk.EntryOf(Doing), desk.Now, new StepTaken(Doing.Slug, Form.Reason, Form.Exemption, Form.Lessons, Form.Actions));
        desk.Tell(Actions.BreachStepped, changed, Form.Reason ?? Form.Lessons, act: Doing);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} : c’est enregistré.", t.Get(Doing.LabelKey))));
        return Redirect($"/o/{Organisation.Slug}/violations/{changed.Reference}");
    }

    private async Task<IActionResult?> RefuseAsync(string reference, string step, bool toChange)
    {
        if (BreachStates.All.All(act => act.Slug != step) || await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (BreachStates.Find(reading.State, step) is not { } doing)
        {
            // What was an act once, or will be: the page says where the file stands.
            (Doing, NotNow, Response.StatusCode) = (BreachStates.All.First(act => act.Slug == step), true, StatusCodes.Status409Conflict);
            return Page();
        }
        Doing = doing;
        return desk.GrantFor(doing) is null ? StatusCode(StatusCodes.Status403Forbidden) : null;
    }
}
