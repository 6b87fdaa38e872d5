using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;

namespace Registry.Features.Conventions;

/// <summary>The bodies that the text calls together, and when they met.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class MeetingsModel(ConventionDesk desk, EscalationStore escalations, Visitor visitor) : PageModel
{
    public ConventionReading Reading { get; private set; } = null!;
    public IReadOnlyList<ConventionEscalation> Escalations { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayKeep => desk.MayKeepMeetings(Reading);

    /// <summary>When that body must meet next.</summary>
    public ConventionDate? Due(GovernanceBodyRow body) => Reading.Dates.FirstOrDefault(date => date.Kind == "MEETING" && date.Subject == body.Name);

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        (Reading, Escalations) = (reading, await escalations.ListAsync(reading.Convention));
        return Page();
    }
}
