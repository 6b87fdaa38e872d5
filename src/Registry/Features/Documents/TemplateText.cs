namespace Registry.Features.Documents;

/// <summary>A version of the officer's own text of a document; without a text it says that the shipped one was taken up again.</summary>
public sealed record TemplateText
{
    /// <summary>For this body only, or for all that the officer serves.</summary>
    public const string OfBody = "BODY", OfArea = "AREA";
    public const string ObjectType = "DOCUMENT_TEMPLATE";

    public required Guid OrganisationId { get; init; }
    public required string Code { get; init; }
    public required string Scope { get; init; }
    public required int Number { get; init; }
    public string? Body { get; init; }

    /// <summary>What the program shipped on that day.</summary>
    public required string ShippedBody { get; init; }
    public string? Note { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public required string WrittenBy { get; init; }
}
