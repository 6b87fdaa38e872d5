using System.Globalization;
using Registry.Deadlines;

namespace Registry.Tests.Deadlines;

/// <summary>A deadline is believed when it can be followed: the sentences that pages and mails show, in both languages.</summary>
public sealed class DeadlineWordingTests
{
    private static readonly HolidayCalendar Metro = HolidayCalendar.For("METRO");

    [Fact]
    public void A_request_tells_its_person_how_the_end_was_found()
    {
        var clock = RequestClock.Compute(new(2026, 5, 27), Metro, start: StartEvent.YourRequest);
        Reads(
            clock.Due.Steps,
            [
                "La commune a reçu votre demande le mercredi 27 mai 2026.",
                "La loi donne un mois pour répondre : jusqu’au samedi 27 juin 2026.",
                "Un délai ne finit pas un samedi, un dimanche ni un jour férié : il va jusqu’au lundi 29 juin 2026.",
            ],
            [
                "The commune received your request on Wednesday 27 May 2026.",
                "The law gives one month to answer: until Saturday 27 June 2026.",
                "A period does not end on a Saturday, a Sunday or a public holiday: it runs to Monday 29 June 2026.",
            ]);
        Assert.Equal([DeadlineStepKind.Start, DeadlineStepKind.Period, DeadlineStepKind.Roll], clock.Due.Steps.Select(step => step.Kind));
    }

    [Fact]
    public void The_holiday_that_moves_an_end_is_named()
    {
        var roll = RequestClock.Compute(new(2026, 3, 5), Metro).Due.Steps[^1];
        Assert.Equal("Un délai ne finit pas un samedi, un dimanche ni un jour férié (lundi de Pâques 6 avril) : il va jusqu’au mardi 7 avril 2026.", roll.French);
        Assert.Equal([new(2026, 4, 7), new DateOnly(2026, 4, 6)], roll.Dates);
    }

    [Fact]
    public void A_suspension_and_an_extension_are_told_in_the_order_of_the_count()
    {
        var clock = RequestClock.Compute(new(2026, 3, 2), Metro, [new(new(2026, 3, 4), new(2026, 3, 18))], new(2026, 4, 10));
        Reads(
            clock.Due.Steps,
            [
                "Reçue le lundi 2 mars 2026.",
                "La prolongation a été annoncée le vendredi 10 avril 2026, avant la fin du premier délai (jeudi 16 avril 2026).",
                "Le délai prolongé est de trois mois, comptés depuis la réception : jusqu’au mardi 2 juin 2026.",
                "Le délai a été suspendu quatorze jours, le temps de recevoir les renseignements demandés : il va jusqu’au mardi 16 juin 2026.",
            ],
            [
                "Received on Monday 2 March 2026.",
                "The extension was announced on Friday 10 April 2026, before the end of the first period (Thursday 16 April 2026).",
                "The extended period is three months, counted from receipt: until Tuesday 2 June 2026.",
                "The period was suspended for fourteen days, until the information asked for arrived: it runs to Tuesday 16 June 2026.",
            ]);
    }

    [Fact]
    public void What_came_too_late_is_told_as_well()
    {
        var steps = RequestClock.Compute(new(2026, 3, 2), Metro, [new(new(2026, 4, 7), new(2026, 4, 9))], new(2026, 4, 3)).Due.Steps;
        Assert.Equal("Les renseignements demandés le mardi 7 avril 2026 ne suspendent rien : le délai était déjà passé.", steps[^2].French);
        Assert.Equal("The extension announced on Friday 3 April 2026 has no effect: it had to leave no later than Thursday 2 April 2026.", steps[^1].English);
    }

    [Fact]
    public void A_clock_that_stands_still_says_since_when()
    {
        var clock = RequestClock.Compute(new(2026, 3, 2), Metro, [new(new(2026, 3, 10), null)]);
        Assert.Equal(new DateOnly(2026, 3, 10), clock.SuspendedSince);
        Assert.Equal("Le délai est suspendu depuis le mardi 10 mars 2026 : chaque jour d’attente repousse l’échéance d’un jour.", clock.Due.Steps[^1].French);
    }

    [Fact]
    public void An_extension_announced_while_the_clock_stands_still_says_so()
    {
        var clock = RequestClock.Compute(new(2026, 3, 2), Metro, [new(new(2026, 3, 10), null)], new(2026, 4, 20));
        Assert.True(clock.ExtensionAccepted);
        Assert.Equal("La prolongation a été annoncée le lundi 20 avril 2026, pendant que le délai était suspendu.", clock.Due.Steps[1].French);
    }

