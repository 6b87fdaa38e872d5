using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Missions;

/// <summary>What the shared officer does for an organisation: the mission that runs, the next proposal, those that have ended.</summary>
[Requires(Function.Interventions)]
public sealed class IndexModel(MissionStore store, MissionDesk desk, Visitor visitor) : PageModel
{
    public IReadOnlyList<Mission> Missions { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayAdd => desk.MayWrite;

    public async Task OnGetAsync() => Missions = await store.ListAsync();
}
