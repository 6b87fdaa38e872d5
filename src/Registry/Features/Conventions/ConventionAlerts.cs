using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Registry.Data;
using Registry.Features.Records;
using Registry.Jobs;

namespace Registry.Features.Conventions;

/// <summary>
/// What conventions remind of (domain §5): the notice and when to send it, the longest duration, what each side owes, meetings, the yearly price, evidence that
/// ends. Each body hears it of the conventions that it keeps or that bind it; what is owed is told to who owes it, and to the officer of who keeps the text.
/// </summary>
public sealed class ConventionAlerts(Db db) : IAlertSource
{
    public const string Obligation = "AL_OBLIGATION_DUE";
    public const string Expires = "AL_EVIDENCE_EXPIRES";
    public const string Expired = "AL_EVIDENCE_EXPIRED";
    private const string Send = "AL_CONVENTION_SEND";
    private const string Renewed = "AL_CONVENTION_RENEWED";
    private const string Maximum = "AL_CONVENTION_MAX";
    private const string Evaluation = "AL_EVALUATION";
    private const string Destruction = "AL_DESTRUCTION_PROOF";
    private const string Meeting = "AL_MEETING_DUE";
    private const string Price = "AL_PRICE_REVISION";
    private const int LongestSubject = 250, SaidForDays = 30;

    private static readonly (int Days, string Code)[] Notice =
        [(-180, "AL_CONVENTION_NOTICE_180"), (-90, "AL_CONVENTION_NOTICE_90"), (-30, "AL_CONVENTION_NOTICE_30"), (-7, "AL_CONVENTION_NOTICE_7"), (0, "AL_CONVENTION_NOTICE_0")];

