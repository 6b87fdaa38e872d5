using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Records;

/// <summary>The opinions on the records of the current organisation: given once by the officer, answered once by the controller.</summary>
public sealed class RecordOpinionStore(Db db, Visitor visitor, TimeProvider clock)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<RecordOpinion>> ListAsync(Guid record)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<RecordOpinion>(
            """
            select number, subject, conclusion, opinion, given_on, given_by, recorded_at, decision, decision_reason, decided_at, decided_by
              from record_opinion
             where organisation_id = @Organisation and record_id = @record
             order by number desc
            """,
            new { Organisation, record })).AsList();
    }

    /// <summary>Adds the next opinion; the caller holds the record's row, so numbers follow each other.</summary>
    public async Task<int> GiveAsync(Guid record, OpinionForm form, bool onLegitimateInterests)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            insert into record_opinion (organisation_id, record_id, number, subject, conclusion, opinion, on_legitimate_interests, given_on, given_by, recorded_at)
            select @Organisation, @record, coalesce(max(number), 0) + 1, @Subject, @Conclusion, @Opinion, @onLegitimateInterests, @GivenOn, @by, @now
              from record_opinion
             where organisation_id = @Organisation and record_id = @record
            returning number
            """,
            new { Organisation, record, form.Subject, form.Conclusion, form.Opinion, onLegitimateInterests, form.GivenOn, by = visitor.Name, now = clock.GetUtcNow() });
    }

    /// <summary>False when it is decided already: what the controller decided stands.</summary>
    public async Task<bool> DecideAsync(Guid record, DecisionForm form)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update record_opinion set decision = @Decision, decision_reason = @Reason, decided_at = @now, decided_by = @by
             where organisation_id = @Organisation and record_id = @record and number = @Number and decision is null
            """,
            new { Organisation, record, form.Number, form.Decision, form.Reason, by = visitor.Name, now = clock.GetUtcNow() }) == 1;
    }
}
