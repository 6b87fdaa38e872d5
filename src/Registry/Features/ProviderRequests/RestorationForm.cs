using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.ProviderRequests;

/// <summary>A restoration, asked by the organisation or announced by its provider, who then says what it costs the organisation and how long it lasts.</summary>
public sealed class RestorationForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    /// <summary>The convention: with whom, or for whom.</summary>
    [Required(ErrorMessage = "Choisissez avec qui.")]
    public string? With { get; set; }

    [Required(ErrorMessage = "Indiquez l’application ou le service informatique.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? System { get; set; }

    [Required(ErrorMessage = "Dites ce qui est à restaurer.")]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Scope { get; set; }

    public DateParts PointInTime { get; set; } = new();

    [Required(ErrorMessage = "Écrivez pourquoi.")]
    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Reason { get; set; }

    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Impact { get; set; }

    [StringLength(200, ErrorMessage = TooLong)]
    public string? ExpectedDelay { get; set; }

    public bool Emergency { get; set; }

    public DateParts BegunAt { get; set; } = new();

    public static IReadOnlyList<Option> Offered(IReadOnlyList<Client> clients) => [.. clients.Select(one => new Option(Key(one), one.Name, one.Title))];

    /// <summary>One convention may serve many organisations.</summary>
    public static string Key(Client client) => $"{client.ConventionId}/{client.OrganisationId}";

    /// <summary>Null when something cannot be, said by its field.</summary>
    public Asked? Check(ModelStateDictionary errors, bool fromProvider, TimeZoneInfo zone, DateTimeOffset now)
    {
        TypedText.Judge(errors, ("System", System, false), ("Scope", Scope, true), ("Reason", Reason, true), ("Impact", Impact, true), ("ExpectedDelay", ExpectedDelay, false));
        (System, Scope, Reason, Impact, ExpectedDelay) = (TypedText.Clean(System), TypedText.Clean(Scope), TypedText.Clean(Reason), TypedText.Clean(Impact), TypedText.Clean(ExpectedDelay));
        if (PointInTime.IsEmpty) errors.AddModelError("Form.PointInTime", "Indiquez le jour dont l’état est à retrouver.");
        var point = Moment(PointInTime, zone);
        if (point > now) errors.AddModelError("Form.PointInTime", "Ce moment est dans le futur : indiquez un jour passé.");
        var begun = fromProvider && Emergency ? Moment(BegunAt, zone) : null;
        if (fromProvider && Impact is null) errors.AddModelError("Form.Impact", "Dites ce que l’organisme en subira, ou « rien ».");
        if (fromProvider && ExpectedDelay is null) errors.AddModelError("Form.ExpectedDelay", "Dites combien de temps cela durera.");
        if (fromProvider && Emergency && BegunAt.IsEmpty) errors.AddModelError("Form.BegunAt", "Dites quand la restauration a commencé.");
        if (begun > now) errors.AddModelError("Form.BegunAt", "Ce moment est dans le futur : sans urgence, l’organisme est prévenu avant.");
        return errors.IsValid ? new()
        {
            Scope = Scope, PointInTime = point, Reason = Reason!, Impact = fromProvider ? Impact : null, ExpectedDelay = fromProvider ? ExpectedDelay : null, Emergency = fromProvider && Emergency, BegunAt = begun,
        } : null;
    }

    /// <summary>The hour may be missing: then it is the beginning of the day.</summary>
    private static DateTimeOffset? Moment(DateParts parts, TimeZoneInfo zone)
    {
        if (parts.IsEmpty || parts.Date is not { } day) return null;  // a wrong date has said so by itself
        var local = day.ToDateTime(parts.TimeOfDay ?? TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
