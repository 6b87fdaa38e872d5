using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.ProviderRequests;
using Registry.Features.Responsibilities;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>The file: its clock, its decisions, what is known, what was stated. Who reported it reads what she reported, not what became of it.</summary>
[Requires(Function.Breaches, Right.ReadOwn)]
public sealed class DetailsModel(BreachDesk desk, ProviderIncidents incidents, BreachTickets tickets, DomainDuties duties, Trail trail, Visitor visitor) : PageModel
{
    private const int MostLines = 100;

    public BreachReading Reading { get; private set; } = null!;
    public ClockView? Clock { get; private set; }
    public IReadOnlyList<BreachAct> Acts { get; private set; } = [];
    public IncidentOfFile? Incident { get; private set; }
    public IReadOnlyList<BreachTicket> Tickets { get; private set; } = [];

    /// <summary>Of a breach that no provider told: under each convention, who helps and who decides.</summary>
    public IReadOnlyList<DomainConvention> Duties { get; private set; } = [];

    /// <summary>Where the provider's help is asked: while nobody knows where the breach came from (convention B 2.4).</summary>
    public string? AskHelpAt => MayEdit && !Reading.Breach.IsIncident && Reading.Sheet.Facts is { Origin: "UNKNOWN" } or { Cause: "UNKNOWN" } ? $"/o/{Organisation.Slug}/demandes-au-prestataire/incident?violation={Reading.Breach.Reference}" : null;
    public IReadOnlyList<TrailLine> History { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}{rest}";
    public string? OpinionAt => visitor.Can(Function.Opinions, Right.Decide) || visitor.Can(Function.Opinions, Right.WriteOwn) ? $"/o/{Organisation.Slug}/avis/demander?sujet=BREACH&objet={Reading.Breach.Reference}" : null;
    public bool MayWrite => desk.MayWrite;
    public bool MayEdit => desk.MayWrite && BreachStates.MayEdit(Reading.State);
    public bool ReadsAll => visitor.Can(Function.Breaches, Right.Read);
    public bool MayCommunicate => (desk.MayWrite || visitor.Can(Function.BreachDecisions, Right.Decide))
        && Reading.State.Status is BreachStatus.Assessing or BreachStatus.Confirmed or BreachStatus.Handled;

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await desk.ReadAsync(breach) is not { } reading) return NotFound();
        Reading = reading;
        Acts = desk.ActsFor(reading);
        if (ReadsAll && reading.Breach.ProviderIncidentId is { } incident) Incident = await incidents.OfAsync(Organisation.Id, incident);
        else if (ReadsAll && !reading.Breach.IsIncident && MayEdit) Duties = await duties.OfAsync(Responsibilities.Duties.Breach);
        if (ReadsAll && visitor.Can(Function.AccessRequests, Right.Read)) Tickets = await tickets.OfAsync(reading.Breach.Id);
        Clock = desk.ClockOf(reading, MayEdit ? At("/moments") : null, Incident?.Incident.TargetHours);
        if (ReadsAll) History = await trail.ListAsync(Organisation.Id, reading.Breach.Id, MostLines);
        return Page();
    }
}
