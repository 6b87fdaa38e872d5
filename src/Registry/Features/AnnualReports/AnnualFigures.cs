namespace Registry.Features.AnnualReports;

/// <summary>A name and how often.</summary>
public sealed record CountedName(string Name, int Number);

/// <summary>What a year was, in numbers.</summary>
public sealed record AnnualFigures
{
    public required int InForce { get; init; }
    public required int Drafts { get; init; }
    public required int Published { get; init; }
    public required int Overdue { get; init; }
    public required int Sensitive { get; init; }
    public required int Assessments { get; init; }
    public required int Breaches { get; init; }
    public required int Notified { get; init; }
    public required int NotifiedLate { get; init; }
    public required int Informed { get; init; }
    public required int Requests { get; init; }
    public required int RequestsAnswered { get; init; }
    public required int RequestsLate { get; init; }
    public required int RequestsOpen { get; init; }
    public required int Trainings { get; init; }
    public required int Trained { get; init; }
    public required int Conventions { get; init; }
    public IReadOnlyList<CountedName> Domains { get; init; } = [];
    public IReadOnlyList<CountedName> Rights { get; init; } = [];

    /// <summary>By the answer of the controller; empty while it is awaited.</summary>
    public IReadOnlyList<CountedName> Opinions { get; init; } = [];
}

/// <summary>What a year was in an area, by part: FIGURE for those that stand alone, then the lists.</summary>
public sealed record AreaFigures(string Area, ILookup<string, CountedName> Counts)
{
    public int Figure(string name) => Counts["FIGURE"].FirstOrDefault(one => one.Name == name)?.Number ?? 0;
}
