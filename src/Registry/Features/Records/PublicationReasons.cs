using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>Why a rule asks what it asks: what follows for people, in a sentence, and the text that says so.</summary>
public sealed record PublicationReason(string Why, string Source);

/// <summary>One reason for each of the rules V-01 to V-20. Words are message keys; sources are named as lawyers name them, in both languages.</summary>
public static class PublicationReasons
{
    private static readonly Dictionary<string, PublicationReason> Reasons = new()
    {
        ["V-01"] = new(Languages.Key("Des données recueillies pour une chose ne servent pas à une autre : sans but écrit, personne ne peut le vérifier."), "RGPD 5(1)(b), 30(1)(b)"),
        ["V-02"] = new(Languages.Key("Sans base légale, le traitement est interdit. Le texte cité est ce que la commune montre quand on le lui demande."), "RGPD 6, 5(2)"),
        ["V-03"] = new(Languages.Key("On doit savoir de qui l’on parle pour informer ces personnes et répondre à leurs demandes."), "RGPD 30(1)(c)"),
        ["V-04"] = new(Languages.Key("Ce qui n’a pas de durée reste pour toujours. Chaque donnée a donc la sienne."), "RGPD 30(1)(c), 30(1)(f)"),
        ["V-05"] = new(Languages.Key("Une durée dit d’où elle part et ce que deviennent les données ensuite : éliminées, triées ou versées aux archives."), "RGPD 5(1)(e) ; code du patrimoine L212-2, L212-3"),
        ["V-06"] = new(Languages.Key("Les personnes ont le droit de savoir à qui leurs données sont transmises."), "RGPD 13(1)(e), 30(1)(d)"),
        ["V-07"] = new(Languages.Key("Hors de l’Union européenne, la protection ne suit pas d’elle-même : il faut une garantie, et le dire."), "RGPD 44 à 49, 30(1)(e)"),
        ["V-08"] = new(Languages.Key("Une mesure prévue ne protège personne. Au moins une règle d’organisation et une protection technique doivent exister."), "RGPD 32, 30(1)(g)"),
        ["V-09"] = new(Languages.Key("Santé, opinions, religion, origine : leur usage est interdit, sauf dans les cas que la loi énumère."), "RGPD 9"),
        ["V-10"] = new(Languages.Key("Le numéro de sécurité sociale ouvre tous les fichiers : un décret limite ceux qui peuvent s’en servir."), "LIL 30 ; décret n° 2019-341"),
        ["V-11"] = new(Languages.Key("Infractions et condamnations ne se traitent que là où une loi le permet."), "RGPD 10 ; LIL 46"),
        ["V-12"] = new(Languages.Key("Un consentement que l’on ne peut ni prouver ni retirer n’en est pas un."), "RGPD 7 ; LIL 45"),
        ["V-13"] = new(Languages.Key("Avant de commencer, on se demande si le traitement fait courir un risque élevé aux personnes ; la réponse est gardée, même quand elle est non."), "RGPD 35(1), 35(3)"),
        ["V-14"] = new(Languages.Key("Quand le risque est élevé, l’analyse vient avant le traitement. S’en passer est une décision que le responsable signe."), "RGPD 35"),
        ["V-15"] = new(Languages.Key("Qui travaille pour la commune ne le fait que par un contrat qui dit ce qu’il peut faire des données."), "RGPD 28(3)"),
        ["V-16"] = new(Languages.Key("Les personnes doivent être prévenues au moment où l’on recueille leurs données."), "RGPD 12, 13, 14"),
        ["V-17"] = new(Languages.Key("À plusieurs responsables, il faut un accord qui dit qui répond de quoi, et que l’on puisse lire."), "RGPD 26"),
        ["V-18"] = new(Languages.Key("Une autorité publique n’invoque pas son intérêt légitime dans l’exécution de ses missions ; le délégué dit si le cas fait exception."), "RGPD 6(1), dernier alinéa"),
        ["V-19"] = new(Languages.Key("La dispense ne vaut ni pour ce qui est habituel, ni pour ce qui est risqué ou sensible : presque rien, dans une commune."), "RGPD 30(5)"),
        ["V-20"] = new(Languages.Key("Un organisme public a un délégué, et quelqu’un qui décide en son nom."), "RGPD 37(1)(a), 4(7)"),
    };

    public static PublicationReason? Of(string ruleId) => Reasons.GetValueOrDefault(ruleId);
}
