using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>Every question asked about the requests of the current organisation. What a person wrote is sealed on its way in and opened on its way out.</summary>
public sealed class RequestStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    public const string Table = "rights_request";
    internal const string Purpose = "rights-requests";

    /// <summary>For whoever carries the rows to another key.</summary>
    public static readonly SealedColumn[] SealedColumns = [new(Table, "content", Purpose, "rights_request"), new("rights_request_entry", "content", Purpose, "rights_request")];

    private readonly byte[] _key = keys.Derive(Purpose), _mark = keys.Derive(RequesterMarks.Purpose), _address = keys.Derive(RequesterMarks.AddressPurpose);

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<RightsRequest?> FindAsync(string reference, bool toChange = false)
    {
        return RightsRequest.Parse(reference) is var (year, number) ? await FindAsync(null, year, number, toChange) : null;
    }

    public Task<RightsRequest?> FindByIdAsync(Guid id, bool toChange = false) => FindAsync(id, 0, 0, toChange);

    private async Task<RightsRequest?> FindAsync(Guid? id, int year, int number, bool toChange)
    {
        var connection = await db.OpenAsync();
        // A writer waits for the other one here, then reads what that one left.
        if (toChange)
            await connection.ExecuteAsync("select from rights_request where organisation_id = @Organisation and (id = @id or year = @year and number = @number) for update", new { Organisation, id, year, number });
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select id, year, number, channel, rights, status, received_on, outcome, ended_on, closed_on, purge_on, held, course::text as course, content, version, registered_at, registered_by
              from rights_request
             where organisation_id = @Organisation and (id = @id or year = @year and number = @number)
            """,
            new { Organisation, id, year, number });
        return row is null ? null : new RightsRequest
        {
            Id = row.Id, Year = row.Year, Number = row.Number, Channel = row.Channel, Rights = row.Rights, Status = RequestStates.Parse(row.Status), ReceivedOn = row.ReceivedOn,
            Course = SheetJson.ReadPart<RequestCourse>(row.Course), Outcome = row.Outcome, EndedOn = row.EndedOn, ClosedOn = row.ClosedOn, PurgeOn = row.PurgeOn, Held = row.Held,
            Content = Open<RequestContent>(row.Content, row.Id), Version = row.Version, RegisteredAt = row.RegisteredAt, RegisteredBy = row.RegisteredBy,
        };
    }

    /// <summary>Which file bears this number: nothing of it is opened.</summary>
    public async Task<Guid?> IdOfAsync(string reference)
    {
        var (year, number) = RightsRequest.Parse(reference) ?? default;
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>("select id from rights_request where organisation_id = @Organisation and year = @year and number = @number", new { Organisation, year, number });
    }

    /// <summary>Adds a file under the id that its form brought; the same form sent twice finds the first one (S-92). Null: another body's form bore that id.</summary>
    public async Task<(RightsRequest Request, bool Added)?> AddAsync(RightsRequest request)
    {
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@form, 0))", new { form = $"{Organisation}/{request.Id}" });
        if (await connection.QuerySingleOrDefaultAsync<(int Year, int Number)?>(
                "select year, number from rights_request where organisation_id = @Organisation and id = @Id", new { Organisation, request.Id }) is var (year, first))
            return (request with { Year = year, Number = first }, false);
        var number = await connection.ExecuteScalarAsync<int>(
            """
            insert into reference_counter (organisation_id, kind, last) values (@Organisation, @series, 1)
            on conflict (organisation_id, kind) do update set last = reference_counter.last + 1
            returning last
            """,
            new { Organisation, series = $"D-{request.Year}" });
        var numbered = request with { Number = number };
        var added = await connection.ExecuteAsync(
            """
            insert into rights_request (organisation_id, id, year, number, channel, rights, status, received_on, due_on, expires_at, suspended_since, extended, course, content, requester_marks, address_mark,
                   registered_at, registered_by, updated_at, updated_by)
            values (@Organisation, @Id, @Year, @Number, @Channel, @rights, @status, @ReceivedOn, @dueOn, @expiresAt, @suspendedSince, @extended, @course::jsonb, @content, @marks, @address,
                   @RegisteredAt, @RegisteredBy, @RegisteredAt, @RegisteredBy)
            on conflict do nothing
            """,
            Parameters(numbered));
        return added == 1 ? (numbered, true) : null;
    }

    /// <summary>Writes the whole row; false when somebody saved it meanwhile.</summary>
    public async Task<bool> SaveAsync(RightsRequest request)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update rights_request
               set status = @status, due_on = @dueOn, expires_at = @expiresAt, suspended_since = @suspendedSince, extended = @extended, outcome = @Outcome, ended_on = @EndedOn,
                   closed_on = @ClosedOn, purge_on = @PurgeOn, held = @Held, course = @course::jsonb, content = @content, requester_marks = @marks, address_mark = @address, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @Organisation and id = @Id and version = @Version
            """,
            Parameters(request)) == 1;
    }

    public async Task<IReadOnlyList<RequestEntry>> EntriesAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        var rows = await connection.QueryAsync<(Guid Id, string Act, DateOnly On, byte[] Content, DateTimeOffset MadeAt, string MadeBy)>(
            "select id, act, happened_on, content, made_at, made_by from rights_request_entry where organisation_id = @Organisation and request_id = @request order by made_at, id",
            new { Organisation, request });
        return [.. rows.Select(row => new RequestEntry(row.Id, row.Act, row.On, Open<string?[]>(row.Content, row.Id)[0], row.MadeAt, row.MadeBy))];
    }

    public async Task AddEntryAsync(Guid request, string act, DateOnly happenedOn, string? text)
    {
        var connection = await db.OpenAsync();
        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            """
            insert into rights_request_entry (organisation_id, id, request_id, act, happened_on, content, made_at, made_by)
            values (@Organisation, @id, @request, @act, @happenedOn, @content, @now, @by)
            """,
            new { Organisation, id, request, act, happenedOn, content = Seal(new[] { text }, id), now = clock.GetUtcNow(), by = visitor.Name });
    }

    /// <summary>What else the same person asked of this body, the oldest first; no other file is opened for it.</summary>
    public async Task<IReadOnlyList<OtherRequest>> OthersOfAsync(RightsRequest request)
    {
        var connection = await db.OpenAsync();
        var marks = RequesterMarks.Of(_mark, Organisation, request.Content.Requester);
        return (await connection.QueryAsync<OtherRequest>(
            "select year, number, status from rights_request where organisation_id = @Organisation and id <> @Id and requester_marks && @marks order by year, number limit 20",
            new { Organisation, request.Id, marks })).AsList();
    }

    /// <summary>The last requests of an address, whoever wrote from it.</summary>
    public async Task<IReadOnlyList<(Guid Id, int Year, int Number)>> OfAddressAsync(string email)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<(Guid, int, int)>(
            "select id, year, number from rights_request where organisation_id = @Organisation and address_mark = @mark order by year desc, number desc limit 5",
            new { Organisation, mark = RequesterMarks.OfAddress(_address, Organisation, email) })).AsList();
    }

    /// <summary>Whether this person read the file within the last hour: one line in the history for that is enough (S-65).</summary>
    public async Task<bool> WasReadLatelyAsync(Guid request, string action)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<bool>(
            "select exists (select from history.event where organisation_id = @Organisation and object_id = @request and person_id = @PersonId and action = @action and recorded_at > @since)",
            new { Organisation, request, visitor.PersonId, action, since = clock.GetUtcNow().AddHours(-1) });
    }

    private DynamicParameters Parameters(RightsRequest request)
    {
        // The deadline is never typed: it follows from what happened, whoever writes the row.
        var times = request.Clock(visitor.Organisation.Calendar);
        var parameters = new DynamicParameters(new
        {
            request.Id, request.Year, request.Number, request.Channel, request.ReceivedOn, request.Outcome, request.EndedOn, request.ClosedOn, request.PurgeOn, request.Held, request.Version,
            request.RegisteredAt, request.RegisteredBy,
        });
        parameters.AddDynamicParams(new
        {
            Organisation, now = clock.GetUtcNow(), by = visitor.Name, rights = request.Rights.ToArray(), status = RequestStates.Code(request.Status), dueOn = times.Due.DueOn,
            expiresAt = times.Due.ExpiresAt.ToUniversalTime(), suspendedSince = times.SuspendedSince, extended = times.ExtensionAccepted,
            course = SheetJson.WritePart(request.Course), content = Seal(request.Content, request.Id),
            marks = RequesterMarks.Of(_mark, Organisation, request.Content.Requester), address = RequesterMarks.OfAddress(_address, Organisation, request.Content.Requester.Email),
        });
        return parameters;
    }

    // A text moved to another row or another body does not open (S-46).
    private string Place(Guid row) => SealedColumns[0].PlaceOf(Organisation, row);

    private byte[] Seal(object content, Guid row) => Sealing.Seal(_key, SheetJson.WritePart(content), Place(row));

    private T Open<T>(byte[] box, Guid row) => SheetJson.ReadPart<T>(Sealing.Open(_key, box, Place(row)));

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required int Year { get; init; }
        public required int Number { get; init; }
        public required string Channel { get; init; }
        public required string[] Rights { get; init; }
        public required string Status { get; init; }
        public required DateOnly ReceivedOn { get; init; }
        public string? Outcome { get; init; }
        public DateOnly? EndedOn { get; init; }
        public DateOnly? ClosedOn { get; init; }
        public DateOnly? PurgeOn { get; init; }
        public required bool Held { get; init; }
        public required string Course { get; init; }
        public required byte[] Content { get; init; }
        public required int Version { get; init; }
        public required DateTimeOffset RegisteredAt { get; init; }
        public required string RegisteredBy { get; init; }
    }
}
