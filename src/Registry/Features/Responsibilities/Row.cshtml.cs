using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Responsibilities;

/// <summary>The matrix with one row open in its place. Two people write two rows at once; who saves the same row second sees both texts.</summary>
[Requires(Function.ResponsibilityMatrix, Right.Write)]
public sealed class RowModel(ConventionDesk desk, MatrixStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const string New = "nouvelle";

    [BindProperty]
    public MatrixRowForm Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public MatrixSheet Matrix { get; private set; } = new();
    public IReadOnlyList<MatrixParty> Parties { get; private set; } = [];
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => desk.At(Reading.Convention, "/matrice");
    private int Version { get; set; }
    private MatrixRow? Row { get; set; }
    private string Key { get; set; } = "";
    private string Seen { get; set; } = "";
    private IReadOnlyList<SheetDifference> Conflict { get; set; } = [];
    public MatrixView View => new(Matrix, Parties, [], null, new(Form, Key, Seen, Row is null, Row is null ? Back : $"{Back}#r-{Key}", Conflict));

    public async Task<IActionResult> OnGetAsync(string convention, string line)
    {
        if (await RefuseAsync(convention, line, toChange: false) is { } refusal) return refusal;
        Key = Row?.Key ?? Guid.CreateVersion7().ToString("N");
        Form = MatrixRowForm.Of(Row ?? new(), Row is null ? Matrix.Rows.Count + 1 : Matrix.Rows.IndexOf(Row) + 1, Parties);
        Seen = HashOf(Row);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string line, string? next, string? seen, string? key)
    {
        if (await RefuseAsync(convention, line, toChange: true) is { } refusal) return refusal;
        (Key, Seen) = (Row?.Key ?? (Guid.TryParse(key, out var made) ? made : Guid.CreateVersion7()).ToString("N"), seen ?? "");
        if (Row is null && Matrix.Find(Key) is not null) return Redirect($"{Back}#r-{Key}");  // pressed twice: it is there
        var faults = Form.Faults(Parties).ToList();
        Form.Align(Parties);
        var accepted = next == "remove" || PostedPart.Accept(ModelState, Form, t);
        foreach (var (field, fault) in faults) ModelState.TryAddModelError(field, t.Get(fault));
        if (!accepted || faults.Count > 0) return Page();
        return await SaveAsync(next == "remove" && Row is not null);
    }

    private async Task<IActionResult> SaveAsync(bool removes)
    {
        var before = MatrixRowForm.Of(Row ?? new(), Row is null ? Matrix.Rows.Count + 1 : Matrix.Rows.IndexOf(Row) + 1, Parties);
        if (Row is not null && Seen != HashOf(Row))
        {
            (Conflict, Seen) = (SheetDifferences.Compare(before, Form, key => t.Get(key)), HashOf(Row));
            Response.StatusCode = StatusCodes.Status409Conflict;
            ModelState.Clear();
            return Page();
        }
        var sheet = SheetJson.ReadPart<MatrixSheet>(SheetJson.WritePart(Matrix));
        var row = sheet.Find(Key) ?? new() { Key = Key };
        sheet.Rows.Remove(row);
        if (!removes)
        {
            Form.Write(row);
            sheet.Rows.Insert(Math.Clamp((Form.Place ?? before.Place ?? 1) - 1, 0, sheet.Rows.Count), row);
        }
        if (sheet.Rows.Count > SheetText.MostRows || MatrixStore.IsTooLong(sheet))
        {
            ModelState.AddModelError("", "La matrice entière est devenue trop longue : raccourcissez des textes.");
            return Page();
        }
        if (!await store.SaveAsync(Reading.Convention, sheet, Version)) return StatusCode(StatusCodes.Status409Conflict);
        var changes = PostedPart.Changes(before, removes ? new MatrixRowForm() : Form, t);
        desk.Tell(removes ? Actions.MatrixRowRemoved : Actions.MatrixChanged, Reading.Convention, $"{Reading.Convention.Reference} · {(removes ? before.Label : Form.Label)}", changes: changes);
        FrameFilter.Leave(TempData, new FrameFlash("done", removes ? t.Get("La ligne est retirée ; son texte reste dans l’historique.") : t.Get("La ligne est enregistrée.")));
        return Redirect(removes ? Back : $"{Back}#r-{Key}");
    }

    private static string HashOf(MatrixRow? row) => row is null ? "" : SheetJson.HashOf(row);

    private async Task<IActionResult?> RefuseAsync(string convention, string line, bool toChange)
    {
        if (await desk.ReadAsync(convention, toChange) is not { } reading) return NotFound();
        Reading = reading;
        if (!reading.Keeps) return StatusCode(StatusCodes.Status403Forbidden);
        if (!IndexModel.MayEditIn(reading, visitor)) return StatusCode(StatusCodes.Status409Conflict);
        var (kept, _) = await store.FindAsync(reading.Convention);
        if (kept is null) return NotFound();
        (Parties, Matrix, Version) = (MatrixParty.Of(reading.Sheet.Parties), kept.Read(), kept.Version);
        return line != New && (Row = Matrix.Find(line)) is null ? NotFound() : null;
    }
}
