namespace Registry.Features.Holidays;

/// <summary>A correction of the calendar as it is kept: who made it, when and why.</summary>
public sealed record KeptCorrection
{
    public const string ObjectType = "HOLIDAY";

    public required Guid Id { get; init; }
    public required string Territory { get; init; }
    public required DateOnly Day { get; init; }
    public required bool IsHoliday { get; init; }
    public required string Name { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required string MadeBy { get; init; }
}
