using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A filter of the register by where sheets stand; the key is that of the address, null for all that are kept up.</summary>
public sealed record RecordGroup(string? Key, string Label, params string[] Statuses);

public static class RecordGroups
{
    public static IReadOnlyList<RecordGroup> All { get; } =
    [
        new(null, Languages.Key("Toutes"), "DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED", "VALIDATED", "PUBLISHED", "IN_REVISION"),
        new("publiees", Languages.Key("Publiées"), "PUBLISHED", "IN_REVISION"),
        new("a-relire", Languages.Key("À relire"), "SUBMITTED", "IN_REVIEW"),
        new("a-publier", Languages.Key("À publier"), "VALIDATED"),
        new("au-service", Languages.Key("Au service"), "DRAFT", "CHANGES_REQUESTED", "IN_REVISION"),
        new("archivees", Languages.Key("Archivées"), "ARCHIVED", "ABANDONED"),
    ];

    /// <summary>One state alone, where a figure or a choice asks for it.</summary>
    public static IReadOnlyList<RecordGroup> States { get; } =
        [.. RecordStates.Faces.Select(face => new RecordGroup(face.Code.ToLowerInvariant().Replace('_', '-'), face.WordKey, face.Code))];

    /// <summary>What deserves a look, by its key in the address.</summary>
    public static IReadOnlyDictionary<string, string> Attention { get; } = new Dictionary<string, string>
    {
        ["sensibles"] = Languages.Key("Données sensibles"),
        ["mineurs"] = Languages.Key("Mineurs"),
        ["aipd-absente"] = Languages.Key("AIPD absente"),
        ["revision-depassee"] = Languages.Key("Révision dépassée"),
        ["revision-a-jour"] = Languages.Key("Révision à jour"),
        ["en-vigueur"] = Languages.Key("Avec une version publiée"),
        ["incomplete"] = Languages.Key("Champs manquants"),
        ["non-revue"] = Languages.Key("Publiée sans relecture"),
        ["mes-fiches"] = Languages.Key("Que j’ai commencées"),
    };

    /// <summary>An unknown key is no filter.</summary>
    public static RecordGroup Find(string? key) => All.Concat(States).FirstOrDefault(group => group.Key == key) ?? All[0];
}
