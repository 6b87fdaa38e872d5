using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Recommendations;

/// <summary>What was adopted and is not done on its day: the day after, and each month.</summary>
public sealed class RecommendationAlerts(Db db) : IAlertSource
{
    public const string Overdue = "AL_RECOMMENDATION_OVERDUE";
    private const int Month = 30, Years = 2;
    private static readonly int[] Steps = [1, .. Enumerable.Range(1, 12 * Years).Select(month => month * Month)];

    public IReadOnlyList<string> Codes { get; } = [Overdue];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var late = await connection.QueryAsync<(Guid Id, int Number, string Title, DateOnly DueOn)>(
            "select id, number, title, due_on from recommendation where organisation_id = @Organisation and status in ('ACCEPTED', 'IN_PROGRESS') and due_on < @Today", new { day.Organisation, day.Today });
        return [.. late.Select(one => new DueAlert
        {
            Code = Overdue, ObjectType = Recommendation.ObjectType, ObjectId = one.Id, Step = AlertSteps.Name(one.DueOn, AlertSteps.Reached(one.DueOn, day.Today, Steps)!.Value), Level = AlertLevel.Overdue, DueOn = one.DueOn,
            Subject = $"{Recommendation.ReferenceOf(one.Number)} · {one.Title}", Path = $"/o/{day.Slug}/recommandations/{Recommendation.ReferenceOf(one.Number)}",
            Ladder = [Rung.Of("CORRESPONDENT"), Rung.Of("DPO"), Rung.Of("LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE")],
        })];
    }
}

/// <summary>What waits for the representative's decision or is late, for the first page of the organisation.</summary>
public sealed class RecommendationsDue(Db db, Visitor visitor, TimeProvider clock)
{
    public async Task<(int Waiting, int Late)> CountAsync()
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleAsync<(int, int)>(
            "select count(*) filter (where status = 'PROPOSED')::int, count(*) filter (where status in ('ACCEPTED', 'IN_PROGRESS') and due_on < @today)::int from recommendation where organisation_id = @Id",
            new { visitor.Organisation.Id, today = visitor.Organisation.Today(clock) });
    }
}
