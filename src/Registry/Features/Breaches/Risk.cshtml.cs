using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Breaches;

/// <summary>An assessment supersedes the one before; when it says another level, what was decided on it is open again.</summary>
[Requires(Function.Breaches, Right.Write)]
public sealed class RiskModel(BreachStore store, BreachDesk desk, Visitor visitor, IStringLocalizer t) : BreachFormPage(visitor)
{
    [BindProperty]
    public RiskForm Form { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: false) is { } refusal) return refusal;
        Form.Seen = Reading.Breach.Version;
        if (Reading.Risk is { } before) (Form.Severity, Form.Likelihood, Form.Level) = (before.Severity, before.Likelihood, before.Level);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string breach)
    {
        if (await RefuseAsync(breach, toChange: true) is { } refusal) return refusal;
        var assessment = Form.Check(ModelState, Reading.Sheet);
        if (!ModelState.IsValid || assessment is null) return Page();
        if (Form.Seen != Reading.Breach.Version) return Changed(version => Form.Seen = version);
        var (before, now) = (BreachStates.ParseRisk(Reading.Breach.RiskLevel), BreachStates.ParseRisk(assessment.Level)!.Value);
        var state = BreachStates.Reassessed(Reading.State, before, now);
        var reopened = state != Reading.State;
        if (!await store.SaveAsync(Reading.Breach.With(state) with { RiskLevel = assessment.Level, DecidedAt = state.Authority == AuthorityStatus.Undecided ? null : Reading.Breach.DecidedAt })) return Changed(version => Form.Seen = version);
        await store.AddEntryAsync(Guid.CreateVersion7(), Reading.Breach.Id, EntryKinds.Assessment, desk.Now, assessment);
        desk.Tell(Actions.BreachAssessed, Reading.Breach, assessment.Reason,
            Languages.InFrench<IReadOnlyList<Change>>(() => [new(Languages.Key("Niveau retenu"), Label(Reading.Breach.RiskLevel), Label(assessment.Level))]));
        FrameFilter.Leave(TempData, new FrameFlash(reopened ? "soon" : "done",
            reopened ? t.Get("L’évaluation est enregistrée. Le niveau a changé : les décisions qui en dépendaient sont à reprendre.") : t.Get("L’évaluation est enregistrée.")));
        return Redirect(Back);
    }

    private static string? Label(string? level) => level is null ? null : Facts.Vocabulary.Current.Label("BreachRiskLevel", level);

    private async Task<IActionResult?> RefuseAsync(string reference, bool toChange)
    {
        if (await desk.ReadAsync(reference, toChange) is not { } reading) return NotFound();
        Reading = reading;
        return BreachStates.MayAssess(reading.State) ? null : StatusCode(StatusCodes.Status409Conflict);
    }
}
