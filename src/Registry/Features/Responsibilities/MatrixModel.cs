using System.Text.Json;

namespace Registry.Features.Responsibilities;

/// <summary>The model that a matrix may start from (<c>facts/matrix.json</c>): a signed annex of two parties, a processor and a controller.</summary>
public static class MatrixModel
{
    public const string Code = "PAU_2022_ANNEXE_1E";

    /// <summary>The model for these parties: each gets the cell of its role under the GDPR; one that has none, or another, gets an empty cell.</summary>
    public static MatrixSheet For(IReadOnlyList<MatrixParty> parties)
    {
        using var stream = typeof(MatrixModel).Assembly.GetManifestResourceStream("facts/matrix.json")
            ?? throw new InvalidOperationException("facts/matrix.json is not embedded in the assembly.");
        using var document = JsonDocument.Parse(stream);
        var model = document.RootElement;
        return new()
        {
            Title = Text(model, "titleFr"), TitleEnglish = Text(model, "titleEn"), Code = Text(model, "code"), SourceDocument = Text(model, "sourceDocument"), FrameworkClause = Text(model, "frameworkClause"),
            Notes = Texts(model.GetProperty("notes"), "fr"), NotesEnglish = Texts(model.GetProperty("notes"), "en"),
            Rows = [.. model.GetProperty("rows").EnumerateArray().OrderBy(row => row.GetProperty("order").GetInt32()).Select(row => new MatrixRow
            {
                Key = Text(row, "code")!, Code = Text(row, "code"), Label = Text(row, "domainFr"), LabelEnglish = Text(row, "domainEn"), Features = Texts(row, "linkedFeatures"),
                Cells = [.. parties.Select(party => CellOf(row, party))],
            })],
        };
    }

    public static MatrixSheet Empty(IReadOnlyList<MatrixParty> parties) => new()
    {
        Rows = [.. Facts.Vocabulary.Current.Terms("MatrixDomain").Where(term => term.Code != "CUSTOM").Select(term => new MatrixRow
        {
            Key = term.Code, Code = term.Code, Label = term.French, LabelEnglish = term.English, Cells = [.. parties.Select(party => new MatrixCell { Party = party.Name })],
        })],
    };

    private static MatrixCell CellOf(JsonElement row, MatrixParty party)
    {
        var role = party.Controls ? "CONTROLLER" : party.Processes ? "PROCESSOR" : "";
        return row.GetProperty("cells").EnumerateArray().Where(cell => Text(cell, "partyRole") == role).Select(cell => new MatrixCell
        {
            Party = party.Name, Text = string.Join("\n\n", Texts(cell, "textFr")), ShortEn = Text(cell, "shortEn"), Codes = Texts(cell, "responsibilityCodes"), Obligations = Texts(cell, "obligations"),
        }).FirstOrDefault() ?? new() { Party = party.Name };
    }

    private static string? Text(JsonElement at, string name) => at.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<string> Texts(JsonElement at, string name) => at.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(one => one.GetString()!)] : [];
}
