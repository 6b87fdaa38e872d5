namespace Registry.Features.Shared;

/// <summary>One line of a choice. Label, hint and group are French text and go through the localizer when shown.</summary>
public sealed record Option(string Value, string Label, string? Hint = null, string? Group = null);
