using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Areas;

/// <summary>Ends the appointment of an area's officer when nobody takes over yet. With a successor, <see cref="OfficerModel"/> does both at once.</summary>
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor]
public sealed class EndOfficerModel(AreaStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public EndForm Form { get; set; } = new();

    public AreaView Area { get; private set; } = null!;
    public AreaOffice Office { get; private set; } = null!;
    public bool LeavesGap { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid space, Guid office)
    {
        if (await RefuseAsync(space, office) is { } refusal) return refusal;
        (Form.EndOn, Form.Version) = (Office.EndOn ?? (Office.StartOn > Area.Today(clock) ? Office.StartOn : Area.Today(clock)), Office.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid space, Guid office)
    {
        if (await RefuseAsync(space, office) is { } refusal) return refusal;
        if (Form.EndOn is null && ModelState["Form.EndOn"]?.Errors is not { Count: > 0 }) ModelState.AddModelError("Form.EndOn", "Indiquez le dernier jour.");
        if (Form.EndOn > Office.EndOn) ModelState.AddModelError("Form.EndOn", "Elle prend déjà fin plus tôt : une désignation ne se prolonge pas, on en enregistre une nouvelle.");
        if (Form.EndOn < Office.StartOn) ModelState.AddModelError("Form.EndOn", "Le dernier jour ne peut pas être avant le premier.");
        if (!Vocabulary.Current.Contains("AppointmentEndReason", Form.Reason)) ModelState.AddModelError("Form.Reason", "Choisissez le motif.");
        if (!ModelState.IsValid) return Page();
        if (Form.Version != Office.Version || !await store.EndAsync(Area, Office, Form.EndOn!.Value, Form.Reason!)) return StatusCode(StatusCodes.Status409Conflict);
        journal.Record(OfficerEvents.Ended(Area, Office, Form.EndOn.Value, Form.Reason!));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La désignation de {0} prend fin le {1}.", Office.Name, Dates.Full(Form.EndOn.Value))));
        return Redirect($"/espaces/{Area.Id}");
    }

    private async Task<IActionResult?> RefuseAsync(Guid space, Guid id)
    {
        if (await store.FindAsync(space) is not { } found) return NotFound();
        if (visitor.Grants.All(grant => grant.Role != Role.PlatformAdmin)) return StatusCode(StatusCodes.Status403Forbidden);
        var offices = await store.OfficesAsync(space);
        if (offices.FirstOrDefault(one => one.Id == id && one.IsOfficer) is not { } office) return NotFound();
        (Area, Office) = (found, office);
        LeavesGap = offices.All(other => other.Id == id || !other.IsOfficer || other.StartOn <= office.StartOn);
        return office.Last < found.Today(clock) ? StatusCode(StatusCodes.Status409Conflict) : null;
    }

    public sealed class EndForm
    {
        public int Version { get; set; }
        public DateOnly? EndOn { get; set; }
        public string? Reason { get; set; }
    }
}
