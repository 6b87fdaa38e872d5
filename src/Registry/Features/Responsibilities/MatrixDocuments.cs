using Registry.Documents;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Responsibilities;

/// <summary>The annex of a convention that says who answers for what (GDPR 28(3)): its last version, or as it is being written.</summary>
public sealed class MatrixDocuments(ConventionDesk desk, MatrixStore store) : IDocumentSource
{
    public IReadOnlyList<string> Codes { get; } = ["DOC_RESPONSIBILITY_MATRIX"];

    public async Task<DocumentContent?> BuildAsync(string code, string reference)
    {
        if (await desk.ReadAsync(reference) is not { ReadsMatrix: true } reading) return null;
        var (kept, versions) = await store.FindAsync(reading.Convention);
        var version = versions.Count > 0 ? await store.VersionAsync(reading.Convention, versions[0].Number) : null;
        if (kept is null && version is null) return null;
        var issue = version is { Content: { } content } ? MatrixIssue.Read(content) : new([.. MatrixParty.Of(reading.Sheet.Parties)], kept!.Read());
        var codes = Vocabulary.Current.Terms("ResponsibilityCode").ToList();
        return new($"Annexe : matrice de responsabilités, convention {reading.Convention.Reference}", reading.Convention.Id, reference, Filling.Of(
            ("number", reading.Convention.Reference), ("title", reading.Convention.Title), ("version", version?.Number), ("issuedOn", version is { IssuedAt: var at } ? Dates.Full(DateOnly.FromDateTime(at.UtcDateTime)) : null), ("sha256", version?.Sha256),
            ("clause", issue.Matrix.FrameworkClause), ("notes", issue.Matrix.Notes.Cast<object?>().ToList()),
            ("legend", Filling.Each(codes, term => (object?)Filling.Of(("code", term.Code), ("label", term.Label)))),
            ("parties", Filling.Each(issue.Parties, party => (object?)Filling.Of(("called", party.Called), ("name", party.Name), ("role", Filling.Cell(party.GdprRole is null ? null : SheetValues.Label("GdprRole", party.GdprRole)))))),
            ("rows", Filling.Each(issue.Matrix.Rows, row => (object?)Filling.Of(("domain", row.Name), ("cells", Filling.Each(issue.Parties, party => (object?)Filling.Cell(string.Join(", ", row.Of(party)?.Codes ?? []))))))),
            ("details", Filling.Each(issue.Matrix.Rows, row => (object?)Filling.Of(("domain", row.Name), ("cells", Filling.Each(issue.Parties.Where(party => row.Of(party) is { Says: true }), party => (object?)Said(party, row.Of(party)!))))))));
    }

    private static Dictionary<string, object?> Said(MatrixParty party, MatrixCell cell) => Filling.Of(
        ("party", party.Called), ("codes", Filling.Cell(string.Join(", ", cell.Codes.Select(code => SheetValues.Label("ResponsibilityCode", code))))), ("text", Filling.Cell(cell.Text)));
}
