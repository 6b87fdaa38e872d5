using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>Records that a difference was taken to the next function of the ladder that the text gives.</summary>
[Requires(Function.Meetings, Right.WriteOwn)]
public sealed class EscalationModel(ConventionDesk desk, EscalationStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public EscalationForm Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public IReadOnlyList<Option> Ladder => [.. Reading.Sheet.Governance.Escalation.Select((function, place) => new Option($"{place + 1}", $"{place + 1}. {function}"))];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await RefuseAsync(convention, toChange: false) is { } refusal) return refusal;
        var last = await store.ListAsync(Reading.Convention) is [var latest, ..] ? latest.Step : 0;
        (Form.Id, Form.On, Form.Step) = (Guid.CreateVersion7(), Reading.Today, Ladder.Count > 0 ? $"{Math.Min(last + 1, Ladder.Count)}" : null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention)
    {
        if (await RefuseAsync(convention, toChange: true) is { } refusal) return refusal;
        var functions = Reading.Sheet.Governance.Escalation;
        TypedText.Judge(ModelState, ("Reason", Form.Reason, true));
        Form.Reason = TypedText.Clean(Form.Reason);
        if (!int.TryParse(Form.Step, out var step) || step < 1 || step > functions.Count) ModelState.TryAddModelError("Form.Step", "Choisissez à qui l’on s’est adressé.");
        if (Form.On > Reading.Today) ModelState.AddModelError("Form.On", "Ce jour est à venir.");
        if (!ModelState.IsValid) return Page();
        var one = new ConventionEscalation(step, step == 1 ? t.Get("Correspondant") : functions[step - 2], functions[step - 1], Form.Reason!, Form.On!.Value, visitor.Name);
        if (await store.AddAsync(Reading.Convention, Form.Id, one))
        {
            desk.Tell(Actions.ConventionEscalated, Reading.Convention, $"{Reading.Convention.Reference} · {one.FromFunction} → {one.ToFunction}", Form.Reason);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’escalade est enregistrée.")));
        }
        return Redirect(At("/reunions"));
    }

    private async Task<IActionResult?> RefuseAsync(string convention, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        Reading = reading;
        return desk.MayKeepMeetings(reading) ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
