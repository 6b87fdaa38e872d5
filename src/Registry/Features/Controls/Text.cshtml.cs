using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>The controls that a convention promises, and who attested each of them until when.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class TextModel(ConventionDesk desk, ControlStore store, AttestationDesk attestations, Visitor visitor, IStringLocalizer t) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public IReadOnlyList<Attestation> All { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayAttest => MayAttestIn(Reading, visitor);
    public AttestationsView View => new(All, Reading.Today, one => MayAttest && one.ContributorId == Organisation.Id);
    public Attestation? Newest(string? code) => All.FirstOrDefault(one => one.Code == code);

    /// <summary>The keeper's own people attest anything; a party what it does itself, as it proves its obligations (F12).</summary>
    public static bool MayAttestIn(ConventionReading reading, Visitor visitor) =>
        reading.Convention.State is not (ConventionStatus.Draft or ConventionStatus.Abandoned or ConventionStatus.Closed)
        && ((reading.Keeps && visitor.Can(Function.Obligations, Right.Write))
            || (visitor.Can(Function.Obligations, Right.WriteOwn) && reading.Sheet.Parties.Parties.Any(party => party.OrganisationId == visitor.Organisation.Id.ToString())));

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        (Reading, All) = (reading, await store.ListAsync(reading.Convention));
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string convention, Guid attestation)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        if (!MayAttest) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.WithdrawAsync(attestation, reading.Convention.Id, null) is not { } code) return NotFound();
        attestations.Tell(Actions.AttestationWithdrawn, Convention.ObjectType, reading.Convention.Id, reading.Convention.Reference, code);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’attestation est retirée. L’historique garde sa trace.")));
        return Redirect(At("/controles"));
    }
}
