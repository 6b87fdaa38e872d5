using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.History;
using Registry.Mail;

namespace Registry.Features.Requests;

/// <summary>What a person takes home: the number of her request, and the code that opens it. Shown once, never mailed (S-80).</summary>
public sealed record Receipt(string Reference, string Code, DateOnly ReceivedOn, DateOnly DueOn);

/// <summary>
/// The counter of a body for whoever has no account: takes a request in and says how far it is. Works for that one organisation, in a transaction of its
/// own; the page around it reads what is public.
/// </summary>
public sealed class Portal(OwnWork work, Keys keys, TimeProvider clock)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4), Longest = TimeSpan.FromHours(24);

    // Thirty-two signs, none of which looks like another: without I, L, O and U; what is typed as O or I is read as 0 or 1.
    private const string Signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int CodeLength = 16, Group = 4;

    private readonly byte[] _code = keys.Derive("rights-request/code"), _token = keys.Derive("rights-request/form");

    /// <summary>A form is given its id when it is opened, signed: the request that comes of it bears it, so that sending twice makes one.</summary>
    public string NewToken()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Guid.CreateVersion7():n}.{clock.GetUtcNow().ToUnixTimeSeconds()}");
        return $"{text}.{Sign(text)}";
    }

    /// <summary>The id of a form and whether somebody took her time over it; a token of our own making, or null.</summary>
    public (Guid Id, bool Hasty)? Read(string? token)
    {
        var parts = (token ?? "").Split('.');
        if (parts is not [var id, var at, var mac] || !Guid.TryParseExact(id, "n", out var form) || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mac), Encoding.ASCII.GetBytes(Sign($"{id}.{at}")))) return null;
        var taken = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (form, taken < Shortest || taken > Longest);
    }

    /// <summary>T-RR-01 and T-RR-02: the request, its deadline, its event and the acknowledgement are kept together (S-80).</summary>
    public async Task<Receipt> DepositAsync(Guid body, AskForm form, Guid id, bool doubtful, string followAddress) => (await WorkAsync<Receipt>(body, async (services, visitor) =>
    {
        var (store, desk) = (services.GetRequiredService<RequestStore>(), services.GetRequiredService<RequestDesk>());
        var (kept, added) = await store.AddAsync(form.ToRequest(id, desk.Today, desk.Now, doubtful)) ?? throw new InvalidOperationException("The id of a form was taken by another body.");
        var due = kept.Clock(visitor.Organisation.Calendar).Due.DueOn;
        if (added)
        {
            desk.Tell(Actions.RequestReceived, kept);
            if (kept.Content.Requester.Email is { } mail)
                await new OutgoingMail(visitor.Organisation.Id, mail, Languages.InFrench(() => $"Votre demande {kept.Reference}"), Acknowledgement(visitor.Organisation.Name, kept.Reference, due, followAddress))
                    .PostAsync(await services.GetRequiredService<Db>().OpenAsync(), desk.Now);
        }
        return new Receipt(kept.Reference, CodeOf(kept.Id), kept.ReceivedOn, due);
    }))!;

    /// <summary>The request of that number and that code; null for a wrong number and for a wrong code alike, after the same work (S-81).</summary>
    public Task<Guid?> FollowAsync(Guid body, string reference, string code) => WorkAsync<Guid?>(body, async (services, _) =>
    {
        var id = await services.GetRequiredService<RequestStore>().IdOfAsync(reference.Trim().ToUpperInvariant());
        var right = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Plain(CodeOf(id ?? Guid.Empty))), Encoding.ASCII.GetBytes(Plain(code)));
        return right ? id : null;
    });

    /// <summary>Eighty bits that only the key of the program and the request together give: nothing of it is kept, so nothing of it can be stolen with the database.</summary>
    public string CodeOf(Guid request)
    {
        var bits = HMACSHA256.HashData(_code, request.ToByteArray());
        var letters = Enumerable.Range(0, CodeLength).Select(place => Signs[bits[place] & 31]).ToArray();
        return string.Join(' ', letters.Chunk(Group).Select(chunk => new string(chunk)));
    }

    private static string Plain(string code) => new([.. code.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1').Where(char.IsAsciiLetterOrDigit).Take(CodeLength * 2)]);

    private string Sign(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_token, Encoding.ASCII.GetBytes(text)))[..32];

    private static string Acknowledgement(string body, string reference, DateOnly due, string address) => Languages.InFrench(() =>
        $"Bonjour,\n\n{body} a reçu votre demande {reference}. La réponse vous parviendra au plus tard le {Dates.Long(due)}.\n\nPour suivre votre demande : {address}\nIl vous faut son numéro et le code qui s’est affiché quand vous l’avez envoyée.\n\nCe message est envoyé automatiquement.");

    /// <summary>Something done at the counter of a body; kept when it gives something.</summary>
    public Task<T?> WorkAsync<T>(Guid body, Func<IServiceProvider, Visitor, Task<T?>> act) => work.InAsync(body, new OwnName("Portail", "CITIZEN", "portal"), act);
}
