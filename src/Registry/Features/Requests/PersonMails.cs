using Registry.Access;
using Registry.Data;
using Registry.Features.Shared;
using Registry.Identity;
using Registry.Mail;

namespace Registry.Features.Requests;

/// <summary>What the person is told by mail: that something is new, and where. Nothing of it is in the mail (S-18).</summary>
public sealed class PersonMails(Db db, Visitor visitor, PublicAddress address, TimeProvider clock)
{
    private string Page => $"c/{visitor.Organisation.Slug}/suivi";

    public Task NewsAsync(RightsRequest request) => SendAsync(request.Content.Requester.Email, $"Votre demande {request.Reference} : du nouveau",
        $"Bonjour,\n\nIl y a du nouveau sur votre demande {request.Reference}, adressée à {visitor.Organisation.Name}.\n\nPour le lire : {address.Of(Page)}\nIl vous faut le numéro de la demande et son code. Sans le code, demandez un lien sur cette page.");

    public Task DepositAsync(RightsRequest request, string token) => SendAsync(request.Content.Requester.Email, $"Votre demande {request.Reference} : un justificatif est demandé",
        $"Bonjour,\n\nPour répondre à votre demande {request.Reference}, {visitor.Organisation.Name} a besoin d’un justificatif.\n\nPour le déposer, dans les sept jours et une seule fois : {address.Of($"{Page}/justificatif/{token}")}\n\nIl sera effacé dès qu’il aura été vérifié.");

    public Task EnterAsync(string email, IReadOnlyList<(string Reference, string Token)> links) => SendAsync(email, "Suivre votre demande",
        $"Bonjour,\n\nUn lien pour suivre votre demande auprès de {visitor.Organisation.Name} vient d’être demandé avec cette adresse. Il sert une fois, pendant trente minutes :\n\n"
        + string.Join("\n", links.Select(link => $"{link.Reference} : {address.Of($"{Page}/lien/{link.Token}")}")) + "\n\nSi ce n’est pas vous, n’en faites rien.");

    private async Task SendAsync(string? to, string subject, string body)
    {
        if (to is null) return;
        await new OutgoingMail(visitor.Organisation.Id, to, Languages.InFrench(() => subject), Languages.InFrench(() => body + "\n\nCe message est envoyé automatiquement.")).PostAsync(await db.OpenAsync(), clock.GetUtcNow());
    }
}
