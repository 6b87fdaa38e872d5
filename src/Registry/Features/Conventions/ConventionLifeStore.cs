using Dapper;
using Registry.Access;
using Registry.Data;

namespace Registry.Features.Conventions;

/// <summary>What happens in the life of a convention: events, proofs, meetings, revisions of the price.</summary>
public sealed class ConventionLifeStore(Db db, Visitor visitor, TimeProvider clock)
{
    private const int MostLines = 500;

    private Guid Organisation => visitor.Organisation.Id;

    /// <summary>Four questions in one round trip.</summary>
    public async Task<ConventionLife> ReadAsync(Convention convention)
    {
        var connection = await db.OpenAsync();
        await using var answers = await connection.QueryMultipleAsync(
            """
            select kind, happened_on as on, document, note from convention_event
             where organisation_id = @OrganisationId and convention_id = @Id order by happened_on desc, recorded_at desc, id desc limit @MostLines;
            select id, code, done_on, covers_to, document, note, given_by, contributor_name from convention_proof
             where keeper_id = @OrganisationId and convention_id = @Id and not withdrawn order by done_on desc, recorded_at desc limit @MostLines;
            select id, kind, planned_on, held_on, status, agenda, attendees, decisions, minutes, minutes_sent_on, version from convention_meeting
             where organisation_id = @OrganisationId and convention_id = @Id order by planned_on desc, id limit @MostLines;
            select id, year, p0, fixed_part, indexed_part, mode, syntec0, march, link, savings, price, applies_from, recorded_by from convention_price
             where organisation_id = @OrganisationId and convention_id = @Id order by year desc limit @MostLines
            """,
            new { convention.OrganisationId, convention.Id, MostLines });
        return new(
            [.. await answers.ReadAsync<ConventionEvent>()], [.. await answers.ReadAsync<ConventionProof>()],
            [.. await answers.ReadAsync<ConventionMeeting>()], [.. await answers.ReadAsync<ConventionPrice>()]);
    }

    public async Task AddEventAsync(Convention convention, ConventionEvent happened)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            insert into convention_event (organisation_id, id, convention_id, kind, happened_on, document, note, recorded_at)
            values (@OrganisationId, @id, @convention, @Kind, @On, @Document, @Note, @now)
            """,
            new { convention.OrganisationId, id = Guid.CreateVersion7(), convention = convention.Id, happened.Kind, happened.On, happened.Document, happened.Note, now = clock.GetUtcNow() });
    }

    /// <summary>False when the same form was sent before.</summary>
    public async Task<bool> AddProofAsync(Convention convention, Guid id, string code, DateOnly doneOn, DateOnly? coversTo, string document, string? note)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into convention_proof (organisation_id, id, keeper_id, convention_id, code, done_on, covers_to, document, note, given_by, contributor_name, recorded_at)
            values (@Organisation, @id, @keeper, @convention, @code, @doneOn, @coversTo, @document, @note, @by, @contributor, @now)
            on conflict do nothing
            """,
            new { Organisation, id, keeper = convention.OrganisationId, convention = convention.Id, code, doneOn, coversTo, document, note, by = visitor.Name, contributor = visitor.Organisation.Name, now = clock.GetUtcNow() }) == 1;
    }

    /// <summary>Only what the own organisation gave, and once; the code of its obligation, or null.</summary>
    public async Task<string?> WithdrawProofAsync(Convention convention, Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<string?>(
            """
            update convention_proof set withdrawn = true
             where organisation_id = @Organisation and id = @id and convention_id = @convention and not withdrawn
            returning code
            """,
            new { Organisation, id, convention = convention.Id });
    }

    public async Task<bool> AddMeetingAsync(Convention convention, Guid id, MeetingForm form, string status)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into convention_meeting (organisation_id, id, convention_id, kind, planned_on, held_on, status, agenda, attendees, decisions, minutes, minutes_sent_on, recorded_at)
            values (@OrganisationId, @id, @convention, @Kind, @PlannedOn, @HeldOn, @status, @Agenda, @Attendees, @Decisions, @Minutes, @MinutesSentOn, @now)
            on conflict do nothing
            """,
            Parameters(convention, id, form, status, 0)) == 1;
    }

    /// <summary>False when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveMeetingAsync(Convention convention, Guid id, MeetingForm form, string status, int version)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update convention_meeting
               set kind = @Kind, planned_on = @PlannedOn, held_on = @HeldOn, status = @status, agenda = @Agenda, attendees = @Attendees, decisions = @Decisions,
                   minutes = @Minutes, minutes_sent_on = @MinutesSentOn, version = version + 1
             where organisation_id = @OrganisationId and convention_id = @convention and id = @id and version = @version
            """,
            Parameters(convention, id, form, status, version)) == 1;
    }

    /// <summary>False when the year has its revision.</summary>
    public async Task<bool> AddPriceAsync(Convention convention, ConventionPrice price)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into convention_price (organisation_id, id, convention_id, year, p0, fixed_part, indexed_part, mode, syntec0, march, link, savings, price, applies_from, recorded_by, recorded_at)
            values (@OrganisationId, @Id, @convention, @Year, @P0, @FixedPart, @IndexedPart, @Mode, @Syntec0, @March, @Link, @Savings, @Price, @AppliesFrom, @RecordedBy, @now)
            on conflict do nothing
            """,
            new
            {
                convention.OrganisationId, convention = convention.Id, price.Id, price.Year, price.P0, price.FixedPart, price.IndexedPart, price.Mode, price.Syntec0, price.March, price.Link, price.Savings,
                price.Price, price.AppliesFrom, price.RecordedBy, now = clock.GetUtcNow(),
            }) == 1;
    }

    private object Parameters(Convention convention, Guid id, MeetingForm form, string status, int version) => new
    {
        convention.OrganisationId, id, convention = convention.Id, status, version, form.Kind, form.PlannedOn, form.HeldOn, form.Agenda, form.Attendees, form.Decisions, form.Minutes, form.MinutesSentOn, now = clock.GetUtcNow(),
    };
}
