using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Documents;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Imports;

/// <summary>The empty workbook: a column for each field, and on its second page what each closed list accepts.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class TemplateModel(IStringLocalizer t) : PageModel
{
    public IActionResult OnGet(string? format)
    {
        var kind = format == "ods" ? TableFormat.Ods : TableFormat.Xlsx;
        var columns = new RegisterColumns(t, notes: true);
        var heads = columns.Heads.Zip(columns.FieldsOf).Where(one => one.Second is not null).Select(one => one.First).ToList();
        var content = new MemoryStream();
        using (var table = TableWriter.Open(kind, content, t.Get("Registre"), heads))
            table.Finish(new TableAbout(t.Get("Modèle de classeur du registre"), [.. Rules(), .. Lists()], t.Get("Une ligne par traitement ; le nom du traitement est la seule colonne obligatoire.")));
        content.Position = 0;
        return File(content, kind == TableFormat.Ods ? OdsTable.Kind : RegisterWriter.MediaType(RegisterFormat.Xlsx), kind == TableFormat.Ods ? "modele-registre.ods" : "modele-registre.xlsx");
    }

    private IEnumerable<(string, object?)> Rules()
    {
        yield return (t.Get("Une ligne"), t.Get("Un traitement."));
        yield return (t.Get("Une liste"), t.Get("Une ligne de la cellule par élément (Alt + Entrée)."));
        yield return (t.Get("Un élément à plusieurs valeurs"), t.Get("La première valeur, puis le nom de chaque autre : « Agents ; Précision : titulaires ; Mineurs »."));
        yield return (t.Get("Oui ou non"), t.Get("Oui, Non, ou rien."));
        yield return (t.Get("Durée"), t.Get("10 ans, 6 mois, 1 an 6 mois."));
    }

    private IEnumerable<(string, object?)> Lists() =>
        from section in SheetSections.All
        from field in SheetText.Fields(section.Type).SelectMany(field => SheetLabels.RowType(field.PropertyType) is { } row ? SheetText.Fields(row).Select(inner => (Head: $"{t.Get(SheetLabels.Name(field))} – {t.Get(SheetLabels.Name(inner))}", Field: inner)) : [(t.Get(SheetLabels.Name(field)), field)])
        let list = field.Item2.GetCustomAttribute<VocabularyAttribute>()
        where list is not null
        select (field.Item1, (object?)string.Join('\n', Vocabulary.Current.Terms(list.Enumeration).Where(term => list.Codes.Count == 0 || list.Codes.Contains(term.Code)).Select(term => term.Label)));
}
