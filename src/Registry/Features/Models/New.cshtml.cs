using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Models;

/// <summary>Begins a model of the officer's own: from a sheet of a register she keeps, or from nothing.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class NewModel(ModelStore store, RecordSource source, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public NewForm Form { get; set; } = new();

    /// <summary>The sheet it is made from, when there is one.</summary>
    public SourceSheet? Source { get; private set; }

    public static IReadOnlyList<Option> Types => [.. Vocabulary.Current.Terms("OrganisationType").Select(term => new Option(term.Code, term.Label))];

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "organisme")] string? slug, [FromQuery(Name = "fiche")] string? reference)
    {
        if (await store.LibraryAsync() is null) return StatusCode(StatusCodes.Status403Forbidden);
        (Form.Id, Form.Organisation, Form.Record) = (Guid.CreateVersion7(), slug, reference);
        if (!await FindSourceAsync()) return NotFound();
        Form.Title = Source?.Sheet.Identification.Title;
        if (Source is not null) Form.Types = [Source.OrganisationType];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await store.LibraryAsync() is not { } library) return StatusCode(StatusCodes.Status403Forbidden);
        if (!await FindSourceAsync()) return NotFound();
        var sheet = Source is null ? new Sheet() : ModelSheet.Of(Source.Sheet);
        sheet.Identification.Title = Form.Title;
        foreach (var error in SheetText.Clean(sheet.Identification)) ModelState.TryAddModelError("Form." + error.Path, t.Get(error.MessageKey, error.Arguments));
        if (string.IsNullOrEmpty(sheet.Identification.Title)) ModelState.TryAddModelError("Form.Title", "Donnez un nom au modèle.");
        var types = Form.Types.Intersect(Types.Select(type => type.Value)).ToArray();
        if (types.Length == 0) ModelState.TryAddModelError("Form.Types", "Dites pour quels organismes ce modèle est fait.");
        if (!ModelState.IsValid) return Page();
        sheet.Identification.GdprRole ??= "CONTROLLER";
        // Made from the id of the form: sent twice, it is one model (S-92).
        var code = $"M-{Form.Id.ToString("n")[^10..].ToUpperInvariant()}";
        if (await store.AddAsync(library, Form.Id, code, types, sheet, revision: 0))
        {
            journal.Record(new Event(library, Actions.ModelAdded.Code, DetailsModel.ObjectType, Form.Id, new EventDetails { Subject = sheet.Identification.Title }));
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le modèle est ajouté. Complétez-le, puis publiez sa première révision : alors on pourra le reprendre.")));
        }
        return Redirect($"/modeles/{code}");
    }

    private async Task<bool> FindSourceAsync()
    {
        if (Form.Record is null || Form.Organisation is null) return Form.Record is null;
        Source = await source.FindAsync(Form.Organisation, Form.Record);
        return Source is not null;
    }

    public sealed class NewForm
    {
        public Guid Id { get; set; }
        public string? Title { get; set; }
        public List<string> Types { get; set; } = [];
        public string? Organisation { get; set; }
        public string? Record { get; set; }
    }
}
