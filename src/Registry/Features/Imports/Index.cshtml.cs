using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

/// <summary>The first step of an import: a file is chosen and read. Nothing of the register changes here.</summary>
[Requires(Function.DraftRecord, Right.Write)]
[TakesFiles]
public sealed class IndexModel(ImportDesk desk, ImportStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public ImportForm Form { get; set; } = new();

    [BindProperty]
    public IFormFile? Source { get; set; }

    public CurrentOrganisation Organisation => visitor.Organisation;
    public IReadOnlyList<RegisterImport> Latest { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Form.Id = Guid.CreateVersion7();
        Latest = await store.LatestAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var refusal = ModelState.IsValid ? await desk.ReceiveAsync(Form.Id, Source) : null;
        if (refusal is not null) ModelState.AddModelError(nameof(Source), t.Get(refusal.Message, refusal.Arguments));
        if (ModelState.IsValid) return Redirect($"/o/{Organisation.Slug}/traitements/importer/{Form.Id}");
        Latest = await store.LatestAsync();
        return Page();
    }

    public sealed class ImportForm
    {
        /// <summary>Made with the form: sending it twice reads one file (S-92).</summary>
        public Guid Id { get; set; }
    }
}
