using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Systems;

[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class NewModel(SystemStore store, KnownThings known, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public SystemForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PartFormView View => new(new SheetForm(new Sheet()) { Offered = Offered, MarksOptional = true }.Describe(Form), Languages.Key("Ajouter l’application"), $"/o/{Organisation.Slug}/applications", Id);
    private Offer Offered { get; set; } = Offer.None;

    public async Task OnGetAsync()
    {
        Id = Guid.CreateVersion7();
        Offered = Offers.Of(await known.ThirdPartyNamesAsync());
    }

    public async Task<IActionResult> OnPostAsync(string? rows)
    {
        Offered = Offers.Of(await known.ThirdPartyNamesAsync());
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (await store.NameIsTakenAsync(Form.Name!, Id))
        {
            ModelState.AddModelError("Form.Name", "Une application porte déjà ce nom.");
            return Page();
        }
        var vendor = await known.ThirdPartyAsync(Form.Vendor, "THIRD_PARTY");
        if (await store.AddAsync(Id, Form, vendor))
        {
            journal.Record(new Event(Organisation.Id, Actions.SystemAdded.Code, KnownThings.System, Id,
                new EventDetails { Subject = Form.Name, Changes = PostedPart.Changes(new SystemForm(), Form, t) }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("« {0} » est ajouté.", Form.Name!)));
        }
        return Redirect($"/o/{Organisation.Slug}/applications/{Id}");
    }
}
