using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

[Requires(Function.DraftRecord, Right.Write)]
public sealed class NewModel(EngagementDesk desk, EngagementStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public EngagementForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    private string Home => $"/o/{Organisation.Slug}/sous-traitants";
    public PartFormView View => new(desk.Describe(Form), Languages.Key("Enregistrer le recours"), Home, Id);

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "prestataire")] string? party)
    {
        await desk.OfferAsync();
        Id = Guid.CreateVersion7();
        if (Guid.TryParse(party, out var one))
        {
            if (await store.PartyNameAsync(one) is not { } name) return NotFound();
            Form.Processor = name;
        }
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? rows)
    {
        await desk.OfferAsync();
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        if (await desk.LinkAsync(Form, ModelState) is not { } links)
        {
            SectionInput.KeepTyped(ModelState);
            return Page();
        }
        if (await store.AddAsync(Id, new() { Terms = Form }, links.Party, links.Text, links.Record))
        {
            desk.Tell(Actions.EngagementAdded, Id, $"{Form.Processor} · {Form.Service}", changes: PostedPart.Changes(new EngagementForm(), Form, t));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le recours à {0} est enregistré.", Form.Processor!)));
        }
        return Redirect($"{Home}/{Id}");
    }
}
