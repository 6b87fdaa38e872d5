namespace Registry.Features.Imports;

public static class ImportStatus
{
    public const string Read = "READ", Done = "DONE", Undone = "UNDONE", Dropped = "DROPPED", Expired = "EXPIRED";
}

/// <summary>A file on its way into the register, and what became of it.</summary>
public sealed record RegisterImport
{
    public required Guid Id { get; init; }
    public required string Status { get; init; }
    public required string Sha256 { get; init; }
    public required bool FromJson { get; init; }
    public required string Choice { get; init; }
    public required int Added { get; init; }
    public required int Identical { get; init; }
    public required int Skipped { get; init; }
    public required int LeftOut { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string ReceivedBy { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required int Version { get; init; }

    public ImportChoice ReadChoice() => ImportChoice.Read(Choice);

    public static string Word(string status) => status switch
    {
        ImportStatus.Read => Shared.Languages.Key("Lu, à importer"),
        ImportStatus.Done => Shared.Languages.Key("Importé"),
        ImportStatus.Undone => Shared.Languages.Key("Import annulé"),
        ImportStatus.Dropped => Shared.Languages.Key("Abandonné"),
        _ => Shared.Languages.Key("Effacé après un jour"),
    };
}
