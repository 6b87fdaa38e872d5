using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Appointments;

/// <summary>Ends an appointment on a day: the rights it gave end with that day.</summary>
[Requires(Function.Appointments, Right.Write)]
[Requires(Function.Appointments, Right.Decide)]
[RecentSecondFactor]
public sealed class EndModel(AppointmentStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public EndForm Form { get; set; } = new();

    public Appointment Appointment { get; private set; } = null!;
    public bool NotBegun => Appointment.StartOn > Organisation.Today(clock);
    public CurrentOrganisation Organisation => visitor.Organisation;

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        (Form.EndOn, Form.Version) = (Organisation.Today(clock), Appointment.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        if (Form.EndOn is null && ModelState["Form.EndOn"]?.Errors is not { Count: > 0 }) ModelState.AddModelError("Form.EndOn", "Indiquez le dernier jour.");
        if (Form.EndOn > Appointment.EndOn) ModelState.AddModelError("Form.EndOn", "Elle prend déjà fin plus tôt : une désignation ne se prolonge pas, on en enregistre une nouvelle.");
        if (Form.EndOn < Appointment.StartOn && !NotBegun) ModelState.AddModelError("Form.EndOn", "Le dernier jour ne peut pas être avant le premier.");
        if (!Vocabulary.Current.Contains("AppointmentEndReason", Form.Reason)) ModelState.AddModelError("Form.Reason", "Choisissez le motif.");
        if (!ModelState.IsValid) return Page();
        var cancelled = Form.EndOn < Appointment.StartOn;
        if (Form.Version != Appointment.Version || await store.EndAsync(Appointment, Form.EndOn!.Value, Form.Reason!) is not { } delegations)
            return StatusCode(StatusCodes.Status409Conflict);
        foreach (var delegation in delegations)
            journal.Record(new Event(Organisation.Id, Actions.AppointmentEnded.Code, "APPOINTMENT", delegation, new EventDetails { Reason = "Délégation donnée par une désignation qui prend fin" }));
        journal.Record(new Event(Organisation.Id, Actions.AppointmentEnded.Code, "APPOINTMENT", Appointment.Id, new EventDetails
        {
            Subject = $"{Appointment.PersonName} · {Vocabulary.Current.Find("AppointmentKind", Appointment.Kind)!.French}",
            Reason = Vocabulary.Current.Find("AppointmentEndReason", Form.Reason)!.French,
            Changes = [new Change(Languages.Key("Au"), Appointment.EndOn?.ToString("dd/MM/yyyy"), cancelled ? "annulée avant son premier jour" : Form.EndOn.Value.ToString("dd/MM/yyyy"))],
        }));
        FrameFilter.Leave(TempData, new FrameFlash("done", cancelled ? t.Get("La désignation de {0} est annulée : elle ne prendra pas effet.", Appointment.PersonName) : t.Get("La désignation de {0} prend fin le {1}.", Appointment.PersonName, Dates.Full(Form.EndOn.Value))));
        return Redirect($"/o/{Organisation.Slug}/designations");
    }

    private async Task<IActionResult?> RefuseAsync(Guid id)
    {
        if (await store.FindAsync(id) is not { AreaName: null } found) return NotFound();
        Appointment = found;
        if (found.IsOver(Organisation.Today(clock))) return StatusCode(StatusCodes.Status409Conflict);
        return null;
    }

    public sealed class EndForm
    {
        public int Version { get; set; }
        public DateOnly? EndOn { get; set; }
        public string? Reason { get; set; }
    }
}
