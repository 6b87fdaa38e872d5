using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProcessorActivities;

/// <summary>The work for a controller is over: the line stays, with its last day.</summary>
[Requires(Function.ProcessorRecord, Right.Write)]
public sealed class EndModel(ProcessorActivityStore store, Visitor visitor, Journal journal, IStringLocalizer t, TimeProvider clock) : PageModel
{
    [BindProperty]
    public EndForm Form { get; set; } = new();

    public ProcessorActivity Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitance/{Found.Reference}";
    public PartFormView View => new(new SheetForm(new Sheet()).Describe(Form), Languages.Key("Terminer l’activité"), Back);

    public async Task<IActionResult> OnGetAsync(string activity) => await RefuseAsync(activity) ?? Page();

    public async Task<IActionResult> OnPostAsync(string activity)
    {
        if (await RefuseAsync(activity) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form.EndOn < Found.StartOn) ModelState.AddModelError("Form.EndOn", "Le dernier jour ne peut pas précéder le premier.");
        else if (Form.EndOn > Organisation.Today(clock)) ModelState.AddModelError("Form.EndOn", "Ce jour n’est pas encore passé : enregistrez la fin quand elle aura eu lieu.");
        if (!ModelState.IsValid) return Page();
        if (!await store.EndAsync(Found.Id, Form.EndOn!.Value)) return StatusCode(StatusCodes.Status409Conflict);
        journal.Record(new Event(Organisation.Id, Actions.ProcessorActivityEnded.Code, ProcessorActivity.ObjectType, Found.Id, new EventDetails
        {
            Subject = $"{Found.Reference} · {Found.ControllerName}", Reason = Form.Reason, Changes = [new Change(Languages.Key("Dernier jour"), null, $"{Form.EndOn:dd/MM/yyyy}")],
        }));
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’activité {0} est terminée. Elle reste au registre.", Found.Reference)));
        return Redirect(Back);
    }

    private async Task<IActionResult?> RefuseAsync(string activity)
    {
        if (await store.FindAsync(activity) is not { } found) return NotFound();
        if (found.Ended) return StatusCode(StatusCodes.Status409Conflict);
        Found = found;
        return null;
    }
}
