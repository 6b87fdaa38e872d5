using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Appointments;

/// <summary>The account of somebody appointed here: invite her, let her replace a lost second factor, shut it. Nobody sees or sets a password.</summary>
[Requires(Function.Accounts, Right.WriteOwn)]
[RecentSecondFactor]
public sealed class AccountModel(AppointmentStore store, Visitor visitor, Identity.Accounts accounts, Reenrolments reenrolments, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const int ShortestReason = 10;

    [BindProperty]
    public string? Reason { get; set; }

    public Appointment Appointment { get; private set; } = null!;
    public string? Status { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Here => $"/o/{Organisation.Slug}/designations/{Appointment.Id}/compte";

    /// <summary>The officer keeps all accounts of the organisation, a correspondent those of contributors only (matrix F03).</summary>
    public static bool MayKeep(Visitor visitor, Appointment one, IReadOnlyList<Appointment> all) =>
        visitor.Can(Function.Accounts, Right.WriteOwn)
        && (visitor.Grants.Any(grant => grant.Role is Role.Dpo or Role.PlatformAdmin)
            || (visitor.Grants.Any(grant => grant.Role == Role.Correspondent)
                && all.Where(other => other.PersonId == one.PersonId).All(other => Roles.Of(other.Kind) == Role.Contributor)));

    public async Task<IActionResult> OnGetAsync(Guid id) => await RefuseAsync(id) ?? Page();

    public async Task<IActionResult> OnPostInviteAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        if (Appointment.Email is null) return StatusCode(StatusCodes.Status409Conflict);
        var link = await accounts.InviteAsync(Appointment.PersonId, Appointment.PersonName, Appointment.Email, Organisation.Name, visitor.PersonId);
        Leave(link is null ? new FrameFlash("late", t.Get("Cette personne ou cette adresse a déjà un compte.")) : new FrameFlash("done", t.Get("L’invitation est partie à {0}. Elle vaut quarante-huit heures.", Appointment.Email)));
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostReenrolAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        Reason = Reason?.Trim();
        if (Reason is not { Length: >= ShortestReason and <= 500 } || TypedText.HasHidden(Reason))
        {
            ModelState.AddModelError(nameof(Reason), "Dites en une phrase comment vous avez vérifié son identité.");
            return Page();
        }
        if (!await reenrolments.OpenAsync(Appointment.PersonId, visitor.PersonId, Reason)) return StatusCode(StatusCodes.Status409Conflict);
        Leave(new FrameFlash("done", t.Get("{0} pourra choisir un nouveau second facteur dans vingt-quatre heures. Un message le lui annonce.", Appointment.PersonName)));
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostShutAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        await accounts.DisableAsync(Appointment.PersonId, visitor.PersonId);
        Leave(new FrameFlash("done", t.Get("Le compte est fermé. Ses sessions ont pris fin.")));
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostOpenAsync(Guid id)
    {
        if (await RefuseAsync(id) is { } refusal) return refusal;
        await accounts.EnableAsync(Appointment.PersonId, visitor.PersonId);
        Leave(new FrameFlash("done", t.Get("Le compte est rouvert.")));
        return Redirect(Here);
    }

    private void Leave(FrameFlash flash) => FrameFilter.Leave(TempData, flash);

    private async Task<IActionResult?> RefuseAsync(Guid id)
    {
        var all = await store.ListAsync();
        if (all.FirstOrDefault(one => one.Id == id) is not { } found) return NotFound();
        // The officer of an area is the operator's to invite: nobody else can.
        if (found.AreaName is not null && visitor.Grants.All(grant => grant.Role != Role.PlatformAdmin)) return NotFound();
        // An account is one for all her bodies: who holds office beyond our reach, or none here any more, is not ours to keep. Who is about to take
        // office is invited beforehand.
        if (found.IsOver(Organisation.Today(clock)) || !MayKeep(visitor, found, all) || await store.IsAppointedElsewhereAsync(found.PersonId))
            return StatusCode(StatusCodes.Status403Forbidden);
        Appointment = found;
        Status = await accounts.StatusOfAsync(found.PersonId);
        return null;
    }
}
