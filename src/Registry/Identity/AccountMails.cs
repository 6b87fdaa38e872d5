namespace Registry.Identity;

/// <summary>The words of every message about an account, in the language of its owner. They name no one but the reader and carry no secret but a link.</summary>
public sealed class AccountMails(PublicAddress address)
{
    public string InvitationAddress(string token) => address.Of("invitation/" + token);

    public AccountMail Invitation(Account to, string token) => Make(
        to,
        ("Votre accès au registre des traitements", "Your access to the registry"),
        ($"""
         Un accès au registre des traitements vous est ouvert.

         Pour choisir votre mot de passe et votre second facteur, ouvrez ce lien dans les 48 heures :
         {InvitationAddress(token)}

         Le lien ne sert qu’une fois. Si vous n’attendiez pas ce message, n’en faites rien.
         """,
         $"""
         You have been given access to the registry of processing activities.

         To choose your password and your second factor, open this link within 48 hours:
         {InvitationAddress(token)}

         The link works once. If you did not expect this message, do nothing.
         """));

    public AccountMail Reset(Account to, string token) => Make(
        to,
        ("Choisir un nouveau mot de passe", "Choose a new password"),
        ($"""
         Un nouveau mot de passe a été demandé pour votre accès au registre.

         Pour le choisir, ouvrez ce lien dans l’heure ; votre second facteur vous sera demandé :
         {address.Of("mot-de-passe/" + token)}

         Si la demande ne vient pas de vous, n’en faites rien : votre mot de passe reste le même.
         """,
         $"""
         A new password was asked for your access to the registry.

         To choose it, open this link within the hour; you will be asked for your second factor:
         {address.Of("mot-de-passe/" + token)}

         If you did not ask, do nothing: your password stays the same.
         """));

    public AccountMail PasswordChanged(Account to) => Changed(
        to, "Le mot de passe de votre accès au registre vient d’être changé ; vos autres sessions sont fermées.",
        "The password of your access to the registry has just been changed; your other sessions are closed.");

    public AccountMail FactorChanged(Account to) => Changed(
        to, "Un second facteur de votre accès au registre vient d’être ajouté, remplacé ou retiré.",
        "A second factor of your access to the registry has just been added, replaced or removed.");

    public AccountMail RecoveryCodesChanged(Account to) => Changed(
        to, "De nouveaux codes de secours viennent d’être créés pour votre accès au registre ; les anciens ne servent plus.",
        "New recovery codes have just been made for your access to the registry; the old ones no longer work.");

    public AccountMail RecoveryCodeUsed(Account to) => Changed(
        to, "Un code de secours vient de servir à entrer dans le registre en votre nom.",
        "A recovery code has just been used to enter the registry in your name.");

    public AccountMail ReenrolmentOpened(Account to, string token, DateTimeOffset readyAt) => Make(
        to,
        ("Remplacement de votre second facteur", "Replacement of your second factor"),
        ($"""
         Un administrateur a ouvert le remplacement de votre second facteur, après avoir vérifié votre identité.
         Vous pourrez l’enregistrer en vous connectant avec votre mot de passe dans 24 heures.

         Si ce n’est pas à votre demande, annulez-le avant ce délai :
         {address.Of("second-facteur/annuler/" + token)}
         """,
         $"""
         An administrator has opened the replacement of your second factor, after checking your identity.
         You can enrol it by signing in with your password in 24 hours.

         If you did not ask for this, cancel it before then:
         {address.Of("second-facteur/annuler/" + token)}
         """));

    private AccountMail Changed(Account to, string french, string english) => Make(
        to,
        ("Votre accès au registre a changé", "Your access to the registry has changed"),
        ($"{french}\n\nSi ce n’est pas vous, demandez aussitôt un nouveau mot de passe et prévenez votre délégué à la protection des données :\n{address.Of("mot-de-passe-oublie")}",
         $"{english}\n\nIf it was not you, ask for a new password at once and tell your data protection officer:\n{address.Of("mot-de-passe-oublie")}"));

    private static AccountMail Make(Account to, (string French, string English) subject, (string French, string English) body) =>
        to.Locale == "en" ? new(to.Email, subject.English, body.English) : new(to.Email, subject.French, body.French);
}
