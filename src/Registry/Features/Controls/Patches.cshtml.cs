using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Controls;

/// <summary>The corrections of an application: published, applied within sixty days, or late.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class PatchesModel(ControlStore store, AttestationDesk desk, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public PatchForm Form { get; set; } = new();

    [BindProperty(Name = "Form.Id")]
    public Guid Id { get; set; }

    public string Name { get; private set; } = "";
    public IReadOnlyList<Patch> All { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back { get; private set; } = "";
    public PatchesView Lines => new(All, desk.Today, MayApply: true);
    public PartFormView View => new(new SheetForm(new Sheet()) { MarksOptional = true }.Describe(Form), Languages.Key("Ajouter le correctif"), Back, Id);

    public async Task<IActionResult> OnGetAsync(Guid system)
    {
        Id = Guid.CreateVersion7();
        return await FindAsync(system) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid system)
    {
        if (!await FindAsync(system)) return NotFound();
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(desk.Today)) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        if (await store.AddPatchAsync(Id, system, Form))
        {
            Tell(Actions.PatchRecorded, system, Form.Label!);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le correctif est enregistré.")));
        }
        return Redirect(Back + "/correctifs");
    }

    public async Task<IActionResult> OnPostApplyAsync(Guid system, Guid patch)
    {
        if (!await FindAsync(system)) return NotFound();
        // The form of a new correction is not part of this act: left empty, it must not undo it.
        ModelState.Clear();
        if (All.All(one => one.Id != patch)) return NotFound();
        if (await store.ApplyPatchAsync(patch, system) is not { } label) return StatusCode(StatusCodes.Status409Conflict);
        Tell(Actions.PatchApplied, system, label);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le correctif est noté comme appliqué.")));
        return Redirect(Back + "/correctifs");
    }

    private void Tell(Happening happening, Guid system, string label) =>
        journal.Record(new Event(Organisation.Id, happening.Code, KnownThings.System, system, new EventDetails { Subject = $"{Name} · {label}" }));

    private async Task<bool> FindAsync(Guid system)
    {
        var (name, _, patches) = await store.OfSystemAsync(system);
        if (name is null) return false;
        (Name, All, Back) = (name, patches, $"/o/{Organisation.Slug}/applications/{system}");
        return true;
    }
}
