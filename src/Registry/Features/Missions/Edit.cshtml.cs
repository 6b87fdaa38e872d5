using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Missions;

/// <summary>The proposal of a mission: written, and changed until the controller validates it.</summary>
[Requires(Function.Interventions, Right.Write)]
public sealed class EditModel(MissionStore store, MissionDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle", UsualRate = "230,00";

    [BindProperty]
    public MissionForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Mission? Kept { get; private set; }
    public bool NotNow { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/missions" + (Kept is null ? "" : $"/{Kept.Id}");
    private int Seen { get; set; }
    private IReadOnlyList<KnownConvention> Conventions { get; set; } = [];
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];

    public PartFormView View => new([.. new SheetForm(new Sheet())
    {
        MarksOptional = true,
        Choices = new Dictionary<string, IReadOnlyList<Option>> { [nameof(MissionForm.Convention)] = [.. Conventions.Select(one => one.Label(Organisation.Id)).Distinct().Select(label => new Option(label, label))] },
    }.Describe(Form).Where(one => one.Path != "Form.Convention" || Conventions.Count > 0)], Languages.Key("Enregistrer la proposition"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(string mission)
    {
        if (!await OpenAsync(mission, toChange: false)) return NotFound();
        if (NotNow) return Page();
        if (Kept is null) (Id, Form.DailyRate) = (Guid.CreateVersion7(), UsualRate);
        else (Form, Seen) = (MissionForm.Of(Kept, Organisation.Id), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string mission, int? seen)
    {
        if (!await OpenAsync(mission, toChange: true)) return NotFound();
        if (NotNow) return Page();
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults()) ModelState.AddModelError(field, t.Get(key));
        var convention = Conventions.FirstOrDefault(one => one.Label(Organisation.Id) == Form.Convention);
        if (Form.Convention is not null && convention is null) ModelState.AddModelError("Form.Convention", "Choisissez dans la liste.");
        if (!PostedPart.KeepErrors(ModelState)) return Page();
        if (Kept is null)
        {
            if (await store.AddAsync(Id, Form, convention)) Told(Actions.MissionAdded, Id, new MissionForm());
            return Redirect($"{Back}/{Id}");
        }
        var before = MissionForm.Of(Kept, Organisation.Id);
        if (Seen != Kept.Version || !await store.SaveAsync(Kept.Id, Form, convention, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        Told(Actions.MissionChanged, Kept.Id, before);
        return Redirect(Back);
    }

    private void Told(Happening happening, Guid id, MissionForm before)
    {
        desk.Tell(happening, Mission.ObjectType, id, Form.Title!, changes: PostedPart.Changes(before, Form, t));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La proposition est enregistrée.")));
    }

    private async Task<bool> OpenAsync(string mission, bool toChange)
    {
        if (mission != Added && (!Guid.TryParse(mission, out var id) || (Kept = await store.FindAsync(id, toChange)) is null)) return false;
        Conventions = await store.ConventionsAsync();
        // What was validated stays what it is: other days are another proposal.
        if (Kept is not null && Kept.State != MissionPhase.Proposal) (NotNow, Response.StatusCode) = (true, StatusCodes.Status409Conflict);
        return true;
    }
}
