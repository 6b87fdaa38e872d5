using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>A day or half a day of the officer's team, noted or corrected while the statement of its month is open.</summary>
[Requires(Function.Interventions, Right.Write)]
public sealed class VisitModel(MissionStore store, InterventionStore interventions, MissionDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle";

    [BindProperty]
    public InterventionForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Mission Mission { get; private set; } = null!;
    public Intervention? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/missions/{Mission.Id}";
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(MissionDesk.Describe(Form), Languages.Key("Enregistrer l’intervention"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(Guid mission, string visit)
    {
        if (await RefuseAsync(mission, visit, toChange: false) is { } refusal) return refusal;
        if (Kept is null) (Id, Form.PerformedBy) = (Guid.CreateVersion7(), visitor.Name);
        else (Form, Seen) = (InterventionForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid mission, string visit, int? seen)
    {
        if (await RefuseAsync(mission, visit, toChange: true) is { } refusal) return refusal;
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(desk.Today)) ModelState.AddModelError(field, t.Get(key));
        await JudgeAsync();
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        if (Kept is null)
        {
            if (await interventions.AddAsync(Mission.Id, Id, Form)) await ToldAsync(Actions.InterventionAdded, new InterventionForm { Status = null });
            return Redirect(Back);
        }
        var before = InterventionForm.Of(Kept);
        if (Seen != Kept.Version || !await interventions.SaveAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        await ToldAsync(Actions.InterventionChanged, before);
        return Redirect(Back);
    }

    /// <summary>Nobody works more than one day in a day, nor after the end; a month has one statement, and what was sent of it to the controller no longer changes.</summary>
    private async Task JudgeAsync()
    {
        if (!ModelState.IsValid || Form.HeldOn is not { } on) return;
        if (Form.Status != Intervention.Cancelled && await interventions.OtherDaysAsync(Kept?.Id ?? Id, on, Form.PerformedBy!) + Form.Length > 1)
            ModelState.AddModelError("Form.Days", "Cette personne a déjà ses heures ce jour-là : une journée au plus par personne et par jour.");
        if (Mission.IsOver && on > Mission.EndedOn) ModelState.AddModelError("Form.HeldOn", t.Get("La mission s’est terminée le {0} : aucune intervention ne la suit.", Dates.Full(Mission.EndedOn.Value)));
        DateOnly? added = Mission.IsInvoiced(Form.Status, on) ? new(on.Year, on.Month, 1) : null, taken = Kept is not null && Mission.IsInvoiced(Kept) ? Kept.Month : null;
        foreach (var month in new[] { added, taken }.OfType<DateOnly>().Distinct())
        {
            if (await interventions.StatementAsync(month) is not { } statement) continue;
            if (statement.MissionId != Mission.Id)
            {
                // Only one that would come in: it could never be invoiced there.
                if (month == added) ModelState.AddModelError("Form.HeldOn", t.Get("L’état de {0} est celui d’une autre mission : un mois n’a qu’un état, et ce jour facturé n’y entre pas.", Dates.LongMonth(month)));
            }
            else if (StatementStates.IsFrozen(statement.State)) ModelState.AddModelError("Form.HeldOn", t.Get("L’état du mois est déjà transmis ({0}) : ses jours ne changent plus.", Dates.LongMonth(month)));
        }
    }

    private async Task ToldAsync(Happening happening, InterventionForm before)
    {
        var on = Form.HeldOn!.Value;
        if (Mission.IsInvoiced(Form.Status, on)) await interventions.OpenStatementAsync(Mission.Id, new DateOnly(on.Year, on.Month, 1));
        desk.Tell(happening, Mission.ObjectType, Mission.Id, $"{on:yyyy-MM-dd} · {Form.Summary}", changes: PostedPart.Changes(before, Form, t));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’intervention est enregistrée.")));
    }

    private async Task<IActionResult?> RefuseAsync(Guid mission, string visit, bool toChange)
    {
        if (await store.FindAsync(mission, toChange) is not { } found || (visit != Added && (!Guid.TryParse(visit, out var id) || (Kept = await interventions.FindAsync(mission, id)) is null))) return NotFound();
        Mission = found;
        return found.State == MissionPhase.Proposal ? StatusCode(StatusCodes.Status409Conflict) : null;
    }
}
