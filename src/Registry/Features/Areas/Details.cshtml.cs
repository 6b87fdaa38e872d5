using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.History;

namespace Registry.Features.Areas;

/// <summary>One area: who its officer is, was and will be, whom it serves, what happened. For the operator and for its officer.</summary>
[Requires(Function.Organisations, Right.Write)]
public sealed class DetailsModel(AreaStore store, Visitor visitor, TimeProvider clock) : PageModel
{
    public AreaView Area { get; private set; } = null!;
    public IReadOnlyList<AreaOffice> Offices { get; private set; } = [];
    public IReadOnlyList<AreaMember> Members { get; private set; } = [];
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public DateOnly Today => Area.Today(clock);

    /// <summary>The operator names the officers; the officer says which bodies leave. Neither does the other's.</summary>
    public bool MayName => visitor.Grants.Any(grant => grant.Role == Role.PlatformAdmin);
    public bool MayRelease { get; private set; }

    public DateOnly? FirstDayWithout => Succession.FirstDayWithout(Offices, Today);
    public DateOnly? VacantSince => Succession.VacantSince(Offices, Today);

    public async Task<IActionResult> OnGetAsync(Guid space)
    {
        if (await store.FindAsync(space) is not { } found) return NotFound();
        Area = found;
        Offices = await store.OfficesAsync(space);
        Members = await store.MembersAsync(space);
        History = await store.HistoryAsync(space);
        MayRelease = Offices.Any(office => office.IsOfficer && office.PersonId == visitor.PersonId && office.Covers(Today));
        return Page();
    }
}
