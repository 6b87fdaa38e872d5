using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Imports;

/// <summary>What each column of the file is: proposed by its heading or remembered, corrected here, remembered for such a file.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class ColumnsModel(ImportStore store, ImportDesk desk, ImportTargets targets, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int Samples = 3;

    [BindProperty]
    public ColumnsForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public ImportTargets Targets => targets;
    public RegisterImport Import { get; private set; } = null!;
    public ImportBook Book { get; private set; } = null!;
    public ImportHeadings Headings { get; private set; } = null!;
    public SourceTable Table => Book.Tables[Form.Table];
    public string Back => $"/o/{Organisation.Slug}/traitements/importer/{Import.Id}";

    public async Task<IActionResult> OnGetAsync(Guid import, [FromQuery(Name = "feuille")] int? table, [FromQuery(Name = "ligne")] int? row)
    {
        if (await store.FindAsync(import) is not { } found) return NotFound();
        Import = found;
        if (await store.OpenAsync(import) is not { } book) return Redirect(Back);
        Book = book;
        var choice = found.ReadChoice();
        if (table is { } other && other >= 0 && other < book.Tables.Count)
        {
            Headings = ImportHeadings.Find(book.Tables[other], targets, row);
            choice = book.IsJson ? new ImportChoice { Table = other, Own = true } : await desk.RememberedAsync(Headings, Headings.Propose(other, targets));
        }
        else Headings = ImportHeadings.Find(book.Tables[choice.Table], targets, book.IsJson ? null : choice.Header);
        Form = new() { Table = choice.Table, Header = Headings.Row, Version = found.Version, Map = choice.Map.ToDictionary(one => one.Key, one => (string?)one.Value) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid import)
    {
        if (await store.FindAsync(import, toChange: true) is not { } found) return NotFound();
        Import = found;
        if (found.Status != ImportStatus.Read || await store.OpenAsync(import) is not { } book) return Redirect(Back);
        Book = book;
        if (Form.Table < 0 || Form.Table >= book.Tables.Count) return NotFound();
        Headings = ImportHeadings.Find(book.Tables[Form.Table], targets, Form.Header);
        var choice = new ImportChoice { Table = Form.Table, Own = true };
        if (!book.IsJson)
        {
            var map = Form.Map.Where(one => one.Key >= 0 && one.Key < Headings.Texts.Count && targets.Find(one.Value) is not null).ToDictionary(one => one.Key, one => one.Value!);
            choice = Headings.Propose(Form.Table, targets);
            choice = choice with { Own = choice.Own && map.All(one => targets.Own(Headings.Texts[one.Key]) == one.Value), Map = map };
            Judge(map);
        }
        if (!ModelState.IsValid) return Page();
        if (found.Version != Form.Version || !await store.ChooseAsync(found, choice)) return StatusCode(StatusCodes.Status409Conflict);
        if (!book.IsJson) await store.KeepMappingAsync(Headings.Signature, choice.Map);
        desk.Tell(Actions.ImportMapped, found.Id, null, found.Sha256);
        return Redirect(Back);
    }

    private void Judge(Dictionary<int, string> map)
    {
        if (!map.ContainsValue(ImportTargets.Title)) ModelState.AddModelError("Form.Map", "Dites quelle colonne donne le nom du traitement.");
        foreach (var twice in map.GroupBy(one => one.Value).Where(same => same.Count() > 1 && !targets.Find(same.Key)!.Gathers))
            ModelState.AddModelError($"Form.Map[{twice.Last().Key}]", t.Get("« {0} » est déjà donné par la colonne {1}.", t.Get(targets.Find(twice.Key)!.LabelKey), SourceTable.Letters(twice.First().Key)));
    }

    /// <summary>The first values of a column, so that one sees what it holds.</summary>
    public string Sample(int column) => string.Join(" · ", Table.Rows.Where(row => row.Number > Headings.End).Select(row => row.At(column)).Where(text => !string.IsNullOrWhiteSpace(text)).Take(Samples)
        .Select(text => text!.Length > 60 ? text[..59].TrimEnd('\uD800') + "…" : text));

    public string? Chosen(int column) => Form.Map.GetValueOrDefault(column);

    public sealed class ColumnsForm
    {
        public int Table { get; set; }
        public int Header { get; set; }
        public int Version { get; set; }
        public Dictionary<int, string?> Map { get; set; } = [];
    }
}
