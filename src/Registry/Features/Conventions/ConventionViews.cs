using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <param name="At">The address of a line where it is read.</param>
public sealed record ConventionLinesView(IReadOnlyList<ConventionLine> Lines, DateOnly Today, Func<ConventionLine, string> At);

/// <summary>What every page of one convention shows above its own matter.</summary>
/// <param name="Tab">Which of its pages this is: the last part of its address, empty for the first.</param>
public sealed record ConventionTabsView(ConventionReading Reading, string Address, string Tab);

/// <summary>A part of the text as read: wide rows become groups of pairs, a table of nineteen columns is read by nobody.</summary>
public sealed record ClauseView(PartHead Section, IReadOnlyList<ReadField> Fields, string? EditHref)
{
    public const int MostColumns = 6;
}

/// <param name="Units">How many units the year is billed for; null where nobody said.</param>
public sealed record PriceStepsView(PriceRevision Revision, decimal? Units, string Caption);

/// <param name="Address">Of the convention where it is read.</param>
/// <param name="TrainingsAt">Of the organisation, for those who read its trainings.</param>
/// <param name="RegisterAt">Its register of processing.</param>
public sealed record ObligationLinesView(IReadOnlyList<ObligationState> States, DateOnly Today, string Address, Func<ObligationState, bool> MayProve, string? TrainingsAt = null, string? RegisterAt = null)
{
    /// <summary>Where what an evidence speaks of is kept here, and how the link is called: trainings, signatures of the charter, published sheets.</summary>
    public (string At, string WordKey)? KeptAt(string? evidence) => evidence switch
    {
        "TRAINING_ATTENDANCE" when TrainingsAt is not null => (TrainingsAt + "/formations", Languages.Key("Voir les formations")),
        "CHARTER_ACKNOWLEDGEMENT" when TrainingsAt is not null => (TrainingsAt + "/charte", Languages.Key("Voir les signatures de la charte")),
        "PUBLISHED_RECORD_SHEET" when RegisterAt is not null => (RegisterAt, Languages.Key("Voir les fiches du registre")),
        _ => null,
    };
}
