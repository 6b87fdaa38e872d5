namespace Registry.Deadlines;

/// <summary>
/// When the registry's own files are deleted: kept no longer than needed (GDPR, article 5(1)(e)). A tenant may choose a shorter period. A purge runs by night
/// on any day of the week, so that it never moves to a working day.
/// </summary>
public static class Purge
{
    /// <summary>Five years for the file of a request, counted from its closure: a proposal of the registry that each tenant may shorten.</summary>
    public static readonly RetentionPeriod RequestFileByDefault = RetentionPeriod.OfYears(5);

    /// <summary>Three months for the attachments of an answer: the person has them.</summary>
    public static readonly RetentionPeriod AnswerAttachmentsByDefault = RetentionPeriod.OfMonths(3);

    /// <summary>A year for security logs, the upper end of what the CNIL recommends (deliberation 2021-122: six to twelve months).</summary>
    public static readonly RetentionPeriod SecurityLogByDefault = RetentionPeriod.OfMonths(12);

    /// <summary>The file of a request, from its closure.</summary>
    public static ReckonedDate RequestFile(DateOnly closedOn, RetentionPeriod? retention = null) =>
        After(closedOn, retention ?? RequestFileByDefault, "Dossier clos", "File closed on", "il est gardé", "it is kept for");

    /// <summary>The attachments of an answer, from the day it left.</summary>
    public static ReckonedDate AnswerAttachments(DateOnly sentOn, RetentionPeriod? retention = null) =>
        After(sentOn, retention ?? AnswerAttachmentsByDefault, "Réponse envoyée", "Answer sent on", "ses pièces sont gardées", "its attachments are kept for");

    /// <summary>A proof of identity, the day it is verified: only the result is kept (GDPR, article 12(6), asks for what is necessary to confirm, not to keep).</summary>
    public static ReckonedDate IdentityEvidence(DateOnly verifiedOn) => new(verifiedOn,
    [
        new(
            DeadlineStepKind.Start,
            [verifiedOn],
            $"Identité vérifiée le {Wording.French(verifiedOn)} : le justificatif est supprimé le jour même, seul le résultat est conservé.",
            $"Identity verified on {Wording.English(verifiedOn)}: the evidence is deleted that very day, only the result is kept."),
    ]);

    /// <summary>A line of the security logs. Shorter than six months or longer than twelve is refused.</summary>
    public static ReckonedDate SecurityLog(DateOnly loggedOn, RetentionPeriod? retention = null)
    {
        var kept = retention ?? SecurityLogByDefault;
        var end = kept.EndFrom(loggedOn);
        if (end < CalendarMonths.Add(loggedOn, 6) || end > CalendarMonths.Add(loggedOn, 12))
            throw new ArgumentOutOfRangeException(nameof(retention), "Security logs are kept for six to twelve months.");
        return After(loggedOn, kept, "Ligne inscrite", "Line written on", "elle est gardée", "it is kept for");
    }

    private static ReckonedDate After(DateOnly from, RetentionPeriod retention, string frenchStart, string englishStart, string frenchKept, string englishKept)
    {
        var on = retention.EndFrom(from);
        return new(on,
        [
            new(DeadlineStepKind.Start, [from], $"{frenchStart} le {Wording.French(from)}.", $"{englishStart} {Wording.English(from)}."),
            new(
                DeadlineStepKind.Period,
                [on],
                $"{Wording.Sentence(frenchKept)} {retention.French} : la suppression a lieu le {Wording.French(on)}.",
                $"{Wording.Sentence(englishKept)} {retention.English}: the deletion takes place on {Wording.English(on)}."),
        ]);
    }
}
