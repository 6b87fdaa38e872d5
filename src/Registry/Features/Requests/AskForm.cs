using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>A request in plain words, one idea a page (S-116); what was written on the other pages travels with it.</summary>
public sealed class AskForm
{
    public const int Last = 5;
    private const string Unsure = "UNSURE", Document = "DOCUMENT";

    public string? Token { get; set; }

    /// <summary>The page that is shown: 1 what, 2 in her words, 3 for whom, 4 where to answer, 5 all of it to check.</summary>
    public int Stage { get; set; } = 1;
    public List<string> Wishes { get; set; } = [];
    public string? Text { get; set; }
    public string? Capacity { get; set; }
    public string? Subject { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public string? Post { get; set; }
    public string? Phone { get; set; }

    /// <summary>Hidden from people, and from what reads the page to them: whoever fills it in is a program (S-83).</summary>
    public string? Website { get; set; }

    public static IReadOnlyList<Option> WishOptions { get; } =
    [
        new("ACCESS", Languages.Key("Savoir quelles données vous avez sur moi, et en recevoir une copie")), new("RECTIFICATION", Languages.Key("Faire corriger ou compléter des données")),
        new("ERASURE", Languages.Key("Faire effacer des données")), new("OBJECTION", Languages.Key("M’opposer à ce que mes données servent à quelque chose")),
        new("RESTRICTION", Languages.Key("Faire geler mes données le temps d’une vérification")), new("PORTABILITY", Languages.Key("Récupérer mes données pour les confier à un autre service")),
        new("WITHDRAW_CONSENT", Languages.Key("Revenir sur un accord que j’avais donné")), new("AUTOMATED_DECISION", Languages.Key("Contester une décision prise par un programme")),
        new("POST_MORTEM", Languages.Key("Régler le sort de données après un décès")), new(Unsure, Languages.Key("Je ne sais pas")),
        new(Document, Languages.Key("Obtenir un document administratif : délibération, arrêté, permis de construire"), Languages.Key("C’est un autre droit : nous vous dirons à qui écrire.")),
    ];

    public static IReadOnlyList<Option> Capacities { get; } =
    [
        new("SELF", Languages.Key("Pour moi")), new("PARENT_OF_MINOR", Languages.Key("Pour mon enfant mineur")), new("GUARDIAN", Languages.Key("Pour une personne dont je suis tuteur ou curateur")),
        new("MANDATED", Languages.Key("Pour une personne qui m’en a chargé par écrit")), new("HEIR", Languages.Key("Pour un proche décédé")), new("LAWYER", Languages.Key("Pour mon client, comme avocat")),
    ];

    /// <summary>She wants a document of the administration and nothing else: another right, asked elsewhere (CRPA, L311-1).</summary>
    public bool WantsDocumentOnly => Wishes.Count > 0 && Wishes.TrueForAll(wish => wish == Document);

    public bool WantsDocument => Wishes.Contains(Document);

    public string WishText(Func<string, string> say) => string.Join("\n", WishOptions.Where(one => Wishes.Contains(one.Value)).Select(one => say(one.Label)));

    /// <summary>What is wrong on the pages up to this one, by its field; the first page that is wrong is shown.</summary>
    public void Check(int upTo, ModelStateDictionary errors)
    {
        foreach (var (page, check) in new (int, Action)[] { (1, What), (2, Words), (3, Whom), (4, Where) })
        {
            if (page > upTo) break;
            check();
            if (errors.IsValid) continue;
            Stage = page;
            return;
        }

        void What()
        {
            if (Wishes.Count == 0) errors.AddModelError("Form.Wishes", "Cochez ce que vous souhaitez ; « je ne sais pas » est une réponse.");
            else if (Wishes.Exists(wish => WishOptions.All(one => one.Value != wish))) errors.AddModelError("Form.Wishes", "Choisissez dans la liste.");
        }

        void Words()
        {
            Text = Read("Form.Text", Text, 8000, lines: true);
            if (Text is null && errors.IsValid) errors.AddModelError("Form.Text", "Dites avec vos mots ce que vous demandez.");
        }

        void Whom()
        {
            Subject = Read("Form.Subject", Subject, 200);
            if (Capacities.All(one => one.Value != Capacity)) errors.AddModelError("Form.Capacity", "Dites pour qui vous demandez.");
            else if (Capacity != "SELF" && Subject is null) errors.AddModelError("Form.Subject", "Écrivez le nom de la personne concernée.");
        }

        void Where()
        {
            (FirstName, LastName, Email, Post, Phone) = (Read("Form.FirstName", FirstName, 100), Read("Form.LastName", LastName, 100), Read("Form.Email", Email, EmailAddress.Longest), Read("Form.Post", Post, 500, lines: true), Read("Form.Phone", Phone, 40));
            if (LastName is null) errors.AddModelError("Form.LastName", "Écrivez votre nom : la réponse vous sera adressée.");
            if (Email is not null && !EmailAddress.IsWhole(Email)) errors.AddModelError("Form.Email", EmailAddress.Message);
            if (Email is null && Post is null) errors.AddModelError("Form.Email", "Indiquez une adresse électronique ou postale où vous répondre.");
        }

        string? Read(string key, string? typed, int longest, bool lines = false)
        {
            var text = TypedText.Clean(typed);
            if (text?.Length > longest) errors.AddModelError(key, "C’est trop long : raccourcissez ce texte.");
            else if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
            return text;
        }
    }

    public RightsRequest ToRequest(Guid id, DateOnly today, DateTimeOffset now, bool doubtful) => new()
    {
        Id = id, Year = today.Year, Channel = "PORTAL", Rights = [.. Wishes.Where(wish => wish is not (Unsure or Document)).Distinct()], ReceivedOn = today, RegisteredAt = now, RegisteredBy = "Portail",
        // The receipt is the acknowledgement (T-RR-02).
        Status = doubtful ? RequestStatus.Received : RequestStatus.Acknowledged, Course = new() { AcknowledgedOn = doubtful ? null : today, ToConfirm = doubtful },
        Content = new() { Requester = new(FirstName, LastName, Email, Post, Phone), Capacity = Capacity!, Subject = Capacity == "SELF" ? null : Subject, Text = Text! },
    };
}
