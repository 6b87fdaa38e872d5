using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Reminders;

/// <param name="Name">What the message is for, as a key.</param>
public sealed record MessagePreview(string Name, string Anchor, Message French, Message English);

/// <summary>Every message that the registry sends by itself, filled with invented objects, in both languages: what people get is no surprise to the officer.</summary>
[Requires(Function.Templates, Right.Write)]
public sealed class MessagesModel(MessageTemplates templates, AccountMails mails, PublicAddress address) : PageModel
{
    private const string SampleToken = "exemple";

    public IReadOnlyList<MessagePreview> Previews { get; private set; } = [];

    public void OnGet() => Previews =
    [
        Reminder(Languages.Key("Rappels du jour"), MessageTemplates.Digest, "AL_RECORD_REVIEW", ("T-0012 · Médiathèque", "T-0012 · Médiathèque"), "traitements/T-0012"),
        Reminder(Languages.Key("Échéances pressantes ou dépassées"), MessageTemplates.Urgent, "AL_APPOINTMENT_END", ("Correspondant", "Correspondent"), "designations"),
        Answer(Languages.Key("Réponse du prestataire")),
        Account(Languages.Key("Invitation"), "invitation", to => mails.Invitation(to, SampleToken)),
        Account(Languages.Key("Nouveau mot de passe demandé"), "mot-de-passe", to => mails.Reset(to, SampleToken)),
        Account(Languages.Key("Mot de passe changé"), "mot-de-passe-change", mails.PasswordChanged),
        Account(Languages.Key("Second facteur changé"), "second-facteur", mails.FactorChanged),
        Account(Languages.Key("Codes de secours changés"), "codes", mails.RecoveryCodesChanged),
        Account(Languages.Key("Code de secours utilisé"), "code-utilise", mails.RecoveryCodeUsed),
        Account(Languages.Key("Remplacement du second facteur"), "remplacement", to => mails.ReenrolmentOpened(to, SampleToken, DateTimeOffset.UnixEpoch)),
    ];

    private MessagePreview Reminder(string name, string template, string code, (string French, string English) subject, string path)
    {
        return new MessagePreview(name, template, Write("fr"), Write("en"));

        Message Write(string locale)
        {
            var term = Facts.Vocabulary.Current.Find("AlertCode", code)!;
            var line = locale == "en" ? $"- {term.English}: {subject.English} (Commune d’exemple), 1 December 2026" : $"- {term.French} : {subject.French} (Commune d’exemple), 1er décembre 2026";
            return templates.Write(template, locale, new Dictionary<string, string>
            {
                ["count"] = "1", ["lines"] = line + "\n  " + address.Of("o/commune-exemple/" + path), ["more"] = "", ["address"] = address.Of("rappels"),
            });
        }
    }

    private MessagePreview Answer(string name)
    {
        var term = Facts.Vocabulary.Current.Find("AlertCode", "AL_PROVIDER_REQUEST_DONE")!;
        return new MessagePreview(name, MessageTemplates.ProviderRequest, Write("fr", term.French), Write("en", term.English));

        Message Write(string locale, string news) => templates.Write(MessageTemplates.ProviderRequest, locale, new Dictionary<string, string>
        {
            ["news"] = news, ["reference"] = "HAB-2026-012", ["provider"] = "SIVU d’exemple", ["address"] = address.Of("o/commune-exemple/demandes-au-prestataire/HAB-2026-012"),
        });
    }

    private static MessagePreview Account(string name, string anchor, Func<Account, AccountMail> write)
    {
        return new MessagePreview(name, anchor, Write("fr"), Write("en"));

        Message Write(string locale)
        {
            var mail = write(new Account { Id = Guid.Empty, PersonId = Guid.Empty, Name = "", Email = "nom@exemple.fr", EmailKey = "", Status = Identity.Account.Active, Locale = locale, CreatedAt = DateTimeOffset.UnixEpoch });
            return new Message(mail.Subject, mail.Body);
        }
    }
}
