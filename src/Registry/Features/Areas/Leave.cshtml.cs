using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;
using Registry.Identity;

namespace Registry.Features.Areas;

/// <summary>A body leaves the area: on the day after its last, neither the officer nor her team reach it. Its register stays its own.</summary>
[BeyondOrganisation]
[Requires(Function.Organisations, Right.Write)]
[RecentSecondFactor]
public sealed class LeaveModel(MembershipStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const int LongestReason = 500;

    [BindProperty]
    public LeaveForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public Membership Membership { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await RefuseAsync() is { } refusal) return refusal;
        (Form.Last, Form.Reason) = (Membership.ToOn ?? Organisation.Today(clock), Membership.EndReason);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await RefuseAsync() is { } refusal) return refusal;
        Form.Reason = TypedText.Clean(Form.Reason);
        if (Form.Last is null && ModelState["Form.Last"]?.Errors is not { Count: > 0 }) ModelState.AddModelError("Form.Last", "Indiquez le dernier jour.");
        if (Form.Last < Organisation.Today(clock)) ModelState.AddModelError("Form.Last", "Le dernier jour ne peut pas être passé : ce qui a été fait jusqu’ici l’a été par l’espace.");
        if (string.IsNullOrEmpty(Form.Reason)) ModelState.AddModelError("Form.Reason", "Dites pourquoi l’organisme quitte l’espace.");
        else if (Form.Reason.Length > LongestReason) ModelState.AddModelError("Form.Reason", "Ce texte est trop long : raccourcissez-le.");
        else if (TypedText.HasHidden(Form.Reason, lines: true)) ModelState.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        if (!ModelState.IsValid) return Page();
        if (await store.LeaveAsync(Membership, Form.Last!.Value, Form.Reason!) is not { } assistants) return StatusCode(StatusCodes.Status409Conflict);

        // Both keep it: the body in its own history, the area in that of the body that leads it.
        Change[] changes = [new Change(Languages.Key("Dernier jour"), Membership.ToOn?.ToString("dd/MM/yyyy"), Form.Last.Value.ToString("dd/MM/yyyy"))];
        journal.Record(new Event(Organisation.Id, Actions.AreaLeft.Code, "ORGANISATION", Organisation.Id, new EventDetails { Subject = Membership.AreaName, Reason = Form.Reason, Changes = changes }));
        journal.Record(new Event(Membership.LeadId, Actions.AreaLeft.Code, "AREA", Membership.AreaId, new EventDetails { Subject = Organisation.Name, Reason = Form.Reason, Changes = changes }));
        foreach (var assistant in assistants)
            journal.Record(new Event(Organisation.Id, Actions.AppointmentEnded.Code, "APPOINTMENT", assistant, new EventDetails { Reason = "Adjoint du délégué d’un espace que l’organisme quitte" }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("{0} quitte l’espace le {1}. Jusqu’à ce jour, rien ne change.", Organisation.Name, Dates.Full(Form.Last.Value))));
        return Redirect($"/espaces/{Membership.AreaId}");
    }

    private async Task<IActionResult?> RefuseAsync()
    {
        if (visitor.Grants.All(grant => grant is not { Role: Role.Dpo, AreaWide: true })) return StatusCode(StatusCodes.Status403Forbidden);
        var today = Organisation.Today(clock);
        // The body that leads the area is no member of it: its officer is its own.
        if ((await store.ListAsync()).FirstOrDefault(one => one.Covers(today)) is not { } found) return NotFound();
        Membership = found;
        return null;
    }

    public sealed class LeaveForm
    {
        public DateOnly? Last { get; set; }
        public string? Reason { get; set; }
    }
}
