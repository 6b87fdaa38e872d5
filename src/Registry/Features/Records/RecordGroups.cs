namespace Registry.Features.Records;

/// <summary>A filter of the register by where sheets stand; the key is that of the address, null for all that are kept up.</summary>
public sealed record RecordGroup(string? Key, string Label, params string[] Statuses);

public static class RecordGroups
{
    public static IReadOnlyList<RecordGroup> All { get; } =
    [
        new(null, Shared.Languages.Key("Toutes"), "DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED", "VALIDATED", "PUBLISHED", "IN_REVISION"),
        new("publiees", Shared.Languages.Key("Publiées"), "PUBLISHED", "IN_REVISION"),
        new("a-relire", Shared.Languages.Key("À relire"), "SUBMITTED", "IN_REVIEW"),
        new("a-publier", Shared.Languages.Key("À publier"), "VALIDATED"),
        new("au-service", Shared.Languages.Key("Au service"), "DRAFT", "CHANGES_REQUESTED", "IN_REVISION"),
        new("archivees", Shared.Languages.Key("Archivées"), "ARCHIVED", "ABANDONED"),
    ];
}
