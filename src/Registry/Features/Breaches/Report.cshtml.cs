using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>T-BR-01: the alarm. When whoever raises it also assesses, the file opens at once (T-BR-02).</summary>
[Requires(Function.ReportIncident, Right.Write)]
public sealed class ReportModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ReportForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;

    public void OnGet() => Form.Id = Guid.CreateVersion7();

    public async Task<IActionResult> OnPostAsync()
    {
        var moments = Form.Check(ModelState, Organisation.Zone, desk.Now, visitor.Grants.Any(grant => grant.Role == Role.Dpo));
        if (!ModelState.IsValid || moments is null) return Page();
        var breach = Form.ToBreach(moments, visitor, desk.Now);
        var opens = !breach.IsIncident && BreachStates.Find(breach.State, "evaluer") is { } act && desk.GrantFor(act) is not null;
        if (await store.AddAsync(breach) is not var (reference, added)) return StatusCode(StatusCodes.Status409Conflict);
        if (added)
        {
            var named = Named(breach, reference);
            desk.Tell(breach.IsIncident ? Actions.IncidentReported : Actions.BreachReported, named);
            if (opens)
            {
                var opening = BreachStates.Find(breach.State, "evaluer")!;
                if (!await store.SaveAsync(named.With(opening.To(named.State)))) return StatusCode(StatusCodes.Status409Conflict);
                desk.Tell(Actions.BreachStepped, named, act: opening);
            }
        }
        var mayRead = visitor.Can(Function.Breaches, Right.ReadOwn);
        FrameFilter.Leave(TempData, new FrameFlash("done", breach.IsIncident ? t.Get("L’incident {0} est enregistré.", reference) : t.Get("La violation {0} est signalée. Le délai de 72 heures court.", reference)));
        return Redirect($"/o/{Organisation.Slug}" + (mayRead ? $"/violations/{reference}" : ""));
    }

    private static Breach Named(Breach breach, string reference)
    {
        var number = Breach.Parse(reference)!.Value.Number;
        return breach.IsIncident ? breach with { IncidentNumber = number } : breach with { Number = number };
    }
}
