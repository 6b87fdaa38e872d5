using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Facts;

namespace Registry.Features.ProviderRequests;

/// <summary>A breach as a ticket names it.</summary>
public sealed record TicketBreach(Guid Id, string Reference);

/// <summary>A call for the provider's help, as the file of the breach shows it.</summary>
public sealed record BreachTicket(int Year, int Number, string ProviderName, string System, string Status, DateTimeOffset SubmittedAt, DateTimeOffset? TakenAt, DateTimeOffset? EndedAt, string? Note)
{
    public string Reference => ProviderRequest.ReferenceOf(ProviderRequest.TicketNature, Year, Number);
    public string Word => Vocabulary.Current.Label("AccessRequestStatus", Status);
    public int? Disc => ProviderRequestStates.Disc(ProviderRequestStates.Parse(Status));
}

/// <summary>What the provider was asked for a breach: its help to find the origin and to correct (convention B 2.4).</summary>
public sealed class BreachTickets(Db db, Visitor visitor)
{
    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<BreachTicket>> OfAsync(Guid breach)
    {
        var connection = await db.OpenAsync();
        return (await connection.QueryAsync<BreachTicket>(
            """
            select year, number, provider_name, system, status, submitted_at, taken_at, ended_at, note
              from provider_request
             where organisation_id = @Organisation and breach_id = @breach
             order by submitted_at
            """,
            new { Organisation, breach })).AsList();
    }

    /// <summary>An open file of the organisation.</summary>
    public async Task<TicketBreach?> FindAsync(string reference)
    {
        if (reference.Split('-') is not ["V", { Length: 4 } year, { Length: >= 3 and <= 6 } number] || !int.TryParse(year, out var y) || !int.TryParse(number, out var n)) return null;
        var connection = await db.OpenAsync();
        return await connection.ExecuteScalarAsync<Guid?>(
            "select id from breach where organisation_id = @Organisation and year = @y and number = @n and status <> 'CLOSED'", new { Organisation, y, n }) is { } id ? new(id, reference.ToUpperInvariant()) : null;
    }
}
