using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>All that was attested of an application.</summary>
[Requires(Function.ReadRecords)]
public sealed class SystemModel(ControlStore store, AttestationDesk attestations, Visitor visitor, IStringLocalizer t) : PageModel
{
    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public IReadOnlyList<Attestation> All { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/applications/{Id}{rest}";
    public bool MayAttest => visitor.Can(Function.DraftRecord, Right.Write);
    public AttestationsView View => new(All, attestations.Today, _ => MayAttest);

    public async Task<IActionResult> OnGetAsync(Guid system)
    {
        var (name, controls, _) = await store.OfSystemAsync(system);
        if (name is null) return NotFound();
        (Id, Name, All) = (system, name, controls);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid system, Guid attestation)
    {
        if (!MayAttest) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.WithdrawAsync(attestation, null, system) is not { } code) return NotFound();
        Id = system;
        attestations.Tell(Actions.AttestationWithdrawn, KnownThings.System, system, t.Get("Application"), code);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’attestation est retirée. L’historique garde sa trace.")));
        return Redirect(At("/controles"));
    }
}
