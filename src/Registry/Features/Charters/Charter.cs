namespace Registry.Features.Charters;

/// <summary>A version of the charter, as it was issued.</summary>
public sealed record CharterVersion
{
    public const string ObjectType = "CHARTER", SignedCode = "SIGNED", RefusedCode = "REFUSED";

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required string IssuedBy { get; init; }
}

/// <summary>Somebody who is to sign, and what she did about the version in force.</summary>
public sealed record Signer
{
    public required Guid PersonId { get; init; }
    public required string Name { get; init; }
    public required string[] Kinds { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset? SignedAt { get; init; }
    public string? Reason { get; init; }
    public bool HasSigned => Status == CharterVersion.SignedCode;
}
