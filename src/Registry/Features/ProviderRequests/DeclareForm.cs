using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

/// <summary>What is declared to the help desk.</summary>
public sealed class DeclareForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Dites si c’est un incident ou une demande.")]
    [OneOf(ProviderRequest.Incident, ProviderRequest.Demand, ProviderRequest.Assistance)]
    public string? Kind { get; set; }

    [Required(ErrorMessage = "Choisissez le prestataire.")]
    public string? With { get; set; }

    [Required(ErrorMessage = "Indiquez l’application ou le service informatique.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? System { get; set; }

    [Required(ErrorMessage = "Choisissez la priorité.")]
    [Vocabulary("Priority")]
    public string? Priority { get; set; } = "P3";

    [Required(ErrorMessage = "Écrivez ce qui se passe ou ce que vous demandez.")]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Text { get; set; }

    public static IReadOnlyList<Option> Kinds { get; } =
    [
        new(ProviderRequest.Incident, Languages.Key("Un incident"), Languages.Key("Quelque chose gêne ou pourrait gêner un service. Tout le monde ici peut le déclarer.")),
        new(ProviderRequest.Demand, Languages.Key("Une demande"), Languages.Key("Un changement courant et sans risque. Elle vient du correspondant ou de son délégataire.")),
    ];

    public static IReadOnlyList<Option> Priorities => [.. Vocabulary.Current.Terms("Priority").Select(term => new Option(term.Code, term.Label))];

    /// <summary>Null when something cannot be, said by its field.</summary>
    public AskedProvider? Check(ModelStateDictionary errors, IReadOnlyList<AskedProvider> providers, bool ofBreach)
    {
        TypedText.Judge(errors, ("System", System, false), ("Text", Text, true));
        (System, Text) = (TypedText.Clean(System), TypedText.Clean(Text));
        if (Kind is not null && (Kind == ProviderRequest.Assistance) != ofBreach) errors.AddModelError("Form.Kind", "Le concours du prestataire se demande depuis le dossier d’une violation.");
        var provider = providers.FirstOrDefault(one => one.ConventionId.ToString() == With);
        if (!string.IsNullOrEmpty(With) && provider is null) errors.AddModelError("Form.With", "Aucune convention en cours ne vous lie à ce prestataire : choisissez-en un de la liste.");
        return errors.IsValid ? provider : null;
    }
}
