using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.JointControllerships;

[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class NewModel(JointControllershipStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public AgreementForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PartFormView View => new(AgreementForm.Describe(Form), Languages.Key("Ajouter l’accord"), $"/o/{Organisation.Slug}/responsabilites-conjointes", Id);

    public void OnGet()
    {
        Id = Guid.CreateVersion7();
        Form.Parties.AddRange([new PartyRow { Name = Organisation.Name }, new PartyRow()]);
    }

    public async Task<IActionResult> OnPostAsync(string? rows)
    {
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t) || !Form.Check(ModelState)) return Page();
        if (await store.SubjectIsTakenAsync(Form.Subject!, Id))
        {
            ModelState.AddModelError("Form.Subject", "Un accord porte déjà cet objet.");
            return Page();
        }
        if (await store.AddAsync(Id, Form))
        {
            journal.Record(new Event(Organisation.Id, Actions.AgreementAdded.Code, JointControllership.ObjectType, Id,
                new EventDetails { Subject = Form.Subject, Changes = PostedPart.Changes(new AgreementForm(), Form, t) }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est ajouté.", Form.Subject!)));
        }
        return Redirect($"/o/{Organisation.Slug}/responsabilites-conjointes/{Id}");
    }
}
