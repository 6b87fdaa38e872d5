using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>Attests one control of a convention.</summary>
[Requires(Function.Obligations, Right.WriteOwn)]
public sealed class TextControlModel(ConventionDesk desk, ControlStore store, AttestationDesk attestations, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AttestationForm Form { get; set; } = new();

    [BindProperty(Name = "Form.P")]
    public Dictionary<string, string?> Parameters { get; set; } = [];

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public ConventionReading Reading { get; private set; } = null!;
    public string Code { get; private set; } = "";
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public ControlRow? Promised => Reading.Sheet.Security.Controls.Find(row => row.Code == Code);
    public PartFormView View => attestations.View(Form, Code, Parameters, At("/controles"), Id);

    public async Task<IActionResult> OnGetAsync(string convention, string control)
    {
        if (await RefuseAsync(convention, control) is { } refusal) return refusal;
        (Id, Form.AttestedOn) = (Guid.CreateVersion7(), Reading.Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string control)
    {
        if (await RefuseAsync(convention, control) is { } refusal) return refusal;
        if (!attestations.Accept(ModelState, Form, Code, Parameters)) return Page();
        var parameters = ControlParameters.Write(Code, Parameters);
        if (await store.AddAsync(Id, Reading.Convention, null, Code, parameters, Form))
        {
            attestations.Tell(Actions.ControlAttested, Convention.ObjectType, Reading.Convention.Id, Reading.Convention.Reference, Code, attestations.Changes(Form, Code, parameters));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’attestation est enregistrée.")));
        }
        return Redirect(At("/controles"));
    }

    private async Task<IActionResult?> RefuseAsync(string convention, string control)
    {
        if (!ControlChoice.Knows(control) || await desk.ReadAsync(convention) is not { } reading) return NotFound();
        (Reading, Code) = (reading, control);
        return TextModel.MayAttestIn(reading, visitor) ? null : StatusCode(StatusCodes.Status403Forbidden);
    }
}
