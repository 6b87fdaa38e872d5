using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>Says that an obligation was met, and what shows it.</summary>
[Requires(Function.Obligations, Right.WriteOwn)]
public sealed class ProofModel(ConventionDesk desk, ConventionLifeStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ProofForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public ConventionReading Reading { get; private set; } = null!;
    public ObligationState Owed { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Enregistrer la preuve"), At("/obligations"), Id);

    public async Task<IActionResult> OnGetAsync(string convention, string duty)
    {
        if (await RefuseAsync(convention, duty, toChange: false) is { } refusal) return refusal;
        Id = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string duty)
    {
        if (await RefuseAsync(convention, duty, toChange: true) is { } refusal) return refusal;
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(Reading.Today)) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        if (await store.AddProofAsync(Reading.Convention, Id, Owed.Row.Code!, Form.DoneOn!.Value, Form.CoversTo, Form.Document!, Form.Note))
        {
            desk.Tell(Actions.ObligationProved, Reading.Convention, $"{Reading.Convention.Reference} · {Owed.Row.Code} · {Form.Document}", Form.Note);
            // A party writes in its own organisation: the keeper's dates follow with the clock.
            if (Reading.Keeps && await desk.SettleAsync(Reading.Convention, Reading.Sheet) is null) return StatusCode(StatusCodes.Status409Conflict);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La preuve de {0} est enregistrée.", Owed.Row.Code!)));
        }
        return Redirect(At("/obligations"));
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string duty, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading || reading.Obligations.FirstOrDefault(state => state.Row.Code == duty) is not { } owed) return NotFound();
        (Reading, Owed) = (reading, owed);
        return desk.MayProve(reading, owed.Row) ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
