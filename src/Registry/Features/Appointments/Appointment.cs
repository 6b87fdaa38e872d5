namespace Registry.Features.Appointments;

/// <summary>Who holds which office, by which act, from when to when.</summary>
public sealed record Appointment
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required string PersonName { get; init; }
    public string? Job { get; init; }
    public string? Email { get; init; }
    public required string Kind { get; init; }
    public string? AreaName { get; init; }

    /// <summary>She serves the organisation from outside, through the area it is in.</summary>
    public bool Serves { get; init; }
    public required DateOnly StartOn { get; init; }
    public DateOnly? EndOn { get; init; }
    public required string ActType { get; init; }
    public string? ActReference { get; init; }
    public required DateOnly ActDate { get; init; }
    public string? SignedBy { get; init; }
    public string? DelegatedFrom { get; init; }
    public required string[] DelegationScope { get; init; }
    public string? EndReason { get; init; }
    public required int Version { get; init; }

    /// <summary>Ended before it began: it never gave any right.</summary>
    public bool IsCancelled => EndOn < StartOn;

    public bool IsOver(DateOnly today) => EndOn < today || IsCancelled;

    public bool IsActive(DateOnly today) => StartOn <= today && (EndOn is null || EndOn >= today);
}
