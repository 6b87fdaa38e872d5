using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>One action of the plan: written, then followed to its end.</summary>
[Requires(Function.Audits, Right.Write)]
public sealed class PlanModel(MissionStore store, MissionDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle";

    [BindProperty]
    public ActionForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Mission Mission { get; private set; } = null!;
    public MissionAction? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/missions/{Mission.Id}";
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(MissionDesk.Describe(Form), Languages.Key("Enregistrer l’action"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(Guid mission, string task)
    {
        if (await RefuseAsync(mission, task) is { } refusal) return refusal;
        if (Kept is null) Id = Guid.CreateVersion7();
        else (Form, Seen) = (ActionForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid mission, string task, int? seen)
    {
        if (await RefuseAsync(mission, task) is { } refusal) return refusal;
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(desk.Today)) ModelState.AddModelError(field, t.Get(key));
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        if (Kept is null)
        {
            if (await store.AddActionAsync(Mission.Id, Id, Form)) Told(Actions.MissionActionAdded, new ActionForm { Status = null });
            return Redirect(Back);
        }
        var before = ActionForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveActionAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        Told(Actions.MissionActionChanged, before);
        return Redirect(Back);
    }

    // Under the mission's own id: its page shows the life of its plan too.
    private void Told(Happening happening, ActionForm before)
    {
        desk.Tell(happening, Mission.ObjectType, Mission.Id, Form.Title!, changes: PostedPart.Changes(before, Form, t));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’action est enregistrée.")));
    }

    private async Task<IActionResult?> RefuseAsync(Guid mission, string task)
    {
        if (await store.FindAsync(mission) is not { } found || (task != Added && (!Guid.TryParse(task, out var id) || (Kept = await store.ActionAsync(mission, id)) is null))) return NotFound();
        Mission = found;
        return found.IsOver ? StatusCode(StatusCodes.Status409Conflict) : null;
    }
}
