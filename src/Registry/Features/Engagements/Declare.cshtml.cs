using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Engagements;

/// <summary>Records that the processor announced a further one.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class DeclareModel(EngagementDesk desk, EngagementStore store, SubProcessorStore subProcessors, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public SubProcessorForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public Engagement Found { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/sous-traitants/{Found.Id}";
    private IReadOnlyList<SubProcessor> Known { get; set; } = [];
    public PartFormView View => new([.. new SheetForm(new Sheet())
    {
        MarksOptional = true, Choices = new Dictionary<string, IReadOnlyList<Option>> { [nameof(SubProcessorForm.Under)] = [.. Known.Select(one => one.Name).Distinct().Select(name => new Option(name, name))] },
    }.Describe(Form).Where(one => one.Path is not "Form.Under" || Known.Count > 0)], Languages.Key("Enregistrer l’annonce"), Back, Id);

    public async Task<IActionResult> OnGetAsync(Guid engagement)
    {
        if (!await FindAsync(engagement)) return NotFound();
        (Id, Form.Mode) = (Guid.CreateVersion7(), Found.Read(Organisation.Id).Terms.Authorisation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid engagement, string? rows)
    {
        if (!await FindAsync(engagement)) return NotFound();
        if (rows is not null) SectionInput.ChangeRows(ModelState, Request.Form, Form, rows);
        if (rows is not null || !PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(desk.Today)) ModelState.AddModelError(field, t.Get(key));
        var parent = Known.FirstOrDefault(one => one.Name == Form.Under);
        if (Form.Under is not null && parent is null) ModelState.AddModelError("Form.Under", "Choisissez dans la liste.");
        if (!ModelState.IsValid) return Page();
        if (await subProcessors.AddAsync(Id, engagement, parent?.Id, Form))
        {
            desk.Tell(Actions.SubProcessorAnnounced, engagement, $"{Found.Processor} · {Form.Name}", changes: PostedPart.Changes(new SubProcessorForm(), Form, t));
            FrameFilter.Leave(TempData, new FrameFlash("done", SubProcessorStates.ObjectionOn(Form.Mode == "GENERAL", Form.AnnouncedOn!.Value) is { } last
                ? t.Get("L’annonce est enregistrée : l’opposition est possible jusqu’au {0}.", Dates.Long(last)) : t.Get("L’annonce est enregistrée : elle attend un accord écrit.")));
        }
        return Redirect(Back + "#ulterieurs");
    }

    private async Task<bool> FindAsync(Guid engagement)
    {
        if (await store.FindAsync(engagement) is not { } found) return false;
        (Found, Known) = (found, await subProcessors.ListAsync(engagement));
        return true;
    }
}
