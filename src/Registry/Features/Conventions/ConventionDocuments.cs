using Registry.Documents;
using Registry.Features.Records;
using Registry.Features.Shared;
using Microsoft.Extensions.Localization;

namespace Registry.Features.Conventions;

/// <summary>A convention on a few pages, and the sheet of its last price.</summary>
public sealed class ConventionDocuments(ConventionDesk desk, IStringLocalizer t) : IDocumentSource
{
    private const string Price = "DOC_PRICE_REVISION";

    public IReadOnlyList<string> Codes { get; } = ["DOC_CONVENTION_SUMMARY", Price];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await desk.ReadAsync(reference) is not { } reading) return null;
        var convention = reading.Convention;
        if (code != Price) return new($"Synthèse de la convention {convention.Reference} : {convention.Title}", convention.Id, reference, Summary(reading));
        return reading.Life.Prices is [var price, ..] ? new($"Révision de prix {price.Year}, convention {convention.Reference}", convention.Id, reference, Revision(reading, price)) : null;
    }

    private Dictionary<string, object?> Summary(ConventionReading reading)
    {
        var (convention, sheet) = (reading.Convention, reading.Sheet);
        string Lower(string list, string? code) => SheetValues.Label(list, code).ToLowerInvariant();
        return Filling.Of(
            ("number", convention.Reference), ("title", convention.Title), ("keeper", convention.KeeperName), ("state", SheetValues.Label("ConventionStatus", convention.Status)), ("purpose", sheet.Subject.Purpose),
            ("signedOn", Day(convention.SignedOn)), ("effectiveOn", Day(convention.EffectiveOn)), ("endsOn", Day(convention.EndsOn)),
            ("parties", Filling.Each(sheet.Parties.Parties, party => (object?)Filling.Of(("name", party.Name ?? party.Called()), ("role", SheetValues.Label("PartyRole", party.Role)), ("gdpr", Filling.Cell(party.GdprRole is null ? null : SheetValues.Label("GdprRole", party.GdprRole))),
                ("signatory", Filling.Cell(party.SignatoryFunction))))),
            ("dates", Filling.Each(reading.Dates.Where(date => date.Kind != "OBLIGATION"), date => (object?)Filling.Of(("on", Dates.Full(date.On)), ("what", t.Get(ConventionDate.Word(date.Kind)) + (date.Subject.Length > 0 ? $", {date.Subject}" : "")), ("side", Lower("DebtorSide", date.Side))))),
            ("next", reading.Next is { } next ? $"{t.Get(ConventionDate.Word(next.Kind))}, au plus tard le {Dates.Full(next.On)}" : null),
            ("obligations", Filling.Each(reading.Obligations, one => (object?)Filling.Of(("code", one.Row.Code), ("text", one.Row.Text), ("clause", Filling.Cell(one.Row.Clause)), ("who", SheetValues.Label("DebtorSide", one.Row.Debtor)),
                ("due", Filling.Cell(one.DueOn is { } due ? Dates.Full(due) : one.WaitsKey is { } waits ? t.Get(waits, one.WaitsFor) : null)), ("state", SheetValues.Label("ObligationStatus", one.Status))))),
            ("tariffs", Filling.Each(sheet.Prices.Tariffs, row => (object?)Filling.Of(("label", row.Label), ("amount", Amounts.Read(row.Amount) is { } amount ? Amounts.Euros(amount) : Filling.Cell(row.Amount)), ("unit", Filling.Cell(row.Unit))))),
            ("price", reading.Life.Prices is [var price, ..] ? $"prix de {price.Year}, à partir du {Dates.Full(price.AppliesFrom)} : {Amounts.Euros(price.Price)}" : null),
            ("score", reading.Article28Score is { } score ? $"{Article28.Percent(score)} %" : null),
            ("items", Filling.Each(sheet.Article28.Items, item => (object?)Filling.Of(("item", SheetValues.Label("Art28Item", item.Item)), ("status", SheetValues.Label("Art28Status", item.Status)), ("clause", Filling.Cell(item.Clause))))));
    }

    private static Dictionary<string, object?> Revision(ConventionReading reading, ConventionPrice price)
    {
        var revision = price.Compute();
        var (terms, indices, each) = (revision.Terms, revision.Indices, revision.Terms.Rounding == PriceRounding.EachStep);
        var rows = new List<(string Step, string How, string Result)>
        {
            ("Prix de départ", "P0", Amounts.Euros(terms.P0)), ("Indice Syntec 0", "dernière valeur publiée", Amounts.Show(indices.Syntec0)), ("Indice Syntec de mars", "dernière valeur publiée", Amounts.Show(indices.March)),
        };
        if (indices.Link is { } link) rows.Add(("Mars, raccordé à l’ancienne série", $"{Amounts.Show(indices.March)} ÷ {Amounts.Show(link)}", Amounts.Show(revision.LinkedMarch, 3)));
        rows.Add(("1. Quotient, arrondi à trois décimales", $"{(indices.Link is null ? Amounts.Show(indices.March) : Amounts.Show(revision.LinkedMarch, 3))} ÷ {Amounts.Show(indices.Syntec0)}", Amounts.Show(revision.Ratio, 3)));
        rows.Add((each ? "2. Part indexée, arrondie à trois décimales" : "2. Part indexée, gardée entière", $"{Amounts.Show(terms.IndexedPart)} × {Amounts.Show(revision.Ratio, 3)}", Amounts.Show(revision.Product, each ? 3 : 6)));
        rows.Add(("3. Avec la part fixe", $"{Amounts.Show(terms.FixedPart)} + {Amounts.Show(revision.Product, each ? 3 : 6)}", Amounts.Show(revision.RawCoefficient, each ? 3 : 6)));
        rows.Add(("4. Coefficient, au millième supérieur", $"{Amounts.Show(revision.RawCoefficient, each ? 3 : 6)} → {Amounts.Show(revision.Coefficient, 3)}", Amounts.Show(revision.Coefficient, 3)));
        rows.Add(("5. Prix révisé, au centime", $"{Amounts.Show(terms.P0, 2)} × {Amounts.Show(revision.Coefficient, 3)}", Amounts.Euros(revision.RevisedPrice)));
        if (indices.Savings > 0) rows.Add(("Moins les économies de l’année d’avant", $"{Amounts.Show(revision.RevisedPrice, 2)} − {Amounts.Show(indices.Savings, 2)}", Amounts.Euros(revision.Price)));
        return Filling.Of(
            ("number", reading.Convention.Reference), ("title", reading.Convention.Title), ("year", price.Year), ("from", Dates.Full(price.AppliesFrom)), ("price", Amounts.Euros(price.Price)), ("by", price.RecordedBy),
            ("formula", $"P = P0 × [{Amounts.Show(terms.FixedPart)} + {Amounts.Show(terms.IndexedPart)} × (Syntec de mars ÷ Syntec 0)]"),
            ("steps", Filling.Each(rows, row => (object?)Filling.Of(("step", row.Step), ("how", row.How), ("result", row.Result)))));
    }

    private static string? Day(DateOnly? day) => day is { } one ? Dates.Full(one) : null;
}
