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
        ["/Records/Index"] = Commune + "traitements",
        ["/Records/Area"] = "registre",
        ["/Records/Views"] = "registre/vues",
        ["/Records/Tags"] = Commune + "traitements/{reference}/etiquettes",
        ["/Search/Index"] = "recherche",
        ["/Records/Figures"] = "bilans",
        ["/Records/New"] = Commune + "traitements/nouveau",
        ["/Records/Details"] = Commune + "traitements/{reference}",
        ["/Records/Edit"] = Commune + "traitements/{reference}/modifier/{section}",
        ["/Records/Act"] = Commune + "traitements/{reference}/actes/{act}",
        ["/Records/Opinions"] = Commune + "traitements/{reference}/avis",
        ["/Records/Waiver"] = Commune + "traitements/{reference}/sans-analyse-d-impact",
        ["/Records/Version"] = Commune + "traitements/{reference}/versions/{number:int}",
        ["/Records/Print"] = Commune + "traitements/{reference}/imprimer",
        ["/Records/History"] = Commune + "traitements/{reference}/historique",
        ["/Records/Models"] = "modeles",
        ["/Records/Model"] = "modeles/{code}",
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
