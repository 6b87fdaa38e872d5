using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ThirdParties;

[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class NewModel(ThirdPartyStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ThirdPartyForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Ajouter le prestataire"), $"/o/{Organisation.Slug}/prestataires", Id);

    public void OnGet() => Id = Guid.CreateVersion7();

    public async Task<IActionResult> OnPostAsync(string? rows)
    {
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (Form.Tidy() is { } wrong) ModelState.AddModelError("Form.Siret", wrong);
        if (await store.NameIsTakenAsync(Form.Name!, Id)) ModelState.AddModelError("Form.Name", "Un prestataire porte déjà ce nom.");
        if (!ModelState.IsValid) return Page();
        if (await store.AddAsync(Id, Form))
        {
            journal.Record(new Event(Organisation.Id, Actions.ThirdPartyAdded.Code, KnownThings.ThirdParty, Id,
                new EventDetails { Subject = Form.Name, Changes = PostedPart.Changes(new ThirdPartyForm(), Form, t) }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est ajouté.", Form.Name!)));
        }
        return Redirect($"/o/{Organisation.Slug}/prestataires/{Id}");
    }
}
