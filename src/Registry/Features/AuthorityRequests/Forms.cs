using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.AuthorityRequests;

/// <summary>What came in: from whom, about what, for whom the data are held.</summary>
public sealed class ReceivedForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choisissez l’organisme dont les données sont demandées.")]
    public string? Controller { get; set; }

    [Required(ErrorMessage = "Indiquez quand la requête a été reçue.")]
    public DateOnly? ReceivedOn { get; set; }

    [Required(ErrorMessage = "Indiquez l’autorité.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? Authority { get; set; }

    [Required(ErrorMessage = "Choisissez la nature de la requête.")]
    [Vocabulary("AuthorityRequestKind")]
    public string? Kind { get; set; }

    [StringLength(500, ErrorMessage = TooLong)]
    public string? LegalReference { get; set; }

    [Required(ErrorMessage = "Dites quelles données sont demandées.")]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? DataConcerned { get; set; }

    public static IReadOnlyList<Option> Kinds => [.. Vocabulary.Current.Terms("AuthorityRequestKind").Select(term => new Option(term.Code, term.Label))];

    public static IReadOnlyList<Option> Offered(IReadOnlyList<ServedController> served) => [.. served.Select(one => new Option(Key(one), one.Name, one.Title))];

    private static string Key(ServedController one) => $"{one.ConventionId}/{one.OrganisationId}";

    public ServedController? Check(ModelStateDictionary errors, IReadOnlyList<ServedController> served, DateOnly today)
    {
        TypedText.Judge(errors, ("Authority", Authority, false), ("LegalReference", LegalReference, false), ("DataConcerned", DataConcerned, true));
        (Authority, LegalReference, DataConcerned) = (TypedText.Clean(Authority), TypedText.Clean(LegalReference), TypedText.Clean(DataConcerned));
        var controller = served.FirstOrDefault(one => Key(one) == Controller);
        if (!string.IsNullOrEmpty(Controller) && controller is null) errors.AddModelError("Form.Controller", "Aucune convention en cours ne vous lie à cet organisme : choisissez-en un de la liste.");
        if (ReceivedOn > today) errors.AddModelError("Form.ReceivedOn", "Ce jour est dans le futur : indiquez quand la requête a été reçue.");
        return errors.IsValid ? controller : null;
    }
}

/// <summary>What a step asks; which field counts depends on the step.</summary>
public sealed class StepForm
{
    public int Seen { get; set; }
    public string? Move { get; set; }
    public string? Address { get; set; }
    public string? Secrecy { get; set; }
    public string? Answer { get; set; }

    public bool Check(ModelStateDictionary errors, AuthorityMove move)
    {
        TypedText.Judge(errors, ("Address", Address, true), ("Secrecy", Secrecy, false), ("Answer", Answer, true));
        (Address, Secrecy, Answer) = (TypedText.Clean(Address), TypedText.Clean(Secrecy), TypedText.Clean(Answer));
        if (move.Needs == nameof(Address) && Address is null) errors.AddModelError("Form.Address", "Indiquez où l’autorité écrira au responsable.");
        if (Address?.Length > 500) errors.AddModelError("Form.Address", "Écrivez 500 caractères au plus.");
        if (move.Needs == nameof(Secrecy) && Secrecy is null) errors.AddModelError("Form.Secrecy", "Indiquez le texte qui impose le secret.");
        if (Secrecy?.Length > 500) errors.AddModelError("Form.Secrecy", "Écrivez 500 caractères au plus.");
        if (move.Needs == nameof(Answer) && Answer is null) errors.AddModelError("Form.Answer", "Écrivez ce qui a été répondu à l’autorité.");
        if (Answer?.Length > 4000) errors.AddModelError("Form.Answer", "Écrivez 4 000 caractères au plus.");
        return errors.IsValid;
    }
}
