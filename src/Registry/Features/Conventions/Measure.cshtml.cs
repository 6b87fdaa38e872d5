using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>A measure of an indicator, given by the provider's people; whether the promise is kept is computed where its target is a number.</summary>
[Requires(Function.Indicators, Right.WriteOwn)]
public sealed class MeasureModel(ConventionDesk desk, IndicatorStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public MeasureForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public ConventionReading Reading { get; private set; } = null!;
    public IndicatorRow Row { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer la mesure"), At("/indicateurs"), Id);

    public async Task<IActionResult> OnGetAsync(string convention, string indicator)
    {
        if (await RefuseAsync(convention, indicator, toChange: false) is { } refusal) return refusal;
        Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string indicator)
    {
        if (await RefuseAsync(convention, indicator, toChange: true) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Reading.Today, Row)) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        var met = IndicatorRules.IsNumber(Row.Target) ? IndicatorRules.Judge(Row.Target, Form.Value!) : Form.Met;
        if (await store.AddAsync(Reading.Convention, Id, Row.Code!, Form, met))
        {
            desk.Tell(Actions.IndicatorMeasured, Reading.Convention, $"{Reading.Convention.Reference} · {Row.Code} · {Form.Value}", Form.Note);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La mesure de {0} est enregistrée.", Row.Code!)));
        }
        return Redirect(At("/indicateurs"));
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string indicator, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading || reading.Sheet.Indicators.Indicators.Find(row => row.Code == indicator) is not { } row) return NotFound();
        (Reading, Row) = (reading, row);
        return desk.MayMeasure(reading) ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
