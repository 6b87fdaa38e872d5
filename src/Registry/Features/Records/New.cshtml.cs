using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Begins a record, from a model of the library or from an empty sheet.</summary>
[Requires(Function.DraftRecord, Right.WriteOwn)]
public sealed class NewModel(RecordStore store, RecordDesk desk, ModelShelf shelf, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Search { get; private set; } = "";
    public IReadOnlyList<IGrouping<string, ShelfModel>> Models { get; private set; } = [];
    public IReadOnlyList<string> InUse { get; private set; } = [];

    public async Task OnGetAsync([FromQuery(Name = "q")] string? search)
    {
        Form.Id = Guid.CreateVersion7();
        await ShowAsync(search);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var model = Form.Model is null ? null : await shelf.FindAsync(Form.Model, Organisation.Id);
        var sheet = Form.Model is null ? new Sheet() : model is { IsIssued: true, Retired: false } ? await shelf.ReadAsync(model.Code, model.Revision, Organisation.Id) : null;
        if (sheet is null) return NotFound();
        if (Form.Model is null) sheet.Identification.Title = Form.Title;
        foreach (var error in SheetText.Clean(sheet.Identification)) ModelState.TryAddModelError("Form." + error.Path, t.Get(error.MessageKey, error.Arguments));
        if (string.IsNullOrEmpty(sheet.Identification.Title)) ModelState.TryAddModelError("Form.Title", "Donnez un nom au traitement.");
        else if (await store.TitleIsTakenAsync(sheet.Identification.Title, Form.Id))
            ModelState.TryAddModelError("Form.Title", "Une fiche porte déjà ce nom : ouvrez-la, ou choisissez un autre nom.");
        if (!ModelState.IsValid)
        {
            await ShowAsync(null);
            return Page();
        }
        sheet.Identification.GdprRole ??= "CONTROLLER";
        var (number, added) = await store.AddAsync(Form.Id, sheet, (await desk.JudgeNewAsync(sheet)).Percent, model?.Revision ?? 1);
        var reference = ProcessingRecord.ReferenceOf(number);
        if (added) desk.Tell(Actions.RecordAdded, Form.Id, $"{reference} · {sheet.Identification.Title}");
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("La fiche {0} est ajoutée. Complétez ce qui manque, puis soumettez-la.", reference)));
        return Redirect($"/o/{Organisation.Slug}/traitements/{reference}");
    }

    private async Task ShowAsync(string? search)
    {
        Search = search?.Trim() ?? "";
        InUse = await store.ModelsInUseAsync();
        Models = [.. (await shelf.ListAsync(Organisation.Id))
            .Where(model => model.Suits(Organisation.Type) || Organisation.Type is not ("COMMUNE" or "COMMUNE_NOUVELLE" or "CCAS" or "CIAS"))
            .Where(model => Search.Length == 0 || RecordModelSearch.Matches(model, Search))
            .GroupBy(model => model.Domain ?? "")];
    }

    public sealed class NewForm
    {
        /// <summary>Made with the form: sending it twice adds one record (S-92).</summary>
        public Guid Id { get; set; }
        public string? Title { get; set; }
        public string? Model { get; set; }
    }
}
