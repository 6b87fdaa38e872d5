using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>Exchanges with authorities, and whom the organisation told. Lines are added and never rewritten, also after the file was closed.</summary>
[Requires(Function.Breaches, Right.Write)]
public sealed class NoteModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NoteForm Form { get; set; } = new();

    public BreachReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/violations/{Reading.Breach.Reference}";

    public async Task<IActionResult> OnGetAsync(string breach, [FromQuery(Name = "type")] string? what)
    {
        if (await desk.ReadAsync(breach) is not { } reading) return NotFound();
        Reading = reading;
        (Form.Id, Form.What) = (Guid.CreateVersion7(), NoteForm.Kinds.Any(kind => kind.Value == what) ? what : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach)
    {
        if (await desk.ReadAsync(breach, toChange: true) is not { } reading) return NotFound();
        Reading = reading;
        var at = Form.Check(ModelState, Organisation.Zone, desk.Now);
        if (!ModelState.IsValid || at is not { } moment) return Page();
        var (kind, content) = Form.ToEntry();
        if (await store.AddEntryAsync(Form.Id, reading.Breach.Id, kind, moment, content)) desk.Tell(Actions.BreachNoted, reading.Breach, Form.Who);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le suivi est complété.")));
        return Redirect(Back);
    }
}
