using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>A line of another body's search sheet, as the help desk that is asked has it: what that line says, and nothing else of the request.</summary>
public sealed record SearchTicket
{
    public required Guid OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }
    public required string BodyName { get; init; }
    public required string BodyReference { get; init; }
    public required string Place { get; init; }
    public required string AskedOf { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateOnly DueOn { get; init; }
    public required string State { get; init; }
    public DateOnly? SearchedOn { get; init; }
    public required byte[] Sealed { get; init; }
    public required int Version { get; init; }
    public int Total { get; init; }

    public bool Waits => State == "ASKED";
}

/// <summary>What the help desk of the current organisation is asked to search for others; the policies keep it to that (0042).</summary>
public sealed class SearchTicketStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    public const int Most = 200;
    private readonly byte[] _key = keys.Derive(RequestStore.Purpose);

    private Guid Provider => visitor.Organisation.Id;

    /// <summary>Those that wait first, the most pressing at the head.</summary>
    public async Task<IReadOnlyList<SearchTicket>> ListAsync()
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<SearchTicket>(
            """
            select organisation_id, id, request_id, body_name, body_reference, place, asked_of, asked_at, due_on, state, searched_on, content as sealed, version, count(*) over ()::int as total
              from rights_request_search
             where provider_id = @Provider
             order by state <> 'ASKED', due_on, asked_at, id
             limit @Most
            """,
            new { Provider, Most })).AsList();
    }

    public async Task<SearchTicket?> FindAsync(Guid id, bool toChange = false)
    {
        var connection = await db.OpenAsync();
        if (toChange) await connection.ExecuteAsync("select from rights_request_search where provider_id = @Provider and id = @id for update", new { Provider, id });
        return await connection.QuerySingleOrDefaultAsync<SearchTicket>(
            """
            select organisation_id, id, request_id, body_name, body_reference, place, asked_of, asked_at, due_on, state, searched_on, content as sealed, version
              from rights_request_search
             where provider_id = @Provider and id = @id
            """,
            new { Provider, id });
    }

    public SearchContent Open(SearchTicket ticket) => SheetJson.ReadPart<SearchContent>(Sealing.Open(_key, ticket.Sealed, SearchContent.PlaceOf(ticket.OrganisationId, ticket.Id)));

    /// <summary>What was found; false when somebody answered meanwhile or nobody needs it any more.</summary>
    public async Task<bool> AnswerAsync(SearchTicket ticket, int seen, FindingForm found)
    {
        var content = Open(ticket) with { Text = found.Text, By = found.By };
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            update rights_request_search
               set state = @Result, searched_on = @on, content = @content, updated_at = @now, updated_by = @by, version = version + 1
             where organisation_id = @OrganisationId and id = @Id and version = @seen and state = 'ASKED'
            """,
            new
            {
                ticket.OrganisationId, ticket.Id, seen, found.Result, on = found.On.Date, now = clock.GetUtcNow(), by = visitor.Name,
                content = Sealing.Seal(_key, SheetJson.WritePart(content), SearchContent.PlaceOf(ticket.OrganisationId, ticket.Id)),
            }) == 1;
    }
}
