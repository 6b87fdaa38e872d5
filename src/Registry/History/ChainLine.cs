namespace Registry.History;

/// <summary>A line of a chain as it is stored, with its words.</summary>
public sealed record ChainLine
{
    public required Guid OrganisationId { get; init; }
    public required long Sequence { get; init; }
    public DateTimeOffset? RecordedAt { get; init; }
    public Guid? PersonId { get; init; }
    public required string Role { get; init; }
    public required string Action { get; init; }
    public required string ObjectType { get; init; }
    public Guid? ObjectId { get; init; }
    public required string Outcome { get; init; }
    public required string RequestId { get; init; }
    public required byte[] Commitment { get; init; }
    public required string Body { get; init; }
    public required byte[] Hash { get; init; }
    public required byte[] Seal { get; init; }
    public byte[]? Salt { get; init; }
    public string? Details { get; init; }

    /// <summary>A line of the same chain says that the words about its object were erased when their time had come.</summary>
    public bool Erased { get; init; }
}
