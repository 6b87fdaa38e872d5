using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Organisations;

[Requires(Function.Profile)]
public sealed class UnitsModel(UnitStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public UnitForm Form { get; set; } = new();

    public IReadOnlyList<Unit> Units { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public bool MayChange => visitor.Can(Function.Profile, Right.Write);

    public async Task OnGetAsync() => Units = await store.ListAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        var name = Form.Name?.Trim().Normalize() ?? "";
        var id = Guid.CreateVersion7();
        if (name.Length == 0) ModelState.AddModelError("Form.Name", "Écrivez le nom du service.");
        else if (name.Length > 150) ModelState.AddModelError("Form.Name", "Écrivez 150 caractères au plus.");
        else if (TypedText.HasHidden(name)) ModelState.AddModelError("Form.Name", TypedText.HiddenCharacter);
        else if (!await store.AddAsync(id, name)) ModelState.AddModelError("Form.Name", "Un service porte déjà ce nom.");
        if (!ModelState.IsValid)
        {
            Units = await store.ListAsync();
            return Page();
        }
        Tell(Actions.UnitAdded, id, name);
        return Redirect($"/o/{Organisation.Slug}/services");
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid id, bool active)
    {
        if (!ModelState.IsValid) return StatusCode(StatusCodes.Status400BadRequest);
        if (!MayChange) return StatusCode(StatusCodes.Status403Forbidden);
        if (await store.SwitchAsync(id, active) is not { } unit) return NotFound();
        Tell(Actions.UnitChanged, id, unit.Name);
        FrameFilter.Leave(TempData, new FrameFlash("done", active ? t.Get("Le service « {0} » est de nouveau proposé.", unit.Name) : t.Get("Le service « {0} » n’est plus proposé.", unit.Name)));
        return Redirect($"/o/{Organisation.Slug}/services");
    }

    private void Tell(Happening happening, Guid id, string name) =>
        journal.Record(new Event(Organisation.Id, happening.Code, "UNIT", id, new EventDetails { Subject = name }));

    public sealed class UnitForm
    {
        public string? Name { get; set; }
    }
}
