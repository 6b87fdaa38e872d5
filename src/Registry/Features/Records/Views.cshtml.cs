using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>The views a person keeps of a list: hers alone, and no event of the register.</summary>
[Requires(Function.ReadRecords)]
public sealed class ViewsModel(SavedViewStore store, IStringLocalizer t) : PageModel
{
    public sealed class NameForm
    {
        [Required(ErrorMessage = "Donnez un nom à cette vue."), StringLength(80, ErrorMessage = "Écrivez 80 caractères au plus.")]
        public string? Name { get; set; }

        public bool Opens { get; set; }
    }

    [BindProperty]
    public NameForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "pour")]
    public string? Slug { get; set; }

    public string? Organisation { get; private set; }
    public IReadOnlyList<SavedView> Views { get; private set; } = [];
    public RecordFilter Filter { get; private set; } = new();
    public string List => Slug is null ? "/registre" : $"/o/{Slug}/traitements";
    private Guid? _organisation;

    public async Task<IActionResult> OnGetAsync() => await ReadAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await ReadAsync()) return NotFound();
        Form.Name = Form.Name?.Trim();
        if (TypedText.HasHidden(Form.Name ?? "")) ModelState.AddModelError("Form.Name", TypedText.HiddenCharacter);
        if (Views.Count >= SavedViewStore.Most && Views.All(view => view.Name != Form.Name)) ModelState.AddModelError("Form.Name", t.Get("Vous gardez déjà {0} vues ici : retirez-en une.", SavedViewStore.Most));
        var query = Filter.ToQuery();
        if (query.Length > 2000) ModelState.AddModelError("Form.Name", t.Get("Ce filtre est trop long pour être gardé : retirez des valeurs."));
        if (!ModelState.IsValid) return Page();
        await store.SaveAsync(_organisation, new SavedView { Name = Form.Name!, Query = query, Opens = Form.Opens });
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La vue « {0} » est gardée.", Form.Name!)));
        return Redirect(List + query);
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm(Name = "nom")] string? name)
    {
        if (!await ReadAsync()) return NotFound();
        if (Views.All(view => view.Name != name)) return NotFound();
        ModelState.Clear();  // the other form of the page was not sent
        await store.DeleteAsync(_organisation, name!);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La vue « {0} » est retirée.", name!)));
        return Redirect("/registre/vues" + Filter.ToQuery() + (Slug is null ? "" : "&pour=" + Uri.EscapeDataString(Slug)));
    }

    private async Task<bool> ReadAsync()
    {
        var (known, id, name) = await store.PlaceAsync(Slug);
        if (!known) return false;
        (_organisation, Organisation) = (id, name);
        Views = await store.ListAsync(_organisation);
        Filter = RecordFilter.Read(Request.Query) with { Page = 1 };
        return true;
    }
}
