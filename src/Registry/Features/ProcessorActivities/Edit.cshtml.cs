using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProcessorActivities;

[BeyondOrganisation]
[Requires(Function.ProcessorRecord, Right.Write)]
public sealed class EditModel(ProcessorActivityStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ProcessorActivityForm Form { get; set; } = new();

    public ProcessorActivity Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitance/{Found.Reference}";
    public PartFormView View => new(PostedActivity.Describe(Form, Controllers), Languages.Key("Enregistrer"), Back, Version: Seen, Conflict: Conflict);
    private int Seen { get; set; }
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    private IReadOnlyList<Option> Controllers { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(string activity)
    {
        if (await RefuseAsync(activity) is { } refusal) return refusal;
        (Form, Seen) = (Found.Read(), Found.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string activity, string? rows, int? seen)
    {
        if (await RefuseAsync(activity) is { } refusal) return refusal;
        Seen = seen ?? 0;
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t) || !PostedActivity.Accept(Form, Controllers, ModelState)) return Page();
        var stored = Found.Read();
        var changes = PostedActivity.Changes(stored, Form, t);
        if (changes.Count == 0 && stored.ControllerOrganisation == Form.ControllerOrganisation) return Redirect(Back);
        if (Seen != Found.Version || !await store.SaveAsync(Found.Id, Form, Seen))
        {
            Conflict = SheetDifferences.Compare(stored, Form, key => t.Get(key));
            Seen = Found.Version;
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        journal.Record(new Event(Organisation.Id, Actions.ProcessorActivityChanged.Code, ProcessorActivity.ObjectType, Found.Id,
            new EventDetails { Subject = $"{Found.Reference} · {Form.ControllerName}", Changes = changes }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est enregistré.", Found.Reference)));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string activity)
    {
        if (await store.FindAsync(activity) is not { } found) return NotFound();
        // What has ended is kept as it was.
        if (found.Ended) return StatusCode(StatusCodes.Status409Conflict);
        Found = found;
        Controllers = await store.ControllersAsync();
        // Somebody else's reach may have named it: who changes the rest keeps it.
        if (found.Read().ControllerOrganisation is { Length: > 0 } kept && Controllers.All(option => option.Value != kept))
            Controllers = [.. Controllers, new Option(kept, found.ControllerName)];
        return null;
    }
}
