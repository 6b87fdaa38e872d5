using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Registry.Features.Shared;

/// <summary>The French address of every page (D-8). A page that is not in the table does not start: nobody guesses an address.</summary>
public sealed class Addresses : IPageRouteModelConvention
{
    /// <summary>Everything about one organisation stands under its name; the access filter finds it there.</summary>
    private const string Commune = "o/{organisation}/";

    public static readonly IReadOnlyDictionary<string, string> Table = new Dictionary<string, string>
    {
        ["/Today/Index"] = "",
        ["/Organisations/Index"] = "organismes",
        ["/Organisations/New"] = "organismes/nouveau",
        ["/Organisations/Home"] = "o/{organisation}",
        ["/Organisations/Profile"] = Commune + "profil",
        ["/Organisations/Units"] = Commune + "services",
        ["/Appointments/Index"] = Commune + "designations",
        ["/Appointments/New"] = Commune + "designations/nouvelle",
        ["/Appointments/End"] = Commune + "designations/{id:guid}/fin",
        ["/Appointments/Account"] = Commune + "designations/{id:guid}/compte",
        ["/Areas/Index"] = "espaces",
        ["/Areas/New"] = "espaces/nouveau",
        // Not {area}: the framework takes a route value of that name for a part of the site.
        ["/Areas/Details"] = "espaces/{space:guid}",
        ["/Areas/Officer"] = "espaces/{space:guid}/delegue",
        ["/Areas/EndOfficer"] = "espaces/{space:guid}/delegue/{office:guid}/fin",
        ["/Areas/Leave"] = Commune + "espace/sortie",
        ["/Areas/Join"] = Commune + "espace/entree",
        ["/Records/Index"] = Commune + "traitements",
        ["/Records/Area"] = "registre",
        ["/Records/Views"] = "registre/vues",
        ["/Records/Tags"] = Commune + "traitements/{reference}/etiquettes",
        ["/Search/Index"] = "recherche",
        ["/Records/Figures"] = "bilans",
        ["/Records/New"] = Commune + "traitements/nouveau",
        ["/Records/Details"] = Commune + "traitements/{reference}",
        ["/Records/Edit"] = Commune + "traitements/{reference}/modifier/{section}",
        ["/Records/Comments"] = Commune + "traitements/{reference}/commentaires",
        ["/Records/Copy"] = Commune + "traitements/{reference}/copier",
        ["/Records/Undo"] = Commune + "traitements/{reference}/annuler/{section}",
        ["/Records/Act"] = Commune + "traitements/{reference}/actes/{act}",
        ["/Records/Opinions"] = Commune + "traitements/{reference}/avis",
        ["/Records/Waiver"] = Commune + "traitements/{reference}/sans-analyse-d-impact",
        ["/Records/Version"] = Commune + "traitements/{reference}/versions/{number:int}",
        ["/Records/Return"] = Commune + "traitements/{reference}/versions/{number:int}/reprendre",
        ["/Records/Compare"] = Commune + "traitements/{reference}/comparer",
        ["/Records/OnDay"] = Commune + "traitements/au",
        ["/Records/Print"] = Commune + "traitements/{reference}/imprimer",
        ["/Records/History"] = Commune + "traitements/{reference}/historique",
        ["/Systems/Index"] = Commune + "applications",
        ["/Systems/New"] = Commune + "applications/nouvelle",
        ["/Systems/Details"] = Commune + "applications/{system:guid}",
        ["/Systems/Edit"] = Commune + "applications/{system:guid}/modifier",
        ["/ThirdParties/Index"] = Commune + "prestataires",
        ["/ThirdParties/New"] = Commune + "prestataires/nouveau",
        ["/ThirdParties/Details"] = Commune + "prestataires/{party:guid}",
        ["/ThirdParties/Edit"] = Commune + "prestataires/{party:guid}/modifier",
        ["/ProcessorActivities/Index"] = Commune + "sous-traitance",
        ["/ProcessorActivities/New"] = Commune + "sous-traitance/nouvelle",
        ["/ProcessorActivities/Details"] = Commune + "sous-traitance/{activity}",
        ["/ProcessorActivities/Edit"] = Commune + "sous-traitance/{activity}/modifier",
        ["/ProcessorActivities/End"] = Commune + "sous-traitance/{activity}/fin",
        ["/ProcessorActivities/Print"] = Commune + "sous-traitance/{activity}/imprimer",
        ["/JointControllerships/Index"] = Commune + "responsabilites-conjointes",
        ["/JointControllerships/New"] = Commune + "responsabilites-conjointes/nouvelle",
        ["/JointControllerships/Details"] = Commune + "responsabilites-conjointes/{agreement:guid}",
        ["/JointControllerships/Edit"] = Commune + "responsabilites-conjointes/{agreement:guid}/modifier",
        ["/Records/Export"] = Commune + "traitements/exporter",
        ["/Records/ExportAll"] = "organismes/exporter",
        ["/HandOvers/Index"] = Commune + "mises-a-disposition",
        ["/HandOvers/Download"] = Commune + "mises-a-disposition/{id:guid}/dossier",
        ["/HandOvers/New"] = Commune + "mises-a-disposition/nouvelle",
        ["/Models/Index"] = "modeles",
        ["/Models/New"] = "modeles/nouveau",
        ["/Models/Adopt"] = "modeles/diffuser",
        ["/Models/Rollouts"] = "modeles/diffusions",
        ["/Models/Rollout"] = "modeles/diffusions/{id:guid}",
        ["/Models/Details"] = "modeles/{code}",
        ["/Models/Edit"] = "modeles/{code}/modifier/{section}",
        ["/Models/Issue"] = "modeles/{code}/revision",
        ["/Models/Copies"] = "modeles/{code}/copies",
        ["/Models/Compare"] = Commune + "traitements/{reference}/modele",
        ["/Reviews/Index"] = Commune + "revue",
        ["/Reviews/Statement"] = Commune + "revue/{number:int}",
        ["/Conventions/Area"] = "conventions",
        ["/Conventions/Index"] = Commune + "conventions",
        ["/Conventions/New"] = Commune + "conventions/nouvelle",
        ["/Conventions/Details"] = Commune + "conventions/{convention}",
        ["/Conventions/Text"] = Commune + "conventions/{convention}/texte",
        ["/Conventions/Edit"] = Commune + "conventions/{convention}/modifier/{part}",
        ["/Conventions/Act"] = Commune + "conventions/{convention}/actes/{step}",
        ["/Conventions/Obligations"] = Commune + "conventions/{convention}/obligations",
        ["/Conventions/Proof"] = Commune + "conventions/{convention}/obligations/{duty}/preuve",
        ["/Conventions/Prices"] = Commune + "conventions/{convention}/prix",
        ["/Conventions/Print"] = Commune + "conventions/{convention}/imprimer",
        ["/Conventions/Meetings"] = Commune + "conventions/{convention}/reunions",
        ["/Conventions/Meeting"] = Commune + "conventions/{convention}/reunions/{meeting}",
        ["/Responsibilities/Index"] = Commune + "conventions/{convention}/matrice",
        ["/Responsibilities/Row"] = Commune + "conventions/{convention}/matrice/lignes/{line}",
        ["/Responsibilities/Publish"] = Commune + "conventions/{convention}/matrice/publier",
        ["/Responsibilities/Version"] = Commune + "conventions/{convention}/matrice/versions/{issue}",
        ["/Responsibilities/Print"] = Commune + "conventions/{convention}/matrice/imprimer",
        ["/Trails/Index"] = Commune + "journal",
        ["/Citizens/Index"] = "c/{commune}",
        ["/Shared/Error"] = "erreur/{code:int}",
        ["/Shared/Help"] = "aide",
        ["/Shared/SiteMap"] = "plan-du-site",
        ["/Shared/Accessibility"] = "accessibilite",
        ["/Shared/LegalNotice"] = "mentions-legales",
        ["/Shared/PersonalData"] = "donnees-personnelles",
    };

    public void Apply(PageRouteModel model)
    {
        if (model.ViewEnginePath.StartsWith("/Accounts/", StringComparison.Ordinal)) return;
        if (!Table.TryGetValue(model.ViewEnginePath, out var address))
            throw new InvalidOperationException($"Page {model.ViewEnginePath} has no address: give it a line in Addresses.Table.");
        model.Selectors.Clear();
        model.Selectors.Add(new SelectorModel { AttributeRouteModel = new AttributeRouteModel { Template = address } });
    }
}
