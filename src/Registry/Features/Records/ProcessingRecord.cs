using Registry.Access;

namespace Registry.Features.Records;

/// <summary>A record of processing as it stands: the working sheet and where it is on its way to publication.</summary>
public sealed record ProcessingRecord
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public required string SheetJson { get; init; }
    public string? ModelCode { get; init; }
    public string[] Tags { get; init; } = [];

    /// <summary>The revision of its model that the sheet was taken from, or that was last settled against it.</summary>
    public int ModelRevision { get; init; } = 1;

    /// <summary>Whose revision; null for the text shipped with the product.</summary>
    public Guid? ModelLibrary { get; init; }
    public Guid? AuthorId { get; init; }
    public int? PublishedVersion { get; init; }
    public DateOnly? NextReviewOn { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public DateOnly? ReviewDueOn { get; init; }
    public DateTimeOffset? ValidatedAt { get; init; }
    public string? ValidatedBy { get; init; }

    /// <summary>Only of an archived record: when the processing ended and what became of its data.</summary>
    public DateOnly? EndedOn { get; init; }
    public string? DataFate { get; init; }

    /// <summary>What the officer wants corrected, until the sheet is submitted again.</summary>
    public string? CorrectionComment { get; init; }
    public string? CorrectionBy { get; init; }
    public DateTimeOffset? CorrectionAt { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }

    public string Reference => ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
    public Sheet ReadSheet() => Records.SheetJson.Read(SheetJson);

    /// <summary>"T-0014": how people name a record.</summary>
    public static string ReferenceOf(int number) => $"T-{number:0000}";

    /// <summary>"T-0014" as people write it, or null: the address of another record, or of none.</summary>
    public static int? NumberOf(string reference) =>
        reference.Length is >= 6 and <= 11 && reference.StartsWith("T-", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(reference.AsSpan(2), System.Globalization.NumberStyles.None, null, out var number) ? number : null;
}

/// <summary>A line of a list of records, in whichever organisation it stands.</summary>
public sealed record RecordLine
{
    /// <summary>How many records of each state the list holds, the same on each line, as JSON.</summary>
    public required string ByStatus { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }
    public required string Type { get; init; }

    /// <summary>The offices the reader holds in that organisation: what waits for her there, not elsewhere.</summary>
    public required string[] Kinds { get; init; }
    public required string[] Delegations { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public string? Unit { get; init; }
    public string? Domain { get; init; }
    public required string Status { get; init; }
    public required int Completeness { get; init; }
    public required bool Sensitive { get; init; }
    public required bool Minors { get; init; }
    public required bool DpiaDue { get; init; }
    public required bool DpiaWaived { get; init; }
    public int? PublishedVersion { get; init; }
    public DateOnly? NextReviewOn { get; init; }
    public required string[] Tags { get; init; }
    public string? ModelCode { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The version in force was published without the officer's review (T-RE-06b).</summary>
    public required bool Unreviewed { get; init; }

    public bool WaitsForMe => RecordStates.WaitsFor(State, [.. Kinds.Select(kind => Roles.Of(kind).Code())], Delegations);
    public string Reference => ProcessingRecord.ReferenceOf(Number);
    public RecordStatus State => RecordStates.Parse(Status) ?? throw new InvalidOperationException($"Unknown state {Status}.");
}

/// <summary>A version as a list names it, without its text.</summary>
public sealed record VersionLine
{
    public required int Number { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public DateTimeOffset? SupersededAt { get; init; }
}

/// <summary>A published version, frozen with the hash of its exact text.</summary>
public sealed record RecordVersion
{
    public required int Number { get; init; }
    public required string Content { get; init; }
    public required string Sha256 { get; init; }
    public required string ChangeSummary { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required string PublishedBy { get; init; }
    public string? ValidatedBy { get; init; }
    public DateTimeOffset? SupersededAt { get; init; }
}

/// <summary>What lists filter on, read from the sheet whenever it is written.</summary>
public sealed record RecordFacts(bool Sensitive, bool Minors, bool DpiaDue, bool DpiaWaived)
{
    public static RecordFacts Of(Sheet sheet) => new(
        sheet.Sensitive.SpecialPresent == true || sheet.Sensitive.OffencesPresent == true || sheet.Sensitive.NirUsed == true,
        sheet.People.HasMinors,
        sheet.Dpia.Missing, sheet.Dpia.Waived);
}