    [Fact]
    public void A_question_about_the_scope_suspends_only_when_the_officer_confirms_it()
    {
        var asked = new Suspension(new(2026, 3, 10), new(2026, 3, 12), SuspensionReason.Clarification);
        var steps = RequestClock.Compute(new(2026, 3, 2), Metro, [asked]).Due.Steps;
        Assert.Equal("The clarification asked for on Tuesday 10 March 2026 suspends nothing: the officer has not confirmed it.", steps[^1].English);
        Assert.Equal(2, RequestClock.Compute(new(2026, 3, 2), Metro, [asked with { ConfirmedByOfficer = true }]).SuspendedDays);
    }

    [Fact]
    public void A_notice_is_best_sent_on_a_working_day_and_a_registered_letter_ten_days_before()
    {
        Assert.Equal(new DateOnly(2027, 12, 31), NoticeWindow.RecommendedSending(new(2028, 1, 1), registeredLetter: false, Metro));
        Assert.Equal(new DateOnly(2026, 12, 11), NoticeWindow.RecommendedSending(new(2026, 12, 22), registeredLetter: true, Metro));
    }

    [Fact]
    public void Seventy_two_hours_over_a_change_of_clocks_are_explained()
    {
        var clock = BreachClock.Start(new BreachAwareness(At("2026-10-23T09:05:00+02:00"), AwarenessSource.DpoInformed), Metro.TimeZone)!;
        Reads(
            clock.Strict.Steps,
            [
                "Le délégué à la protection des données a été informé le vendredi 23 octobre 2026 à 9 h 05.",
                "La loi donne 72 heures au responsable du traitement, samedis, dimanches et jours fériés compris : jusqu’au lundi 26 octobre 2026 à 8 h 05.",
                "L’heure change entre-temps : 72 heures écoulées mènent à 8 h 05, non à 9 h 05.",
            ],
            [
                "The data protection officer was informed on Friday 23 October 2026 at 09:05.",
                "The law gives the controller 72 hours, Saturdays, Sundays and public holidays included: until Monday 26 October 2026 at 08:05.",
                "Clocks change in between: 72 elapsed hours lead to 08:05, not to 09:05.",
            ]);
        Assert.Equal("L’heure commencée ne compte pas : les 72 heures partent de 10 h 00 : jusqu’au lundi 26 octobre 2026 à 9 h 00.", clock.Outer.Steps[1].French);
        Assert.Equal(new DateOnly(2026, 10, 26), clock.Strict.DueOn);
    }

    [Fact]
    public void A_convention_says_what_follows_its_period()
    {
        var hosting = new ConventionDuration { EffectiveOn = new(2014, 1, 1), FirmMonths = 36, RenewalMonths = 12, MaxTotalMonths = 96, NoticeMonths = 12 };
        Reads(
            ConventionTerm.Compute(hosting).Steps,
            [
                "La convention prend effet le mercredi 1er janvier 2014.",
                "36 mois depuis cette date : la période en cours finit le samedi 31 décembre 2016.",
                "Sans préavis, elle est reconduite du dimanche 1er janvier 2017 au dimanche 31 décembre 2017.",
                "Le préavis est de douze mois : il est donné au plus tard le jeudi 31 décembre 2015.",
            ],
            [
                "The convention takes effect on Wednesday 1 January 2014.",
                "36 months from that day: the current period ends on Saturday 31 December 2016.",
                "Without notice it is renewed from Sunday 1 January 2017 to Sunday 31 December 2017.",
                "Notice is twelve months: it is given no later than Thursday 31 December 2015.",
            ]);
        Assert.Equal(
            "Elle ne se reconduit plus : une période entière de plus dépasserait la durée totale de 96 mois.",
            ConventionTerm.Compute(hosting, renewalsElapsed: 5).Steps[^1].French);
        Assert.Equal("It is not renewed tacitly.", ConventionTerm.Compute(hosting with { RenewalMonths = null }).Steps[^1].English);
    }

