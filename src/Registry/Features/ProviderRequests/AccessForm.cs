using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

/// <summary>An access request as its author fills it in.</summary>
public sealed class AccessForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";
    private const string Logs = "REQUEST_CONNECTION_LOGS";
    public const int OldestLogsInMonths = 12;
    private static readonly string[] LetsIn = ["GRANT_ACCESS", "CHANGE_RIGHTS", "RESET_PASSWORD_OUT_OF_PROCEDURE"];

    public Guid Id { get; set; }

    /// <summary>The version of the draft on which the page was opened.</summary>
    public int Seen { get; set; }

    [Required(ErrorMessage = "Dites ce que vous demandez.")]
    [Vocabulary("AccessRequestKind")]
    public string? Kind { get; set; }

    [Required(ErrorMessage = "Choisissez le prestataire.")]
    public string? Provider { get; set; }

    [Required(ErrorMessage = "Indiquez l’application ou le service informatique.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? System { get; set; }

    [Required(ErrorMessage = "Indiquez de qui il s’agit.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? PersonName { get; set; }

    [Required(ErrorMessage = "Indiquez sa fonction.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? PersonFunction { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? PersonUnit { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? AccessLevel { get; set; }

    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }
    public DateOnly? LogsFrom { get; set; }
    public DateOnly? LogsTo { get; set; }

    [Required(ErrorMessage = "Écrivez pourquoi.")]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Reason { get; set; }

    public static IReadOnlyList<Option> Kinds => [.. Vocabulary.Current.Terms("AccessRequestKind").Select(term => new Option(term.Code, term.Label))];

    public static IReadOnlyList<Option> Offered(IReadOnlyList<AskedProvider> providers) => [.. providers.Select(one => new Option(one.ConventionId.ToString(), one.ProviderName, one.Title))];

    public static AccessForm Of(ProviderRequest request)
    {
        var asked = request.Read();
        return new()
        {
            Id = request.Id, Seen = request.Version, Kind = request.Kind, Provider = request.ConventionId.ToString(), System = request.System, PersonName = asked.PersonName,
            PersonFunction = asked.PersonFunction, PersonUnit = asked.PersonUnit, AccessLevel = asked.AccessLevel, ValidFrom = asked.ValidFrom, ValidTo = asked.ValidTo,
            LogsFrom = asked.LogsFrom, LogsTo = asked.LogsTo, Reason = asked.Reason,
        };
    }

    /// <summary>Null when something cannot be, said by its field.</summary>
    public AskedProvider? Check(ModelStateDictionary errors, IReadOnlyList<AskedProvider> providers, DateOnly today)
    {
        TypedText.Judge(errors, ("System", System, false), ("PersonName", PersonName, false), ("PersonFunction", PersonFunction, false), ("PersonUnit", PersonUnit, false), ("AccessLevel", AccessLevel, false), ("Reason", Reason, true));
        (System, PersonName, PersonFunction, PersonUnit, AccessLevel, Reason) =
            (TypedText.Clean(System), TypedText.Clean(PersonName), TypedText.Clean(PersonFunction), TypedText.Clean(PersonUnit), TypedText.Clean(AccessLevel), TypedText.Clean(Reason));
        var provider = providers.FirstOrDefault(one => one.ConventionId.ToString() == Provider);
        if (!string.IsNullOrEmpty(Provider) && provider is null) errors.AddModelError("Form.Provider", "Aucune convention en cours ne vous lie à ce prestataire : choisissez-en un de la liste.");
        if (provider is { Ending: true } && LetsIn.Contains(Kind)) errors.AddModelError("Form.Kind", "Cette convention a pris fin : on n’y demande plus que la révocation, les traces et la restitution des données.");
        if (ValidTo < ValidFrom) errors.AddModelError("Form.ValidTo", "La fin est avant le début : corrigez l’une des deux dates.");
        if (Kind == Logs)
        {
            if (LogsFrom is null) errors.TryAddModelError("Form.LogsFrom", "Indiquez le premier jour des traces.");
            if (LogsTo is null) errors.TryAddModelError("Form.LogsTo", "Indiquez le dernier jour des traces.");
            if (LogsTo < LogsFrom) errors.AddModelError("Form.LogsTo", "La fin est avant le début : corrigez l’une des deux dates.");
            if (LogsTo > today) errors.AddModelError("Form.LogsTo", "Les traces s’arrêtent aujourd’hui au plus tard.");
            if (LogsFrom < today.AddMonths(-OldestLogsInMonths)) errors.AddModelError("Form.LogsFrom", "Les traces sont gardées douze mois : choisissez un jour plus récent.");
        }
        return errors.IsValid ? provider : null;
    }

    public Asked ToAsked() => new()
    {
        PersonName = PersonName, PersonFunction = PersonFunction, PersonUnit = PersonUnit, AccessLevel = AccessLevel, Reason = Reason!,
        ValidFrom = Kind == Logs ? null : ValidFrom, ValidTo = Kind == Logs ? null : ValidTo, LogsFrom = Kind == Logs ? LogsFrom : null, LogsTo = Kind == Logs ? LogsTo : null,
    };
}
