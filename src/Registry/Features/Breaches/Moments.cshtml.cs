using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>Awareness is established, and corrected, in one place: the clock is computed anew and the history keeps what was said before.</summary>
[Requires(Function.Breaches, Right.Write)]
public sealed class MomentsModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : BreachFormPage(visitor)
{
    [BindProperty]
    public MomentsForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: false) is { } refusal) return refusal;
        Form = MomentsForm.Of(Reading.Breach, Organisation.Zone);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: true) is { } refusal) return refusal;
        var moments = Form.Check(ModelState, Organisation.Zone, desk.Now);
        // The law asks when the controller knew; a notification cannot be older than that.
        if (moments?.Awareness is { } aware && Reading.Breach.NotifiedAt < aware.At)
            ModelState.AddModelError("Form." + MomentFields.All.Skip(3).First(field => field.Get(moments) == aware.At).Name, "Ce moment est après la première notification : corrigez l’un des deux.");
        if (!ModelState.IsValid || moments is null) return Page();
        if (Form.Seen != Reading.Breach.Version) return Changed(version => Form.Seen = version);
        var changes = desk.Changes(Reading.Breach.Moments, moments);
        if (changes.Count == 0) return Redirect(Back);
        var changed = Reading.Breach with
        {
            StartedAt = moments.StartedAt,
            EndedAt = moments.EndedAt,
            ProcessorAwareAt = moments.ProcessorAwareAt,
            ControllerAlertedAt = moments.ControllerAlertedAt,
            DpoInformedAt = moments.DpoInformedAt,
            FoundAt = moments.FoundAt,
        };
        if (changed.NotifiedAt is { } sent && changed.Clock(Organisation.Zone) is { } counted) changed = changed with { NotifiedLate = counted.NeedsReasonForDelay(sent) };
        if (!await store.SaveAsync(changed)) return Changed(version => Form.Seen = version);
        desk.Tell(Actions.BreachMomentsChanged, Reading.Breach, Form.Reason, changes);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Les moments sont corrigés et le délai est recalculé.")));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        return BreachStates.MayEdit(reading.State) ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
