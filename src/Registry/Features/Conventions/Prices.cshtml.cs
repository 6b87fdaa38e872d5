using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Conventions;

/// <summary>What it costs: tariffs, the year to come, and the revision of the price with every result on its way.</summary>
[Requires(Function.Conventions, Right.ReadOwn)]
public sealed class PricesModel(ConventionDesk desk, ConventionLifeStore store, Visitor visitor, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public RevisionForm Form { get; set; } = new();

    public ConventionReading Reading { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string At(string rest = "") => desk.At(Reading.Convention, rest);
    public bool MayRevise => Terms is not null && desk.MayRevisePrices(Reading);
    public PriceTerms? Terms => ConventionTerms.Prices(Reading.Sheet);
    public InvoicePreview? Preview => InvoicePreview.Of(Reading.Sheet.Prices, Reading.Today);
    public decimal? Units => Amounts.Read(Reading.Sheet.Revision.Units);

    /// <summary>Computed from what was typed, before it is recorded.</summary>
    public PriceRevision? Tried { get; private set; }

    /// <summary>The examples of the text, computed here: the same result must come out.</summary>
    public IReadOnlyList<(string Note, PriceRevision Revision)> Examples => Terms is not { } terms ? [] :
        [.. Reading.Sheet.Revision.Examples
            .Where(row => Amounts.Read(row.P0) is > 0 && Amounts.Read(row.Syntec0) is > 0 && Amounts.Read(row.SyntecMarch) is > 0 && (row.LinkCoefficient is null || Amounts.Read(row.LinkCoefficient) is > 0))
            .Select(row => (row.Note ?? "", PriceRevision.Compute(terms with { P0 = Amounts.Read(row.P0)!.Value }, new PriceIndices(Amounts.Read(row.Syntec0)!.Value, Amounts.Read(row.SyntecMarch)!.Value, Amounts.Read(row.LinkCoefficient)))))];

    public async Task<IActionResult> OnGetAsync(string convention)
    {
        if (await desk.ReadAsync(convention) is not { } reading) return NotFound();
        Reading = reading;
        if (reading.Life.Prices.All(price => price.Year != reading.Today.Year)) Form.Year = reading.Today.Year;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string convention, string? next)
    {
        if (await desk.ReadAsync(convention, toChange: true) is not { } reading) return NotFound();
        Reading = reading;
        if (!MayRevise) return StatusCode(StatusCodes.Status403Forbidden);
        if (!PostedPart.Accept(ModelState, Form, t)) return Page();
        foreach (var (field, key) in Form.Faults(reading)) ModelState.AddModelError(field, t.Get(key));
        if (!ModelState.IsValid) return Page();
        var terms = Terms!;
        Tried = PriceRevision.Compute(terms, Form.ToIndices());
        if (next != "record") return Page();
        var month = int.TryParse(reading.Sheet.Revision.RevisionMonth, out var named) ? named : 1;
        var price = new ConventionPrice
        {
            Id = Guid.CreateVersion7(), Year = Form.Year!.Value, P0 = terms.P0, FixedPart = terms.FixedPart, IndexedPart = terms.IndexedPart, Mode = terms.Rounding == PriceRounding.EachStep ? "EACH_STEP" : "RATIO_ONLY",
            Syntec0 = Tried.Indices.Syntec0, March = Tried.Indices.March, Link = Tried.Indices.Link, Savings = Tried.Indices.Savings, Price = Tried.Price, AppliesFrom = new DateOnly(Form.Year.Value, month, 1), RecordedBy = visitor.Name,
        };
        if (!await store.AddPriceAsync(reading.Convention, price)) return StatusCode(StatusCodes.Status409Conflict);
        desk.Tell(Actions.PriceRevised, reading.Convention, Languages.InFrench(() => $"{reading.Convention.Reference} · {price.Year} · {Amounts.Euros(price.Price)}"));
        if (await desk.SettleAsync(reading.Convention, reading.Sheet) is null) return StatusCode(StatusCodes.Status409Conflict);
        FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Le prix de {0} est enregistré : {1}.", price.Year, Amounts.Euros(price.Price))));
        return Redirect(At("/prix"));
    }
}
