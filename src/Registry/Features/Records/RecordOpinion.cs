namespace Registry.Features.Records;

/// <summary>What the officer thinks of a record or of its impact assessment, and what the controller decided on it (domain §2.6).</summary>
public sealed record RecordOpinion
{
    public const string OnProcessing = "PROCESSING";
    public const string OnAssessment = "DPIA";
    private const int DaysToDecide = 30;

    public required int Number { get; init; }
    public required string Subject { get; init; }
    public required string Conclusion { get; init; }
    public required string Opinion { get; init; }
    public required DateOnly GivenOn { get; init; }
    public required string GivenBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Decision { get; init; }
    public string? DecisionReason { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }

    public bool Waits => Decision is null;

    /// <summary>Our aim, not a delay of the law.</summary>
    public DateOnly DecisionDueOn => GivenOn.AddDays(DaysToDecide);

    /// <summary>The officer was against it, or the controller went another way: said above everything else.</summary>
    public bool Disagrees => (Conclusion == "UNFAVOURABLE" && Decision is null) || Decision == "NOT_FOLLOWED";
}

/// <param name="Href">Where an opinion is given or answered; null on paper and beside a frozen version.</param>
/// <param name="OwnPage">The page's own title names them already.</param>
public sealed record OpinionsView(IReadOnlyList<RecordOpinion> Opinions, TimeZoneInfo Zone, string? Href = null, string? LinkKey = null, bool OwnPage = false);
