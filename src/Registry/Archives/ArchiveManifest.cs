using System.Text.Json;

namespace Registry.Archives;

/// <summary>What an archive says of itself (docs/formats/organisation-archive.md).</summary>
public sealed record ArchiveManifest
{
    public const string Path = "manifest.json", CurrentFormat = "registre-archive/1";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Format { get; init; }

    /// <summary>The last migration of the database that it was taken from.</summary>
    public required string Schema { get; init; }
    public required DateTimeOffset ExportedAt { get; init; }
    public required ArchivedOrganisation Organisation { get; init; }
    public required ArchivedChain Chain { get; init; }

    /// <summary>Every other entry, in the order in which they are taken in.</summary>
    public required IReadOnlyList<ArchiveEntry> Entries { get; init; }
}

public sealed record ArchivedOrganisation(Guid Id, string Slug, string Name, string? Siren);

/// <param name="Head">The hash of its last line.</param>
/// <param name="Faults">What was wrong with it when it was taken out; none when it is intact.</param>
public sealed record ArchivedChain(long Lines, string Head, IReadOnlyList<string> Faults);

/// <param name="Rows">Lines of a table; 1 for a file.</param>
public sealed record ArchiveEntry(string Path, long Rows, long Bytes, string Sha256);
