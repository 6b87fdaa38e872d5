namespace Registry.Tests.Support;

/// <summary>A clock that a test sets; ahead of the database's, so that signatures hold.</summary>
public sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
