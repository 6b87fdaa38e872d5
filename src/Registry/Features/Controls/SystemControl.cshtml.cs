using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>Attests one control of an application.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class SystemControlModel(ControlStore store, AttestationDesk attestations, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AttestationForm Form { get; set; } = new();

    [BindProperty(Name = "Form.P")]
    public Dictionary<string, string?> Parameters { get; set; } = [];

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public string Name { get; private set; } = "";
    public string Code { get; private set; } = "";
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back { get; private set; } = "";
    public PartFormView View => attestations.View(Form, Code, Parameters, Back, Id);

    public async Task<IActionResult> OnGetAsync(Guid system, string control)
    {
        if (!await FindAsync(system, control)) return NotFound();
        (Id, Form.AttestedOn) = (Guid.CreateVersion7(), attestations.Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid system, string control)
    {
        if (!await FindAsync(system, control)) return NotFound();
        if (!attestations.Accept(ModelState, Form, Code, Parameters)) return Page();
        var parameters = ControlParameters.Write(Code, Parameters);
        if (await store.AddAsync(Id, null, system, Code, parameters, Form))
        {
            attestations.Tell(Actions.ControlAttested, KnownThings.System, system, Name, Code, attestations.Changes(Form, Code, parameters));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’attestation est enregistrée.")));
        }
        return Redirect(Back);
    }

    private async Task<bool> FindAsync(Guid system, string control)
    {
        if (!ControlChoice.Knows(control)) return false;
        var (name, _, _) = await store.OfSystemAsync(system);
        if (name is null) return false;
        (Name, Code, Back) = (name, control, $"/o/{Organisation.Slug}/applications/{system}/controles");
        return true;
    }
}
