using Dapper;
using Registry.Access;
using Registry.Data;
using Registry.Features.Records;
using Registry.Identity;

namespace Registry.Features.Requests;

public sealed record RequestMessage(Guid Id, bool FromPerson, string Text, DateTimeOffset WrittenAt, string? WrittenBy)
{
    public const int Longest = 20_000, Most = 200;
}

/// <summary>What a link is good for, and how long (S-81, S-82).</summary>
public sealed record LinkPurpose(string Code, TimeSpan Life)
{
    public static readonly LinkPurpose Enter = new("ENTER", TimeSpan.FromMinutes(30)), Deposit = new("DEPOSIT", TimeSpan.FromDays(7));
}

/// <summary>The dialogue with the person and the links that let her in. Words are sealed as the request is (S-46), of links the hash is kept.</summary>
public sealed class RequestDialogueStore(Db db, Visitor visitor, Keys keys, TimeProvider clock)
{
    public static readonly SealedColumn[] SealedColumns = [new("request_message", "content", RequestStore.Purpose, "request_dialogue")];

    private readonly byte[] _key = keys.Derive(RequestStore.Purpose), _lost = keys.Derive("rights-requests/lost-code");

    private Guid Organisation => visitor.Organisation.Id;

    public async Task<IReadOnlyList<RequestMessage>> ListAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        return [.. (await connection.QueryAsync<(Guid Id, string Author, byte[] Content, DateTimeOffset At, string? By)>(
            "select id, author, content, written_at, written_by from request_message where organisation_id = @Organisation and request_id = @request order by written_at, id limit 500", new { Organisation, request }))
            .Select(row => new RequestMessage(row.Id, row.Author == "PERSON", SheetJson.ReadPart<string[]>(Sealing.Open(_key, row.Content, Place(row.Id)))[0], row.At, row.By))];
    }

    /// <summary>The form's id is the message's: sent twice it is one (S-92). False: it was there, or there are too many.</summary>
    public async Task<bool> AddAsync(Guid id, Guid request, string text, bool fromPerson)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            """
            insert into request_message (organisation_id, id, request_id, author, content, written_at, written_by)
            select @Organisation, @id, @request, @author, @content, @now, @by
             where (select count(*) from request_message where organisation_id = @Organisation and request_id = @request) < @Most
            on conflict do nothing
            """,
            new { Organisation, id, request, author = fromPerson ? "PERSON" : "BODY", content = Sealing.Seal(_key, SheetJson.WritePart(new[] { text }), Place(id)), now = clock.GetUtcNow(), by = fromPerson ? null : visitor.Name, RequestMessage.Most }) == 1;
    }

    /// <summary>A new link to deposit takes the place of the one before.</summary>
    public async Task<string> IssueAsync(Guid request, LinkPurpose purpose)
    {
        var (text, hash) = Token.New();
        var connection = await db.OpenAsync();
        await connection.ExecuteAsync(
            """
            update request_link set used_at = @now where organisation_id = @Organisation and request_id = @request and purpose = @Code and purpose = 'DEPOSIT' and used_at is null;
            insert into request_link (organisation_id, token_hash, request_id, purpose, made_at, expires_at) values (@Organisation, @hash, @request, @Code, @now, @until)
            """,
            new { Organisation, request, hash, purpose.Code, now = clock.GetUtcNow(), until = clock.GetUtcNow() + purpose.Life });
        return text;
    }

    /// <summary>Whose link it is, while it is good; used, over and never made are the same.</summary>
    public async Task<Guid?> FindLinkAsync(string token, LinkPurpose purpose)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(
            "select request_id from request_link where organisation_id = @Organisation and token_hash = @hash and purpose = @Code and used_at is null and expires_at > @now",
            new { Organisation, hash = Token.Hash(token), purpose.Code, now = clock.GetUtcNow() });
    }

    /// <summary>Uses it up; null when another did so first.</summary>
    public async Task<Guid?> TakeLinkAsync(string token, LinkPurpose purpose)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>(
            "update request_link set used_at = @now where organisation_id = @Organisation and token_hash = @hash and purpose = @Code and used_at is null and expires_at > @now returning request_id",
            new { Organisation, hash = Token.Hash(token), purpose.Code, now = clock.GetUtcNow() });
    }

    /// <summary>Until when the person may deposit, whichever way she came; null when she may not.</summary>
    public async Task<DateTimeOffset?> DepositUntilAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<DateTimeOffset?>(
            "select max(expires_at) from request_link where organisation_id = @Organisation and request_id = @request and purpose = 'DEPOSIT' and used_at is null and expires_at > @now", new { Organisation, request, now = clock.GetUtcNow() });
    }

    public async Task<bool> TakeDepositAsync(Guid request)
    {
        var connection = await db.OpenAsync();
        return await connection.ExecuteAsync(
            "update request_link set used_at = @now where organisation_id = @Organisation and request_id = @request and purpose = 'DEPOSIT' and used_at is null and expires_at > @now", new { Organisation, request, now = clock.GetUtcNow() }) > 0;
    }

    /// <summary>One row for each that asks, known or not: what the page does is the same (S-81).</summary>
    public async Task AskForCodeAsync(string email)
    {
        var (connection, id) = (await db.OpenAsync(), Guid.CreateVersion7());
        await connection.ExecuteAsync("insert into lost_code (organisation_id, id, address, asked_at) values (@Organisation, @id, @address, @now)",
            new { Organisation, id, address = Sealing.Seal(_lost, email, Place(id)), now = clock.GetUtcNow() });
    }

    public async Task<string?> LostAddressAsync(Guid id)
    {
        var connection = await db.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<byte[]>("select address from lost_code where organisation_id = @Organisation and id = @id", new { Organisation, id }) is { } box ? Sealing.Open(_lost, box, Place(id)) : null;
    }

    private string Place(Guid row) => SealedColumns[0].PlaceOf(Organisation, row);
}
