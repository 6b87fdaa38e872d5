using System.Text.Json.Serialization;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Responsibilities;

/// <summary>Who answers for what under a convention (domain §2.5): one row for each domain, one cell for each party, stored as one document.</summary>
public sealed class MatrixSheet
{
    public string? Title { get; set; }
    public string? TitleEnglish { get; set; }
    public string? Code { get; set; }
    public string? SourceDocument { get; set; }
    public string? FrameworkClause { get; set; }
    public List<string> Notes { get; set; } = [];
    public List<string> NotesEnglish { get; set; } = [];
    public List<MatrixRow> Rows { get; set; } = [];

    public MatrixRow? Find(string key) => Rows.Find(row => row.Key == key);
}

public sealed class MatrixRow
{
    /// <summary>Names the row in addresses, whatever becomes of its place and label.</summary>
    public string Key { get; set; } = "";
    public string? Code { get; set; }
    public string? Label { get; set; }
    public string? LabelEnglish { get; set; }
    public List<MatrixCell> Cells { get; set; } = [];

    /// <summary>What of the program the row speaks of (<see cref="MatrixWords"/>).</summary>
    public List<string> Features { get; set; } = [];

    [JsonIgnore]
    public string Name => (Vocabulary.IsEnglish ? LabelEnglish : null) ?? Label ?? Vocabulary.Current.Label("MatrixDomain", Code);

    public MatrixCell? Of(MatrixParty party) => Cells.Find(cell => party.Is(cell.Party));
}

public sealed class MatrixCell
{
    public string? Party { get; set; }

    /// <summary>In the words of the convention; blank lines part its paragraphs.</summary>
    public string? Text { get; set; }
    public string? ShortEn { get; set; }
    public List<string> Codes { get; set; } = [];

    /// <summary>The duties that the text names, by code (<see cref="MatrixWords"/>).</summary>
    public List<string> Obligations { get; set; } = [];

    [JsonIgnore]
    public bool Says => Text is not null || Codes.Count > 0;
}

/// <summary>A column: a party of the convention, as it stood when the matrix was issued.</summary>
public sealed record MatrixParty(string Name, string Called, string? Role, string? GdprRole, string? OrganisationId)
{
    [JsonIgnore]
    public bool Controls => GdprRole is "CONTROLLER" or "JOINT_CONTROLLER";

    [JsonIgnore]
    public bool Processes => GdprRole is "PROCESSOR" or "SUB_PROCESSOR" or "PROCESSOR_AND_DPO_PROVIDER";

    public bool Is(string? named) => named is not null && (string.Equals(named, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(named, Called, StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<MatrixParty> Of(ConventionParties parties) =>
        [.. parties.Parties.Where(party => party.Called().Length > 0).Select(party => new MatrixParty(party.Name ?? party.Called(), party.Called(), party.Role, party.GdprRole, party.OrganisationId))];
}

/// <summary>What a version freezes: the matrix, and who its columns were.</summary>
public sealed record MatrixIssue(List<MatrixParty> Parties, MatrixSheet Matrix)
{
    public static MatrixIssue Read(string content) => SheetJson.ReadPart<MatrixIssue>(content);

    public string Write() => SheetJson.WritePart(this);
}
