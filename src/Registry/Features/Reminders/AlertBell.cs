using Registry.Facts;
using Registry.Features.Shared;
using Registry.History;
using Registry.Jobs;

namespace Registry.Features.Reminders;

/// <summary>
/// Raises alerts: called each morning with all that is due, and by a feature at the moment something happens that cannot wait for the morning. Whoever is
/// told sees it on her first page at once; the mail leaves when its level lets it.
/// </summary>
public sealed class AlertBell(ReminderStore store, Journal journal)
{
    public const string ObjectType = "ALERT";

    /// <summary>For a feature, in the transaction of what happened. How many were new.</summary>
    public async Task<int> RaiseAsync(AlertDay day, IReadOnlyList<DueAlert> alerts)
    {
        var raised = await AddAsync(day, await store.InOfficeAsync(day), alerts, inTheMorning: false);
        Tell(day, raised, 0, 0);
        return raised.Count;
    }

    /// <summary>The round of a job: raises, settles what is no longer so, and goes on to the next rung where nobody answered.</summary>
    public async Task RoundAsync(AlertDay day, IReadOnlyList<IAlertSource> sources, bool inTheMorning)
    {
        var due = new List<DueAlert>();
        foreach (var source in sources) due.AddRange(await source.ListAsync(day));
        var inOffice = await store.InOfficeAsync(day);
        var settled = await store.SettleAsync(day, [.. sources.SelectMany(source => source.Codes)], due);
        var raised = due.Count == 0 ? [] : await AddAsync(day, inOffice, due, inTheMorning);
        var climbed = 0;
        foreach (var waiting in await store.WaitingAsync(day))
        {
            await ClimbAsync(day, inOffice, waiting, inTheMorning);
            climbed++;
        }
        if (raised.Count + settled + climbed > 0) Tell(day, raised, settled, climbed);
    }

    private async Task<IReadOnlyList<DueAlert>> AddAsync(AlertDay day, IReadOnlyList<(string, Guid)> inOffice, IReadOnlyList<DueAlert> alerts, bool inTheMorning)
    {
        var added = await store.AddAsync(day, alerts);
        var raised = alerts.Where(one => added.ContainsKey((one.Code, one.ObjectId, one.Step))).ToList();
        var notices = new List<NewNotice>();
        foreach (var alert in raised)
        {
            var id = added[(alert.Code, alert.ObjectId, alert.Step)];
            // A rung on which nobody stands waits for nobody.
            var rung = FirstWithPeople(alert.Ladder, 0, inOffice);
            if (rung > 0) await store.ClimbAsync(day, id, rung, rung + 1 < alert.Ladder.Count ? day.Now + alert.WaitsFor : null);
            notices.AddRange(Notices(day, id, alert.Ladder, rung, inOffice, alert.Level, alert.Weekends, inTheMorning));
        }
        await store.TellAsync(day, notices);
        return raised;
    }

    private async Task ClimbAsync(AlertDay day, IReadOnlyList<(string, Guid)> inOffice, WaitingAlert waiting, bool inTheMorning)
    {
        var ladder = Rung.Read(waiting.Ladder);
        var rung = FirstWithPeople(ladder, waiting.Rung + 1, inOffice);
        await store.ClimbAsync(day, waiting.Id, rung, rung + 1 < ladder.Count ? day.Now + waiting.Waited : null);
        await store.TellAsync(day, [.. Notices(day, waiting.Id, ladder, rung, inOffice, Enum.Parse<AlertLevel>(waiting.Level, ignoreCase: true), waiting.Weekends, inTheMorning)]);
    }

    private static int FirstWithPeople(IReadOnlyList<Rung> ladder, int from, IReadOnlyList<(string, Guid)> inOffice)
    {
        var rung = from;
        while (rung < ladder.Count && !ladder[rung].Among(inOffice).Any()) rung++;
        return rung;
    }

    private static IEnumerable<NewNotice> Notices(
        AlertDay day, Guid alert, IReadOnlyList<Rung> ladder, int rung, IReadOnlyList<(string, Guid)> inOffice, AlertLevel level, bool weekends, bool inTheMorning) =>
        rung >= ladder.Count ? [] : ladder[rung].Among(inOffice).Select((person, place) => new NewNotice(alert, person, rung * 100 + place, MailTimes.For(level, weekends, day.Now, day.Zone, inTheMorning)));

    private void Tell(AlertDay day, IReadOnlyList<DueAlert> raised, int settled, int climbed) => journal.Record(new Event(
        day.Organisation, Actions.AlertsRaised.Code, ObjectType, null, new EventDetails
        {
            Subject = Languages.InFrench(() => string.Join(" · ", Counts(raised.Count, settled, climbed).Concat(raised.Take(5).Select(one => $"{Vocabulary.Current.Label("AlertCode", one.Code)} : {one.Subject}")))),
        }));

    private static IEnumerable<string> Counts(int raised, int settled, int climbed)
    {
        yield return raised == 1 ? "1 rappel" : $"{raised} rappels";
        if (settled > 0) yield return settled == 1 ? "1 sans objet désormais" : $"{settled} sans objet désormais";
        if (climbed > 0) yield return climbed == 1 ? "1 transmis à la personne suivante" : $"{climbed} transmis aux personnes suivantes";
    }
}
