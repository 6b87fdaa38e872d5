using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Trainings;

/// <summary>One training: recorded, later completed with its evidence.</summary>
[Requires(Function.Training, Right.Write)]
public sealed class EditModel(TrainingStore store, Visitor visitor, Journal journal, TimeProvider clock, IStringLocalizer t) : PageModel
{
    private const string Added = "nouvelle";

    [BindProperty]
    public TrainingForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Training? Kept { get; private set; }
    public CurrentOrganisation Organisation => visitor.Organisation;
    private string Back => $"/o/{Organisation.Slug}/formations";
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer la formation"), Back, Kept is null ? Id : null, Kept is null ? null : Seen, Conflict);

    public async Task<IActionResult> OnGetAsync(string training)
    {
        if (!await OpenAsync(training)) return NotFound();
        if (Kept is null) Id = Guid.CreateVersion7();
        else (Form, Seen) = (TrainingForm.Of(Kept), Kept.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string training, int? seen)
    {
        if (!await OpenAsync(training)) return NotFound();
        Seen = seen ?? 0;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Organisation.Today(clock))) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        if (Kept is null)
        {
            if (await store.AddAsync(Id, Form)) Told(Actions.TrainingAdded, Id, new TrainingForm());
            return Redirect(Back);
        }
        var before = TrainingForm.Of(Kept);
        if (Seen != Kept.Version || !await store.SaveAsync(Kept.Id, Form, Seen))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), Kept.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        Told(Actions.TrainingChanged, Kept.Id, before);
        return Redirect(Back);
    }

    private void Told(Happening happening, Guid id, TrainingForm before)
    {
        journal.Record(new Event(Organisation.Id, happening.Code, Training.ObjectType, id, new EventDetails { Subject = Form.Topic, Changes = PostedPart.Changes(before, Form, t) is { Count: > 0 } changes ? changes : null }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La formation est enregistrée.")));
    }

    private async Task<bool> OpenAsync(string training) =>
        training == Added || (Guid.TryParse(training, out var id) && (Kept = await store.FindAsync(id)) is not null);
}
