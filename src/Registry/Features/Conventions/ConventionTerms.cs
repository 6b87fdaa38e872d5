using Registry.Deadlines;
using Registry.Features.Shared;

namespace Registry.Features.Conventions;

/// <summary>What the text of a convention means to the deadlines: codes become rules, months become periods.</summary>
public static class ConventionTerms
{
    /// <summary>The period that runs, or null while effect or duration are not known.</summary>
    public static ConventionTerm? Term(Convention convention, ConventionSheet sheet) =>
        Duration(convention.EffectiveOn, sheet) is { } duration ? ConventionTerm.Compute(duration, duration.RenewalMonths is null ? 0 : convention.Renewals) : null;

    public static ConventionDuration? Duration(DateOnly? effectiveOn, ConventionSheet sheet) =>
        effectiveOn is not { } effect || sheet.Duration.FirmMonths is not { } firm || firm < 1 ? null : new ConventionDuration
        {
            EffectiveOn = effect,
            FirmMonths = firm,
            RenewalMonths = sheet.Duration.TacitRenewal == true && sheet.Duration.RenewalMonths > 0 ? sheet.Duration.RenewalMonths : null,
            MaxTotalMonths = sheet.Duration.MaxTotalMonths > 0 ? sheet.Duration.MaxTotalMonths : null,
            NoticeMonths = NonRenewal(sheet)?.NoticeMonths,
        };

    /// <summary>The day after which nothing is owed any more, when it is known already: nothing recurs beyond it.</summary>
    public static DateOnly? LastDay(Convention convention, ConventionSheet sheet) =>
        convention.EndsOn ?? (Term(convention, sheet) is { RenewsTacitly: false } term ? term.PeriodLastDay : null);

    /// <summary>The clause that prevents a renewal.</summary>
    public static TerminationClause? NonRenewal(ConventionSheet sheet) =>
        sheet.Termination.Clauses.FirstOrDefault(clause => clause is { Mode: "END_OF_PERIOD", NoticeMonths: not null });

    /// <summary>Clauses that somebody can use by notice; the others work of right, or as a sanction.</summary>
    public static IReadOnlyList<(int Index, TerminationClause Clause)> ByNotice(ConventionSheet sheet) =>
        [.. sheet.Termination.Clauses.Select((clause, index) => (index, clause)).Where(one => one.clause.NoticeMonths is not null && one.clause.Mode is "END_OF_PERIOD" or "ANY_TIME" or "FROM_CONTRACT_YEAR" or "SERVICE_STOP")];

    /// <summary>What a notice under that clause brings about (R-CV-3 to R-CV-5).</summary>
    public static NoticeOutcome Judge(TerminationClause clause, ConventionTerm term, DateOnly effectiveOn, DateOnly noticeOn)
    {
        var months = clause.NoticeMonths ?? 0;
        return clause.Mode switch
        {
            "END_OF_PERIOD" => NoticeWindow.AtEndOfPeriod(term.PeriodLastDay, term.NextPeriodLastDay, months, noticeOn, clause.ReckonedFrom == "SENDING" ? NoticeReckonedFrom.Sending : NoticeReckonedFrom.Receipt),
            "FROM_CONTRACT_YEAR" => NoticeWindow.FromContractYear(effectiveOn, Math.Max(1, clause.EarliestNoticeContractYear ?? 1), noticeOn, months),
            _ => NoticeWindow.AtAnyTime(noticeOn, months),
        };
    }

    public static RollPolicy Roll(ConventionSheet sheet) => sheet.Duration.RollPolicy switch
    {
        "NEXT_WORKING_DAY" => RollPolicy.NextWorkingDay,
        "PREVIOUS_WORKING_DAY" => RollPolicy.PreviousWorkingDay,
        _ => RollPolicy.None,
    };

    /// <summary>Null while the text does not fix a price, its two parts and a reading.</summary>
    public static PriceTerms? Prices(ConventionSheet sheet) =>
        Amounts.Read(sheet.Revision.P0) is { } p0 && p0 > 0 && Amounts.Read(sheet.Revision.FixedPart) is { } fixedPart && Amounts.Read(sheet.Revision.IndexedPart) is { } indexed && fixedPart <= 100 && indexed <= 100
            ? new PriceTerms(p0, fixedPart, indexed, sheet.Revision.Mode == "EACH_STEP" ? PriceRounding.EachStep : PriceRounding.RatioOnly) : null;

    /// <summary>Whether the provider holds data that it has to give back.</summary>
    public static bool DataHeld(ConventionSheet sheet) =>
        sheet.Reversibility.ReturnOfData != false && (sheet.Reversibility.ReturnOfData == true || sheet.Reversibility.Destruction == true || sheet.Reversibility.DestructionProof == true);
}
