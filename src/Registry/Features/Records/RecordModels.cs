using System.Text.Json;

namespace Registry.Features.Records;

/// <summary>The library of starter sheets, read once from <c>models.json</c>.</summary>
public static class RecordModels
{
    private static readonly Lazy<ModelFile> File = new(Load);
    private static readonly Lazy<IReadOnlyList<RecordModel>> Models = new(() => [.. File.Value.Models.Select(model => new RecordModel(model))]);

    public static IReadOnlyList<RecordModel> All => Models.Value;

    /// <summary>The fourteen domains of the library in its order: code, French, English.</summary>
    public static IReadOnlyDictionary<string, ModelDomain> Domains => File.Value.Domains;

    public static RecordModel? Find(string? code) => All.FirstOrDefault(model => model.Code == code);

    private static ModelFile Load()
    {
        using var stream = typeof(RecordModels).Assembly.GetManifestResourceStream("facts/models.json")
            ?? throw new InvalidOperationException("facts/models.json is not embedded in the assembly.");
        return JsonSerializer.Deserialize<ModelFile>(stream, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("facts/models.json is empty.");
    }
}

public sealed record ModelDomain(string Fr, string En);

internal sealed record ModelFile
{
    public required Dictionary<string, ModelDomain> Domains { get; init; }
    public required List<ModelText> Models { get; init; }
}

internal sealed record ModelText
{
    public required string Code { get; init; }
    public required string Domain { get; init; }
    public required string TitleFr { get; init; }
    public required string TitleEn { get; init; }
    public required List<string> OrganisationTypes { get; init; }
    public required string GdprRole { get; init; }
    public required string ServiceFr { get; init; }
    public required string PurposeFr { get; init; }
    public required string PurposeEn { get; init; }
    public List<string> SubPurposesFr { get; init; } = [];
    public required List<ModelLegalBasis> LegalBases { get; init; }
    public required List<string> DataSubjects { get; init; }
    public required List<ModelDataCategory> DataCategories { get; init; }
    public required ModelSpecial SpecialCategories { get; init; }
    public required ModelUse Nir { get; init; }
    public required ModelUse Offences { get; init; }
    public required List<ModelRecipient> Recipients { get; init; }
    public required ModelTransfers Transfers { get; init; }
    public required List<ModelRetention> Retention { get; init; }
    public required ModelMeasures SecurityMeasures { get; init; }
    public required ModelDpia Dpia { get; init; }
    public List<string> ProcessorsTypicalFr { get; init; } = [];
    public required ModelInformation Information { get; init; }
    public string? RightsNotesFr { get; init; }
    public List<string> WatchPointsFr { get; init; } = [];
    public List<string> JointControllersFr { get; init; } = [];
}

internal sealed record ModelLegalBasis(string Basis, string? ReferenceFr);

internal sealed record ModelDataCategory(string Category, string? DetailFr, string? Source, bool Mandatory);

internal sealed record ModelSpecial(bool Present, List<string> Categories, string? Article9Condition, string? ReferenceFr);

internal sealed record ModelUse(bool Used, string? Basis, string? ReferenceFr);

internal sealed record ModelRecipient(string Kind, string LabelFr);

internal sealed record ModelTransfers(string Mechanism, string? NoteFr);

internal sealed record ModelStage(string? Duration, string? Trigger, string? TextFr);

internal sealed record ModelRetention(string ScopeFr, ModelStage Active, ModelStage Intermediate, string Final, string? SourceFr, string Confidence);

internal sealed record ModelMeasures(List<string> Organisational, List<string> Technical);

internal sealed record ModelDpia(string Conclusion, string? ListCode, List<string> Criteria, string? ReasonFr);

internal sealed record ModelInformation(List<string> Channels);
