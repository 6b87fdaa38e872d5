using Dapper;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Records;

/// <summary>
/// What the register reminds of (domain §5): sheets to be reviewed at D-30, D and D+30, drafts nobody has touched for 60 days, impact assessments required and
/// missing, each month, and opinions of the officer without a decision after 30, 60 and 90 days.
/// </summary>
public sealed class RecordAlerts(Db db) : IAlertSource
{
    public const string Review = "AL_RECORD_REVIEW";
    public const string StaleDraft = "AL_RECORD_STALE_DRAFT";
    public const string DpiaRequired = "AL_DPIA_REQUIRED";
    public const string OpinionPending = "AL_OPINION_PENDING";
    private const string ObjectType = "RECORD";
    private const int Untouched = 60;

    private static readonly string[] Representatives = ["LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE"];

    public IReadOnlyList<string> Codes { get; } = [Review, StaleDraft, DpiaRequired, OpinionPending];

    private sealed record Line
    {
        public required string Code { get; init; }
        public required Guid Id { get; init; }
        public required int Number { get; init; }
        public required string Title { get; init; }
        public Guid? AuthorId { get; init; }

        /// <summary>The day that the steps are counted from; none when it begins today.</summary>
        public DateOnly? Since { get; init; }
        public int Opinion { get; init; }
    }

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var lines = await connection.QueryAsync<Line>(
            """
            select @Review as code, id, number, title, author_id, next_review_on as since, 0 as opinion
              from processing_record
             where organisation_id = @Organisation and status in ('PUBLISHED', 'IN_REVISION') and next_review_on <= @Today + 30
             union all
            select @StaleDraft, id, number, title, author_id, (updated_at at time zone @zone)::date, 0
              from processing_record
             where organisation_id = @Organisation and status = 'DRAFT' and (updated_at at time zone @zone)::date <= @Today - @Untouched
             union all
            select @DpiaRequired, r.id, r.number, r.title, null,
                   (select (min(a.raised_at) at time zone @zone)::date from alert a where a.organisation_id = r.organisation_id and a.code = @DpiaRequired and a.object_id = r.id), 0
              from processing_record r
             where r.organisation_id = @Organisation and r.dpia_due and not r.dpia_waived and r.status not in ('ARCHIVED', 'ABANDONED')
             union all
            select @OpinionPending, r.id, r.number, r.title, null, o.given_on, o.number
              from record_opinion o
              join processing_record r on r.organisation_id = o.organisation_id and r.id = o.record_id
             where o.organisation_id = @Organisation and o.decision is null and o.given_on <= @Today - 30 and r.status not in ('ARCHIVED', 'ABANDONED')
            """,
            new { day.Organisation, day.Today, zone = day.Zone.Id, Review, StaleDraft, DpiaRequired, OpinionPending, Untouched });
        return [.. lines.Select(line => Of(line, day))];
    }

    private static DueAlert Of(Line line, AlertDay day)
    {
        var since = line.Since ?? day.Today;
        switch (line.Code)
        {
            case Review:
                var offset = AlertSteps.Reached(since, day.Today, -30, 0, 30)!.Value;
                var level = offset switch { < 0 => AlertLevel.Info, 0 => AlertLevel.Warning, _ => AlertLevel.Overdue };
                return Alert(AlertSteps.Name(since, offset), level, since, Rung.Of(line.AuthorId, "CORRESPONDENT"), Rung.Of("DPO"), Rung.Of(Representatives));
            case StaleDraft:
                return Alert(AlertSteps.Name(since, Untouched), AlertLevel.Info, null, Rung.Of(line.AuthorId, "CORRESPONDENT"));
            case DpiaRequired:
                return Alert($"M{Months(since, day.Today)}", AlertLevel.Warning, null, Rung.Of([.. Representatives, "DPO"]), Rung.Of("DGS"));
            default:
                var waited = AlertSteps.Reached(since, day.Today, 30, 60, 90)!.Value;
                return Alert($"{line.Opinion} {AlertSteps.Name(since, waited)}", waited < 90 ? AlertLevel.Warning : AlertLevel.Urgent, null, Rung.Of([.. Representatives, "DPO"]), Rung.Of("DGS"));
        }

        DueAlert Alert(string step, AlertLevel level, DateOnly? due, params Rung[] ladder) => new()
        {
            Code = line.Code, ObjectType = ObjectType, ObjectId = line.Id, Step = step, Level = level, DueOn = due, Ladder = ladder,
            Subject = $"{ProcessingRecord.ReferenceOf(line.Number)} · {line.Title}",
            Path = $"/o/{day.Slug}/traitements/{ProcessingRecord.ReferenceOf(line.Number)}" + (line.Code == OpinionPending ? "/avis" : ""),
        };
    }

    /// <summary>Whole months that have passed: the 31st of January and the 28th of February are one apart.</summary>
    private static int Months(DateOnly since, DateOnly today)
    {
        var months = (today.Year - since.Year) * 12 + today.Month - since.Month;
        return since.AddMonths(months) > today ? months - 1 : months;
    }
}