    private static readonly string[] Running = ["SIGNED", "IN_FORCE", "NOTICE_GIVEN", "TERMINATED", "REVERSIBILITY", "RESTITUTED"];
    private static readonly string[] Representatives = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];
    private static readonly string[] Doers = ["CORRESPONDENT", "CONTRACT_MANAGER", "DPO"];

    public IReadOnlyList<string> Codes { get; } = [.. Notice.Select(step => step.Code), Send, Renewed, Maximum, Obligation, Evaluation, Destruction, Meeting, Price, Expires, Expired];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        // The context of a job reaches what its organisation keeps and what binds it, and nothing else.
        await using var answers = await connection.QueryMultipleAsync(
            """
            select organisation_id, id, number, title, status, keeper_name, territory, good_friday_observed, app.holidays_of(territory) as holiday_corrections, signed_on, effective_on, renewals, notice_on, ends_on,
                   end_reason, restituted_on, destroyed_on, evaluated_on, tracked_on, sheet::text as sheet_json, version
              from convention where status = any (@Running) order by id;
            select convention_id, id, code, done_on, covers_to, document, note, given_by, contributor_name from convention_proof
             where not withdrawn and convention_id in (select c.id from convention c where c.status = any (@Running));
            select convention_id, id, kind, planned_on, held_on, status, agenda, attendees, decisions, minutes, minutes_sent_on, version from convention_meeting
             where convention_id in (select c.id from convention c where c.status = any (@Running));
            select convention_id, year from convention_price where convention_id in (select c.id from convention c where c.status = any (@Running))
            """,
            new { Running });
        var conventions = (await answers.ReadAsync<Convention>()).AsList();
        var proofs = answers.Read<Guid, ConventionProof, (Guid Of, ConventionProof One)>((of, one) => (of, one), "id").ToLookup(row => row.Of, row => row.One);
        var meetings = answers.Read<Guid, ConventionMeeting, (Guid Of, ConventionMeeting One)>((of, one) => (of, one), "id").ToLookup(row => row.Of, row => row.One);
        var years = (await answers.ReadAsync<(Guid Of, int Year)>()).ToLookup(row => row.Of, row => row.Year);
        return [.. conventions.SelectMany(convention => Due(convention, new([], [.. proofs[convention.Id]], [.. meetings[convention.Id]], [.. years[convention.Id].Select(Revised)]), day))];
    }

    /// <summary>Pure: what one convention has reached on that day, for the organisation of the day.</summary>
    public static IEnumerable<DueAlert> Due(Convention convention, ConventionLife life, AlertDay day)
    {
        var sheet = convention.Read();
        var about = new About(convention, sheet, day);
        if (convention.State == ConventionStatus.InForce && ConventionTerms.Term(convention, sheet) is { } term)
        {
            if (term.LatestNoticeOn is { } latest && latest >= day.Today)
            {
                var reached = Notice.LastOrDefault(step => latest.AddDays(step.Days) <= day.Today);
                if (reached.Code is not null) yield return about.Alert(reached.Code, latest, reached.Days, reached.Days switch { <= -90 => AlertLevel.Info, -30 => AlertLevel.Warning, _ => AlertLevel.Urgent }, "", about.Everybody);
                var send = ConventionDates.Sending(convention, sheet, latest);
                if (send <= day.Today) yield return about.Alert(Send, send, 0, AlertLevel.Warning, "", about.Everybody);
            }
            // Said for a month; not of periods that were over when the convention was written down.
            if (convention.Renewals > 0 && term.PeriodFirstDay >= convention.FollowedFrom && term.PeriodFirstDay.AddDays(SaidForDays) > day.Today)
                yield return about.Alert(Renewed, term.PeriodFirstDay, 0, AlertLevel.Info, "", about.Everybody);
            if (term.AbsoluteLastDay is { } last && last >= day.Today)
                foreach (var months in new[] { 3, 6, 12 }.Where(months => last.AddMonths(-months) <= day.Today).Take(1))
                    yield return about.Alert(Maximum, last, 0, months == 3 ? AlertLevel.Warning : AlertLevel.Info, "", [Rung.Of([.. Representatives, "DPO"])]) with
                    {
                        Step = string.Create(CultureInfo.InvariantCulture, $"{last:yyyy-MM-dd} M-{months}"),
                    };
        }
        foreach (var date in ConventionDates.List(convention, sheet, life, day.Today))
        {
            if (Dated(date, sheet, day) is not { } step || about.Told(date.Side) is not { } ladder) continue;
            yield return about.Alert(step.Code, step.Day, step.Offset, step.Level, date.Kind switch { "OBLIGATION" or "MEETING" => date.Code ?? date.Subject, "RETURN" or "ACCEPTANCE" => ConventionDate.Word(date.Kind), _ => "" }, ladder, Tab(date.Kind));
        }
        foreach (var meeting in life.Meetings.Where(meeting => meeting.Status == "PLANNED" && meeting.PlannedOn >= day.Today && meeting.PlannedOn.AddDays(-7) <= day.Today && ConventionStates.Runs(convention.State)))
            yield return about.Alert(Meeting, meeting.PlannedOn, -7, AlertLevel.Info, SheetValues.Label("CommitteeKind", meeting.Kind), [Rung.Of(Doers)], "/reunions") with { ObjectId = meeting.Id };
        foreach (var proof in life.Proofs.GroupBy(proof => proof.Code).Select(same => same.MaxBy(proof => proof.Through)!).Where(proof => proof.RunsOut))
        {
            if (AlertSteps.Reached(proof.CoversTo!.Value, day.Today, -30, 0) is not { } offset || !ConventionStates.Runs(convention.State)) continue;
            var owed = sheet.Obligations.Obligations.Find(row => row.Code == proof.Code);
            // What comes again with its period is due on that very day, and told as such.
            if (owed?.Periodicity is not null) continue;
            var side = owed?.Debtor ?? "BOTH";
            if (about.Told(side) is { } ladder) yield return about.Alert(offset < 0 ? Expires : Expired, proof.CoversTo.Value, offset, AlertLevel.Warning, proof.Code, ladder, "/obligations");
        }
    }

    /// <summary>The step that a date of the convention has reached: null before the first, and for what has steps of its own.</summary>
    private static (string Code, DateOnly Day, int Offset, AlertLevel Level)? Dated(ConventionDate date, ConventionSheet sheet, AlertDay day)
    {
        switch (date.Kind)
        {
            case "PRICE":
                var first = new DateOnly(date.On.Year, date.On.Month, 1);
                return AlertSteps.Reached(first, day.Today, -30, 0) is { } price ? (Price, first, price, AlertLevel.Info) : null;
            case "MEETING":
                return AlertSteps.Reached(date.On, day.Today, -30) is { } meeting ? (Meeting, date.On, meeting, AlertLevel.Info) : null;
            case "OBLIGATION" or "EVALUATION" or "RETURN" or "DESTRUCTION" or "ACCEPTANCE":
                var late = day.Today.DayNumber - date.On.DayNumber;
                // A month's duty is not announced a month before: that would be the day after the last proof.
                var room = Period.Parse(sheet.Obligations.Obligations.Find(row => row.Code == date.Code)?.Periodicity) is { } period ? period.Years * 365 + period.Months * 30 + period.Weeks * 7 + period.Days : int.MaxValue;
                int? offset = late >= 1 ? 1 + (late - 1) / 7 * 7 : AlertSteps.Reached(date.On, day.Today, [.. new[] { -30, -7, 0 }.Where(days => -days * 2L <= room)]);
                return offset is not { } reached ? null : (date.Kind switch { "EVALUATION" => Evaluation, "DESTRUCTION" or "ACCEPTANCE" => Destruction, _ => Obligation }, date.On, reached,
                    reached > 0 ? AlertLevel.Overdue : reached == -30 ? AlertLevel.Info : AlertLevel.Warning);
            default:
                return null;
        }
    }

    private static string Tab(string kind) => kind switch { "PRICE" => "/prix", "MEETING" => "/reunions", "OBLIGATION" => "/obligations", _ => "" };

    /// <summary>Of a revision only its year counts here.</summary>
    private static ConventionPrice Revised(int year) => new()
    {
        Id = Guid.Empty, Year = year, P0 = 1, FixedPart = 0, IndexedPart = 1, Mode = "RATIO_ONLY", Syntec0 = 1, March = 1, Savings = 0, Price = 1, AppliesFrom = default, RecordedBy = "",
    };

    /// <summary>The convention as the organisation of the day stands to it.</summary>
    private sealed class About(Convention convention, ConventionSheet sheet, AlertDay day)
    {
        private readonly bool _keeps = convention.OrganisationId == day.Organisation;
        private readonly HashSet<string> _sides = [.. sheet.Parties.Parties.Where(party => party.OrganisationId == day.Organisation.ToString()).Select(party => party.Role ?? "PARTNER")];

        public IReadOnlyList<Rung> Everybody { get; } = [Rung.Of([.. Representatives, .. Doers])];

        /// <summary>Who owes it, then who answers for them; of a text that another side owes only the officer of its keeper hears. Null: nobody here.</summary>
        public IReadOnlyList<Rung>? Told(string side) =>
            side == "BOTH" || _sides.Contains(side) ? [Rung.Of(Doers), Rung.Of(Representatives)] : _keeps ? [Rung.Of("DPO", "DPO_ASSISTANT")] : null;

        /// <param name="subject">What of the convention, empty for the whole: it tells steps of one day apart.</param>
        public DueAlert Alert(string code, DateOnly on, int offset, AlertLevel level, string subject, IReadOnlyList<Rung> ladder, string tab = "") => new()
        {
            Code = code, ObjectType = Convention.ObjectType, ObjectId = convention.Id, Step = (Mark(subject) + " " + AlertSteps.Name(on, offset)).Trim(), Level = level, DueOn = on,
            Subject = Short($"{convention.Reference} ({convention.KeeperName}) · {convention.Title}{(subject.Length > 0 ? " · " + subject : "")}"),
            Path = $"/o/{day.Slug}/conventions/{(_keeps ? convention.Reference : convention.Id.ToString())}{tab}", Ladder = ladder,
        };

        private static string Short(string text) => new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]) is var clean && clean.Length > LongestSubject ? clean[..LongestSubject] : clean;

        private static string Mark(string subject) =>
            subject.Length <= 30 ? subject : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..16];
    }
}
