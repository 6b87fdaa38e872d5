using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Engagements;

/// <summary>A recourse to a processor as it is kept.</summary>
public sealed record Engagement
{
    public const string ObjectType = "ENGAGEMENT";

    public required Guid Id { get; init; }
    public required Guid ThirdPartyId { get; init; }
    public required string Processor { get; init; }
    public required string Service { get; init; }
    public Guid? KeeperId { get; init; }
    public Guid? ConventionId { get; init; }
    public int? ConventionNumber { get; init; }
    public string? ConventionTitle { get; init; }
    public string? KeeperName { get; init; }
    public double? ConventionScore { get; init; }
    public Guid? RecordId { get; init; }
    public int? RecordNumber { get; init; }
    public string? RecordTitle { get; init; }
    public DateOnly? EndedOn { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }

    /// <summary>The document with the names that what it links to bears today.</summary>
    public EngagementSheet Read(Guid organisation)
    {
        var sheet = Records.SheetJson.ReadPart<EngagementSheet>(SheetJson);
        sheet.Terms.Processor = Processor;
        if (ConventionId is { } convention && ConventionNumber is not null) sheet.Terms.Convention = new KnownText(KeeperId!.Value, convention, ConventionNumber.Value, ConventionTitle!, KeeperName!).Label(organisation);
        if (RecordNumber is { } number) sheet.Terms.Record = KnownRecord.LabelOf(number, RecordTitle!);
        return sheet;
    }
}

/// <summary>A convention that an engagement may rest on: the organisation's own, or one that binds it.</summary>
public sealed record KnownText(Guid KeeperId, Guid Id, int Number, string Title, string KeeperName)
{
    public string Label(Guid organisation) => KeeperId == organisation ? $"{Convention.ReferenceOf(Number)} · {Title}" : $"{Title} ({KeeperName})";

    public string Path(Guid organisation) => KeeperId == organisation ? Convention.ReferenceOf(Number) : Id.ToString();
}

public sealed record KnownRecord(Guid Id, int Number, string Title)
{
    public string Label => LabelOf(Number, Title);

    public static string LabelOf(int number, string title) => $"{ProcessingRecord.ReferenceOf(number)} · {title}";
}

/// <summary>What the form of an engagement offers.</summary>
public sealed record EngagementChoices(IReadOnlyList<string> Parties, IReadOnlyList<KnownText> Texts, IReadOnlyList<KnownRecord> Records);

public sealed record EngagementLine
{
    public required Guid Id { get; init; }
    public required Guid ThirdPartyId { get; init; }
    public required string Processor { get; init; }
    public required string Service { get; init; }
    public string? Reference { get; init; }
    public DateOnly? ExpiresOn { get; init; }
    public DateOnly? EndedOn { get; init; }
    public double? Score { get; init; }
    public required int Pending { get; init; }
    public required int Total { get; init; }
}

/// <summary>A processor whose text nobody checked, or covers too little (domain §5).</summary>
public sealed record WeakLine
{
    public required Guid OrganisationId { get; init; }
    public required string Slug { get; init; }
    public required string Organisation { get; init; }

    /// <summary>E an engagement, C a convention that no engagement names, P a third party that sheets name as processor without any text.</summary>
    public required string Kind { get; init; }
    public required Guid Id { get; init; }
    public string? Processor { get; init; }
    public string? Subject { get; init; }
    public int? Number { get; init; }
    public double? Score { get; init; }
    public required int Total { get; init; }

    /// <summary>Where the check is done.</summary>
    public string Path => $"/o/{Slug}/" + Kind switch
    {
        "E" => $"sous-traitants/{Id}",
        "C" => $"conventions/{Convention.ReferenceOf(Number!.Value)}/article-28",
        _ => $"sous-traitants/nouveau?prestataire={Id}",
    };

    /// <summary>What a reader opens: she describes nothing.</summary>
    public string ReadPath => Kind == "P" ? $"/o/{Slug}/prestataires/{Id}" : Path;
}

/// <param name="MayAdd">Whether the visitor describes what is missing, or only reads.</param>
public sealed record WeakView(IReadOnlyList<WeakLine> Lines, bool MayAdd);

public sealed record SubProcessor
{
    public required Guid Id { get; init; }
    public required Guid EngagementId { get; init; }
    public Guid? ParentId { get; init; }
    public required string Name { get; init; }
    public required string Service { get; init; }
    public required DateOnly AnnouncedOn { get; init; }
    public required string Mode { get; init; }
    public DateOnly? ObjectionOn { get; init; }
    public required string Decision { get; init; }
    public DateOnly? DecidedOn { get; init; }
    public string? DecidedBy { get; init; }
    public required bool Tacit { get; init; }
    public string? Reason { get; init; }
    public required string SheetJson { get; init; }
    public required int Version { get; init; }

    public SubProcessorDecision State => SubProcessorStates.Parse(Decision);
    public SubProcessorForm Read() => Records.SheetJson.ReadPart<SubProcessorForm>(SheetJson);

    /// <summary>The chain in the order of reading: each followed by those who work for it.</summary>
    public static IReadOnlyList<(SubProcessor One, int Depth)> Chain(IReadOnlyList<SubProcessor> all)
    {
        var chain = new List<(SubProcessor, int)>();
        Add(null, 0);
        return chain;

        void Add(Guid? under, int depth)
        {
            foreach (var one in all.Where(one => one.ParentId == under))
            {
                chain.Add((one, depth));
                Add(one.Id, depth + 1);
            }
        }
    }
}
