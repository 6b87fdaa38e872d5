using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.Incidents;

/// <summary>Which bodies an incident concerns: all that are served, or those ticked.</summary>
public sealed class BodiesForm
{
    public const string All = "ALL", Some = "SOME";

    public string? Scope { get; set; }
    public List<string> Bodies { get; set; } = [];

    /// <summary>Narrows what is shown; what is ticked stays.</summary>
    [StringLength(100, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Find { get; set; }

    public static IReadOnlyList<Option> Scopes { get; } =
        [new(All, Languages.Key("Toutes celles que vous servez")), new(Some, Languages.Key("Seulement celles que vous cochez"))];

    /// <summary>The button of the search, or Enter with words in it: no alarm leaves by that.</summary>
    public bool Searches(string? look, string? next, ModelStateDictionary errors) => look is not null || (next == "enter" && !string.IsNullOrWhiteSpace(Find) && errors.IsValid);

    private const int MostShown = 350;

    /// <summary>What can be ticked: those whose name has the words, and those ticked. A form takes five hundred fields at most.</summary>
    public IReadOnlyList<Option> Shown(IReadOnlyList<Client> clients) =>
        [.. clients.Where(client => Bodies.Contains(client.Id.ToString()) || Matches(client)).OrderByDescending(client => Bodies.Contains(client.Id.ToString())).Take(MostShown).Select(client => new Option(client.Id.ToString(), client.Name))];

    private bool Matches(Client client) => string.IsNullOrWhiteSpace(Find)
        || CultureInfo.InvariantCulture.CompareInfo.IndexOf(client.Name, Find.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    /// <summary>Null when something is wrong, said by its field.</summary>
    public IReadOnlyList<Client>? Check(ModelStateDictionary errors, IReadOnlyList<Client> clients)
    {
        var chosen = Scope == All ? clients : [.. clients.Where(client => Bodies.Contains(client.Id.ToString()))];
        if (Scope is not (All or Some)) errors.AddModelError("Picked.Scope", "Dites quelles collectivités sont concernées.");
        else if (Scope == Some && Bodies.Exists(id => clients.All(client => client.Id.ToString() != id)))
            errors.AddModelError("Picked.Bodies", "Une collectivité choisie n’est servie par aucune de vos conventions en cours : rien n’est parti. Vérifiez la liste, ou faites enregistrer la convention.");
        else if (chosen.Count == 0) errors.AddModelError("Picked.Bodies", "Cochez au moins une collectivité.");
        return errors.IsValid ? chosen : null;
    }
}

/// <summary>A page that asks for the facts.</summary>
public interface IFactsPage
{
    IncidentForm Form { get; }
}

/// <summary>A page that asks whom an incident concerns.</summary>
public interface IBodiesPage
{
    BodiesForm Picked { get; }
    IReadOnlyList<Client> Clients { get; }
}
