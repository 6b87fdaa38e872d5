using Registry.Access;

namespace Registry.Features.Shared;

/// <summary>
/// What stands on the first page of somebody to whom no record is ever addressed: what the account is for and what will arrive here.
/// Titles and texts are keys.
/// </summary>
public sealed record Opening(string Title, string Purpose, string Arrives)
{
    /// <summary>Null for whoever writes, reviews or decides records: her page holds them.</summary>
    public static Opening? Of(Visitor visitor)
    {
        if (visitor.Grants.Count == 0) return null;
        if (visitor.Can(Function.ReadRecords, Right.Read)) return visitor.Grants.All(grant => grant.Role == Role.Auditor) ? Reader : null;
        return visitor.Grants[0].Role switch
        {
            Role.ProcessorHelpdesk => Helpdesk,
            Role.ProcessorManager => ContractManager,
            Role.CorrespondentDelegate => Delegate,
            Role.AreaExecutive => Executive,
            Role.PlatformAdmin => Operator,
            _ => null,
        };
    }

    private static readonly Opening Reader = new(
        Languages.Key("Cet accès est en lecture : aucun acte ne vous est demandé"),
        Languages.Key("Ce compte sert à contrôler ou à conseiller. Il montre les fiches, les désignations, le profil et le journal tels qu’ils sont, jusqu’à la fin de votre désignation."),
        Languages.Key("Aucune tâche n’arrive ici. Ce que vous constatez se dit au délégué à la protection des données."));

    private static readonly Opening Helpdesk = new(
        Languages.Key("Les demandes des organismes servis sont dans la file d’assistance"),
        Languages.Key("Ce compte est celui de l’assistance d’un prestataire : il sert à exécuter ce que les organismes servis lui demandent. Il n’ouvre pas leurs fiches de traitement."),
        Languages.Key("La file d’assistance porte les demandes d’accès et de restauration à exécuter, et les requêtes d’autorités. Un incident chez vous se dit à la rubrique « Incidents » : les collectivités servies sont alertées aussitôt."));

    private static readonly Opening ContractManager = new(
        Languages.Key("Rien ne vous est adressé pour l’instant"),
        Languages.Key("Ce compte sert à suivre les conventions pour le prestataire. Des organismes servis, il ne montre que ce qui concerne le prestataire."),
        Languages.Key("Les conventions et leurs obligations sont à la rubrique « Conventions », les incidents à la rubrique « Incidents », les demandes auxquelles le prestataire répond à la rubrique « Assistance »."));

    private static readonly Opening Delegate = new(
        Languages.Key("Vous demandez au prestataire, au nom de l’organisme"),
        Languages.Key("Ce compte porte une délégation du correspondant : il sert à demander des accès et des restaurations au nom de l’organisme. Il n’ouvre pas les fiches de traitement."),
        Languages.Key("Vos demandes et leur suite sont à la rubrique « Demandes au prestataire »."));

    private static readonly Opening Executive = new(
        Languages.Key("Aucun dossier ne vous est adressé"),
        Languages.Key("Ce compte donne à l’exécutif la vue d’ensemble de l’espace mutualisé : ses organismes, leur profil et leurs désignations. Le contenu des fiches ne lui est pas ouvert : chaque organisme en reste responsable."),
        Languages.Key("Ici arriveront les chiffres et les bilans de l’espace."));

    private static readonly Opening Operator = new(
        Languages.Key("Aucun dossier ne vous est adressé"),
        Languages.Key("Ce compte sert à exploiter le registre : espaces mutualisés, organismes et comptes. Le contenu des fiches ne lui est pas ouvert."),
        Languages.Key("Aucune fiche n’arrive ici : chaque organisme les traite avec son délégué à la protection des données."));
}

/// <param name="Act">Where one can go from here, as a key.</param>
/// <param name="Name">Whom to ask, when the page knows.</param>
public sealed record OpeningView(Opening Opening, string Href, string Act, string? Name = null, string? Email = null);
