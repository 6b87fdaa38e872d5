using Registry.Access;

namespace Registry.Features.HandOvers;

/// <summary>A register handed out to an authority, as the list shows it; the file stays in the database.</summary>
public sealed record HandOver
{
    public required Guid Id { get; init; }
    public required DateOnly AsOf { get; init; }
    public required string Authority { get; init; }
    public string? RequestReference { get; init; }
    public required string Reason { get; init; }
    public required int Records { get; init; }
    public required int Versions { get; init; }

    /// <summary>Our own check found nothing when the file was made.</summary>
    public required bool Intact { get; init; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }

    /// <summary>The officer is the contact of the authority (GDPR 39(1)(e)), the representative answers for the body (31).</summary>
    public static bool MayBeMadeBy(IEnumerable<Grant> grants) => grants.Any(grant => grant.Role is Role.Dpo or Role.ControllerRep);
}
