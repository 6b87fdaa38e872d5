using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.ProcessorActivities;

[BeyondOrganisation]
[Requires(Function.ProcessorRecord, Right.Write)]
public sealed class NewModel(ProcessorActivityStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ProcessorActivityForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public PartFormView View => new(PostedActivity.Describe(Form, Controllers), Languages.Key("Ajouter l’activité"), $"/o/{Organisation.Slug}/sous-traitance", Id);
    private IReadOnlyList<Option> Controllers { get; set; } = [];

    public async Task OnGetAsync()
    {
        Id = Guid.CreateVersion7();
        Form.Categories.Add("");
        Controllers = await store.ControllersAsync();
    }

    public async Task<IActionResult> OnPostAsync(string? rows)
    {
        Controllers = await store.ControllersAsync();
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t) || !PostedActivity.Accept(Form, Controllers, ModelState)) return Page();
        var (number, added) = await store.AddAsync(Id, Form);
        var reference = ProcessorActivity.ReferenceOf(number);
        if (added)
        {
            journal.Record(new Event(Organisation.Id, Actions.ProcessorActivityAdded.Code, ProcessorActivity.ObjectType, Id,
                new EventDetails { Subject = $"{reference} · {Form.ControllerName}", Changes = PostedActivity.Changes(new ProcessorActivityForm(), Form, t) }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("L’activité {0} est ajoutée.", reference)));
        }
        return Redirect($"/o/{Organisation.Slug}/sous-traitance/{reference}");
    }
}
