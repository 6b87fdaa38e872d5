using System.Security.Cryptography;
using System.Text;
using Registry.Data;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Requests;

/// <summary>Another request of the same person in the same body.</summary>
public sealed record OtherRequest(int Year, int Number, string Status)
{
    public string Reference => RightsRequest.ReferenceOf(Year, Number);

    public bool Precedes(RightsRequest request) => (Year, Number).CompareTo((request.Year, request.Number)) < 0;
}

/// <summary>
/// By what a person who asks again is recognised while every file stays sealed: for each address a keyed hash of her folded name with it. Without the key of the
/// program a mark says nothing, and the same person has other marks in another body.
/// </summary>
public static class RequesterMarks
{
    public const string Purpose = "rights-requests/requester", AddressPurpose = "rights-requests/address";

    /// <summary>Both marks of a request that comes from another instance, under the key of this one.</summary>
    public static (byte[][] Requester, byte[]? Address) Under(Keys keys, Guid organisation, string content)
    {
        var requester = SheetJson.ReadPart<RequestContent>(content).Requester;
        return (Of(keys.Derive(Purpose), organisation, requester), OfAddress(keys.Derive(AddressPurpose), organisation, requester.Email));
    }

    public static byte[][] Of(byte[] key, Guid organisation, Person person)
    {
        // “Dupont Marie” at the desk and “Marie Dupont” by mail are one person.
        var name = string.Join(' ', Folding.Fold(person.Name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        string?[] addresses = [person.Email is { } email ? "mail " + email.Trim().ToLowerInvariant() : null, person.Post is { } post ? "post " + Folding.Fold(post) : null];
        return name.Length == 0 ? [] : [.. addresses.OfType<string>().Select(address => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{organisation}\n{name}\n{address}")))];
    }

    /// <summary>Of the mailbox alone, whoever writes from it: a link is sent to nobody else.</summary>
    public static byte[]? OfAddress(byte[] key, Guid organisation, string? email) =>
        email is null ? null : HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{organisation}\n{email.Trim().ToLowerInvariant()}"));
}
