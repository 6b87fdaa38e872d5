using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Breaches;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Reminders;
using Registry.Features.Requests;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>
/// The one list of what waits, in one organisation or over all within reach: breaches, requests, conventions, records on their way, and every reminder of
/// something else. What the law counts in hours stands first, then what has the nearest last day; of one day, what weighs most on people.
/// </summary>
public sealed class WorkList(
    BreachesRunning breaches, RequestsRunning requests, ConventionsDue conventions, RecordsWaiting records, Notices notices, Absences absences, WorkMarkStore marks, Visitor visitor, IStringLocalizer t, TimeProvider clock)
{
    private const int MostConventions = 100;
    private static readonly TimeSpan Foreseen = TimeSpan.FromDays(180);

    /// <summary>For whom the reader reads, once the list was asked.</summary>
    public IReadOnlyList<(Guid Person, string Name, DateOnly To)> Covered { get; private set; } = [];

    public async Task<IReadOnlyList<WorkLine>> ListAsync(Guid? organisation = null)
    {
        var now = clock.GetUtcNow();
        var (marked, held) = await marks.ListAsync(organisation);
        Covered = await absences.CoveredAsync(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Dates.Paris).DateTime));
        var lines = new List<WorkLine>();
        if (visitor.Can(Function.Breaches, Right.Read)) lines.AddRange(OneAnIncident(await breaches.ListAsync(organisation), organisation is null).Select(one => Of(one.Line, one.Bodies, now)));
        if (visitor.Can(Function.Requests, Right.Read)) lines.AddRange((await requests.ListAsync(organisation)).Select(Of));
        if (visitor.Can(Function.Conventions, Right.Read))
            lines.AddRange((await conventions.ListAsync(MostConventions)).Where(one => one.Slug is not null && one.NextOn < DateOnly.FromDateTime((now + Foreseen).UtcDateTime)).Select(one => Of(one, organisation)));
        if (visitor.Can(Function.ReadRecords, Right.Read)) lines.AddRange((await records.ListAsync(organisation)).Select(one => Of(one, now)));
        var mine = lines.Select(line => line with { Turn = line.Turn || held.GetValueOrDefault(line.OrganisationId, []).Any(line.TurnOf.Contains), Mark = marked[(line.OrganisationId, line.ObjectType, line.ObjectId)].FirstOrDefault() });
        return [.. Remind([.. mine], await notices.ListAsync(organisation), marked)
            .Select(line => line with { Covers = line.Mark?.AssignedTo is { } taken && Covered.Any(one => one.Person == taken) })
            .OrderBy(line => line.DueAt is null).ThenBy(line => line.DueAt).ThenBy(line => line.DueOn ?? DateOnly.MaxValue).ThenBy(line => line.Kind).ThenBy(line => line.Organisation, StringComparer.Ordinal)];
    }

    /// <summary>Over the area, the files of one incident at a provider are one line: the first of them, and how many more.</summary>
    private static IEnumerable<(BreachLine Line, int Bodies)> OneAnIncident(IReadOnlyList<BreachLine> lines, bool grouped) => grouped
        ? lines.GroupBy(line => (line.IncidentId ?? line.Id, line.Status, line.AuthorityStatus)).Select(group => (group.First(), group.Count()))
        : lines.Select(line => (line, 1));

    private WorkLine Of(BreachLine line, int bodies, DateTimeOffset now)
    {
        var path = $"/o/{line.Slug}/violations/{line.Reference}";
        return new WorkLine
        {
            Kind = WorkKind.Breach, OrganisationId = line.OrganisationId, Slug = line.Slug, Organisation = line.Organisation, ObjectType = Breach.ObjectType, ObjectId = line.Id,
            Title = line.Title, Reference = t.Get("Violation {0}", line.Reference), Path = path, DueAt = line.NotifyBy, Zone = line.Zone, Gone = line.AwareAt is { } aware ? (now - aware).TotalHours / 72 * 100 : null,
            Disc = BreachWords.Disc(line.State.Status), State = t[BreachStates.Word(line.State.Status)], Who = Say(BreachWords.Who(line.State, line.OrganisationType)), TurnOf = BreachWords.Turn(line.State),
            Reason = line.Incident is { } incident ? t.Get("Incident {0}", incident) : null, Act = t["Ouvrir"], ActPath = bodies > 1 ? $"/violations?incident={line.IncidentId}" : path, Bodies = bodies,
        };
    }

    private WorkLine Of(RequestLine line)
    {
        var path = $"/o/{line.Slug}/demandes/{line.Reference}";
        return new WorkLine
        {
            Kind = WorkKind.Request, OrganisationId = line.OrganisationId, Slug = line.Slug, Organisation = line.Organisation, ObjectType = RightsRequest.ObjectType, ObjectId = line.Id,
            Title = line.Rights.Length == 0 ? t["Droit à préciser"] : string.Join(", ", line.Rights.Select(code => Vocabulary.Current.Label("RightType", code))),
            Reference = t.Get("Demande {0}", line.Reference), Path = path, DueOn = line.Runs ? line.DueOn : null, Gone = line.Runs ? Gone(line.ReceivedOn, line.DueOn, line.Today) : null,
            Disc = RequestStates.Disc(line.State), State = Vocabulary.Current.Label("RightsRequestStatus", line.Status), Who = Say(RequestStates.Who(line.State, line.OrganisationType)), TurnOf = RequestStates.Turn(line.State),
            Reason = line.SuspendedSince is { } since ? t.Get("suspendu depuis le {0}", Dates.Compact(since)) : line.Extended ? t.Get("délai prolongé") : null, Act = t["Ouvrir"], ActPath = path,
        };
    }

    /// <summary>Four bodies have a C-001: where the line does not begin with its keeper, the reference says whose it is.</summary>
    private WorkLine Of(ConventionLine line, Guid? organisation)
    {
        var face = ConventionStates.Face(line.State);
        return new WorkLine
        {
            Kind = WorkKind.Convention, OrganisationId = line.OrganisationId, Slug = line.Slug!, Organisation = line.KeeperName, ObjectType = Convention.ObjectType, ObjectId = line.Id,
            Title = t[ConventionDate.Word(line.NextKind!)], Reference = $"{line.Title} · {line.Reference}" + (organisation is null || organisation == line.OrganisationId ? "" : $" ({line.KeeperName})"), Path = $"/o/{line.Slug}/conventions/{line.Reference}", DueOn = line.NextOn,
            Disc = face.Level ?? 4, State = SheetValues.Label("ConventionStatus", face.Code), Who = Say(face.WhoKey), Reason = string.IsNullOrEmpty(line.NextSubject) ? null : line.NextSubject,
            Act = t["Ouvrir"], ActPath = $"/o/{line.Slug}/conventions/{line.Reference}",
        };
    }

    private WorkLine Of(WaitingRecord line, DateTimeOffset now)
    {
        var face = RecordStates.Face(line.State);
        var path = $"/o/{line.Slug}/traitements/{line.Reference}";
        return new WorkLine
        {
            Kind = WorkKind.Record, OrganisationId = line.OrganisationId, Slug = line.Slug, Organisation = line.Organisation, ObjectType = RecordDesk.ObjectType, ObjectId = line.Id,
            Title = line.Title, Reference = t.Get("Fiche {0}", line.Reference), Path = path, DueOn = line.ReviewDueOn, Gone = line.PercentGone(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Dates.Paris).DateTime)),
            Disc = face.Disc ?? 4, State = t[face.WordKey], Who = Say(line.WaitsForMe ? face.YouKey : RecordStates.WhoKey(line.State, line.BodyType)), Turn = line.WaitsForMe,
            Reason = t.Get("{0} % complète", line.Completeness), Act = t[line.NextStep?.LabelKey ?? Languages.Key("Ouvrir")], ActPath = line.NextStep?.Path ?? path,
        };
    }

    /// <summary>Puts each reminder on the line of what it reminds of; what is no line yet becomes one. Of a convention several dates run at once.</summary>
    private IEnumerable<WorkLine> Remind(IReadOnlyList<WorkLine> lines, IReadOnlyList<Notice> reminders, ILookup<(Guid, string, Guid), WorkMark> marked)
    {
        var byLine = reminders.ToLookup(notice => (notice.ObjectType, notice.ObjectId, On: notice.ObjectType == Convention.ObjectType ? notice.DueOn : null));
        var shown = new HashSet<(string, Guid, DateOnly?)>();
        foreach (var line in lines)
        {
            var key = (line.ObjectType, line.ObjectId, line.Kind == WorkKind.Convention ? line.DueOn : null);
            shown.Add(key);
            yield return line with { Notice = byLine[key].FirstOrDefault() };
        }
        foreach (var notices in byLine.Where(one => !shown.Contains(one.Key)))
        {
            var notice = notices.First();
            yield return new WorkLine
            {
                Kind = WorkKind.Other, OrganisationId = notice.OrganisationId, Slug = notice.Slug, Organisation = notice.Organisation, ObjectType = notice.ObjectType, ObjectId = notice.ObjectId,
                Title = notice.Label, Reference = notice.Subject, Path = notice.Path, DueOn = notice.DueOn, Disc = 1, State = Vocabulary.Current.Label("AlertLevel", notice.Level), Who = t["à vous d’agir"], Turn = true, Notice = notice,
                Act = t["Ouvrir"], ActPath = notice.Path, Bodies = notice.Bodies, Mark = marked[(notice.OrganisationId, notice.ObjectType, notice.ObjectId)].FirstOrDefault(),
            };
        }
    }

    private string? Say(string? key) => key is null ? null : t[key].Value;

    private static double Gone(DateOnly from, DateOnly to, DateOnly today) => to <= from ? 100 : Math.Clamp(100.0 * (today.DayNumber - from.DayNumber) / (to.DayNumber - from.DayNumber), 0, 100);
}