    [Fact]
    public void A_notice_says_why_it_counts_or_does_not()
    {
        Reads(
            NoticeWindow.AtEndOfPeriod(new(2025, 2, 28), new(2026, 2, 28), 2, new(2025, 1, 2), NoticeReckonedFrom.Sending).Steps,
            [
                "La période en cours finit le vendredi 28 février 2025.",
                "Un préavis de deux mois doit être envoyé au plus tard le mardi 31 décembre 2024.",
                "Il a été envoyé le jeudi 2 janvier 2025, trop tard : la convention est reconduite jusqu’au samedi 28 février 2026.",
            ],
            [
                "The current period ends on Friday 28 February 2025.",
                "A notice of two months must be sent no later than Tuesday 31 December 2024.",
                "It was sent on Thursday 2 January 2025, too late: the convention is renewed until Saturday 28 February 2026.",
            ]);
        Assert.Equal(
            ["Un préavis est recevable à partir du lundi 1er janvier 2024, premier jour de l’année 3 de la convention.", "Le préavis a été reçu le mercredi 15 novembre 2023.", "Il est venu trop tôt : il est sans effet."],
            NoticeWindow.FromContractYear(new(2022, 1, 1), 3, new(2023, 11, 15), 6).Steps.Select(step => step.French));
        Assert.Equal(
            "It is of two months: the convention ends on Sunday 28 February 2027.",
            NoticeWindow.AtAnyTime(new(2026, 12, 31), 2).Steps[^1].English);
    }

    [Fact]
    public void Obligations_and_bills_are_explained()
    {
        Reads(
            Obligations.InMonths(new(2022, 7, 14), 1, RollPolicy.NextWorkingDay, Metro, StartEvent.Signature).Steps,
            [
                "Signature le jeudi 14 juillet 2022.",
                "Un mois mène au dimanche 14 août 2022.",
                "Un délai ne finit pas un samedi, un dimanche ni un jour férié (15 août) : il va jusqu’au mardi 16 août 2022.",
            ],
            [
                "Signed on Thursday 14 July 2022.",
                "One month leads to Sunday 14 August 2022.",
                "A period does not end on a Saturday, a Sunday or a public holiday (15 August): it runs to Tuesday 16 August 2022.",
            ]);
        Assert.Equal("60 jours mènent au dimanche 9 août 2026.", Obligations.InDays(new(2026, 6, 10), 60, RollPolicy.None, Metro, StartEvent.Published).Steps[^1].French);
        Assert.Equal("La demande est faite au moins six mois avant : au plus tard le mardi 31 mars 2026.", Obligations.LatestRequest(new(2026, 9, 30), 6).Steps[^1].French);
        Assert.Equal("A weekly backup is kept for one month: until Saturday 28 February 2026.", Obligations.BackupKeptUntil(new(2026, 1, 31), BackupTier.Weekly).Steps[^1].English);
        Assert.Equal(
            "Après le 15, la facturation part du mois suivant : le premier mois est janvier 2015, soit 12/12 de l’année.",
            BillingStart.From(new(2014, 12, 16)).Steps[^1].French);
    }

    [Fact]
    public void A_purge_says_what_is_deleted_and_after_how_long()
    {
        Assert.Equal(
            ["Dossier clos le mardi 31 mars 2026.", "Il est gardé 5 ans : la suppression a lieu le lundi 31 mars 2031."],
            Purge.RequestFile(new(2026, 3, 31)).Steps.Select(step => step.French));
        Assert.Equal(
            "Its attachments are kept for 1 year and 10 days: the deletion takes place on Thursday 10 December 2026.",
            Purge.AnswerAttachments(new(2025, 11, 30), RetentionPeriod.Parse("P1Y10D")).Steps[^1].English);
        Assert.Equal(
            "Identité vérifiée le mercredi 18 mars 2026 : le justificatif est supprimé le jour même, seul le résultat est conservé.",
            Purge.IdentityEvidence(new(2026, 3, 18)).Steps[0].French);
    }

    [Theory]
    [InlineData("P5M")]
    [InlineData("P13M")]
    [InlineData("P1Y1D")]
    public void Security_logs_are_kept_neither_too_short_nor_too_long(string retention) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Purge.SecurityLog(new(2026, 1, 31), RetentionPeriod.Parse(retention)));

    [Theory]
    [InlineData("P5Y", 60, 0)]
    [InlineData("P1Y6M", 18, 0)]
    [InlineData("P2W", 0, 14)]
    [InlineData("P0D", 0, 0)]
    public void A_retention_reads_as_it_is_written(string text, int months, int days) => Assert.Equal(new RetentionPeriod(months, days), RetentionPeriod.Parse(text));

    [Theory]
    [InlineData("P")]
    [InlineData("5Y")]
    [InlineData("P5")]
    [InlineData("PT5H")]
    [InlineData("P99999999999Y")]
    public void A_retention_that_is_none_is_refused(string text) => Assert.Null(RetentionPeriod.Parse(text));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static void Reads(IReadOnlyList<DeadlineStep> steps, string[] french, string[] english)
    {
        Assert.Equal(french, steps.Select(step => step.French));
        Assert.Equal(english, steps.Select(step => step.English));
    }
}
