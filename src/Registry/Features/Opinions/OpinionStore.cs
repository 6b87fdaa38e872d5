using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Jobs;

namespace Registry.Features.Opinions;

/// <summary>The opinions asked of the officer in an organisation.</summary>
public sealed class OpinionStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int Most = 200;

    private Guid Organisation => visitor.Organisation.Id;

    public Task<IReadOnlyList<OfficerOpinion>> ListAsync() => ReadAsync(null);

    public async Task<OfficerOpinion?> FindAsync(string reference, bool toChange = false)
    {
        if (OfficerOpinion.NumberOf(reference) is not { } number) return null;
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from officer_opinion where organisation_id = @Organisation and number = @number for update", new { Organisation, number });
        return (await ReadAsync(number)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<OfficerOpinion>> ReadAsync(int? number)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<OfficerOpinion>(
            """
            select id, number, subject, title, about, question, asked_by, asked_on, status, conclusion, body, issued_on, issued_by, acknowledged_on, acknowledged_by, decision, decision_reason, decided_on, decided_by,
                   withdrawn_reason, version
              from officer_opinion
             where organisation_id = @Organisation and (@number::int is null or number = @number)
             order by status in ('CLOSED', 'WITHDRAWN'), number desc limit @Most
            """,
            new { Organisation, number, Most })).AsList();
    }

    /// <summary>Adds it under the id that the form brought, with the next number; the same form sent twice finds the first one (S-92). Null: the id is another's.</summary>
    public async Task<(int Number, bool Added)?> AddAsync(Guid id, AskForm form)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 490))", new { form = $"{Organisation}/{id}" });
        if (await connection.QuerySingleOrDefaultAsync<int?>("select number from officer_opinion where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } first) return (first, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, 'AV', 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation });
        var added = await connection.ExecuteAsync(
            """
            insert into officer_opinion (organisation_id, id, number, subject, title, about, question, asked_by, asked_on, status, updated_at)
            values (@Organisation, @id, @number, @Subject, @Title, @About, @Question, @by, @today, 'DRAFT', @now)
            on conflict do nothing
            """,
            new { Organisation, id, number, form.Subject, form.Title, form.About, form.Question, by = visitor.Name, today = visitor.Organisation.Today(clock), now = clock.GetUtcNow() });
        return added == 1 ? (number, true) : null;
    }

    /// <summary>False when it moved meanwhile.</summary>
    public async Task<bool> MoveAsync(OfficerOpinion after)
    {
        var connection = await db.OpenAsync();
        var parameters = new DynamicParameters(new { Organisation, now = clock.GetUtcNow() });
        parameters.AddDynamicParams(after);
        return await connection.ExecuteAsync(
            """
            update officer_opinion
               set status = @Status, conclusion = @Conclusion, body = @Body, issued_on = @IssuedOn, issued_by = @IssuedBy, acknowledged_on = @AcknowledgedOn, acknowledged_by = @AcknowledgedBy, decision = @Decision,
                   decision_reason = @DecisionReason, decided_on = @DecidedOn, decided_by = @DecidedBy, withdrawn_reason = @WithdrawnReason, updated_at = @now, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            parameters) == 1;
    }
}

/// <summary>Opinions without a decision after 30, 60 and 90 days (domain §5), as those on sheets.</summary>
public sealed class OpinionAlerts(Db db) : IAlertSource
{
    private const string Pending = "AL_OPINION_PENDING";

    public IReadOnlyList<string> Codes { get; } = [Pending];

    public async Task<IReadOnlyList<DueAlert>> ListAsync(AlertDay day)
    {
        var connection = await db.OpenAsync();
        var waiting = await connection.QueryAsync<(Guid Id, int Number, string Title, DateOnly IssuedOn)>(
            "select id, number, title, issued_on from officer_opinion where organisation_id = @Organisation and status in ('ISSUED', 'ACKNOWLEDGED') and issued_on <= @Today - 30", new { day.Organisation, day.Today });
        return [.. waiting.Select(one =>
        {
            var waited = AlertSteps.Reached(one.IssuedOn, day.Today, 30, 60, 90)!.Value;
            return new DueAlert
            {
                Code = Pending, ObjectType = OfficerOpinion.ObjectType, ObjectId = one.Id, Step = AlertSteps.Name(one.IssuedOn, waited), Level = waited < 90 ? AlertLevel.Warning : AlertLevel.Urgent,
                Subject = $"{OfficerOpinion.ReferenceOf(one.Number)} · {one.Title}", Path = $"/o/{day.Slug}/avis/{OfficerOpinion.ReferenceOf(one.Number)}",
                Ladder = [Rung.Of("LEGAL_REPRESENTATIVE", "ELECTED_DELEGATE", "DPO"), Rung.Of("DGS")],
            };
        })];
    }
}
