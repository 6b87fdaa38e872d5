using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

public sealed record MomentField(string Name, string LabelKey, string? HintKey, Func<BreachMoments, DateTimeOffset?> Get);

/// <summary>The six moments of a file, by the names that the form gives them.</summary>
public static class MomentFields
{
    public static IReadOnlyList<MomentField> All { get; } =
    [
        new(nameof(BreachMoments.StartedAt), Languages.Key("Début de la violation"), Languages.Key("L’heure peut manquer si personne ne la connaît."), moments => moments.StartedAt),
        new(nameof(BreachMoments.EndedAt), Languages.Key("Fin de la violation"), null, moments => moments.EndedAt),
        new(nameof(BreachMoments.ProcessorAwareAt), Languages.Key("Le prestataire l’a su"), Languages.Key("Ce que le prestataire sait ne fait pas courir le délai de l’organisme."), moments => moments.ProcessorAwareAt),
        new(nameof(BreachMoments.ControllerAlertedAt), Languages.Key("L’organisme a été alerté"), Languages.Key("Par un prestataire, une personne concernée, une autorité…"), moments => moments.ControllerAlertedAt),
        new(nameof(BreachMoments.DpoInformedAt), Languages.Key("Le délégué a été informé"), null, moments => moments.DpoInformedAt),
        new(nameof(BreachMoments.FoundAt), Languages.Key("L’organisme l’a constatée lui-même"), Languages.Key("Quand un agent en a été raisonnablement certain."), moments => moments.FoundAt),
    ];
}

/// <summary>The moments as a person types them, in the hours of the organisation.</summary>
public sealed class MomentsForm
{
    private const int LongestReason = 500;

    /// <summary>The version of the file on which the page was opened.</summary>
    public int Seen { get; set; }
    public DateParts StartedAt { get; set; } = new();
    public DateParts EndedAt { get; set; } = new();
    public DateParts ProcessorAwareAt { get; set; } = new();
    public DateParts ControllerAlertedAt { get; set; } = new();
    public DateParts DpoInformedAt { get; set; } = new();
    public DateParts FoundAt { get; set; } = new();
    public string? Reason { get; set; }

    public DateParts Parts(string name) => name switch
    {
        nameof(StartedAt) => StartedAt,
        nameof(EndedAt) => EndedAt,
        nameof(ProcessorAwareAt) => ProcessorAwareAt,
        nameof(ControllerAlertedAt) => ControllerAlertedAt,
        nameof(DpoInformedAt) => DpoInformedAt,
        _ => FoundAt,
    };

    public static MomentsForm Of(Breach breach, TimeZoneInfo zone) => new()
    {
        Seen = breach.Version, StartedAt = DateParts.From(breach.StartedAt, zone), EndedAt = DateParts.From(breach.EndedAt, zone), ProcessorAwareAt = DateParts.From(breach.ProcessorAwareAt, zone),
        ControllerAlertedAt = DateParts.From(breach.ControllerAlertedAt, zone), DpoInformedAt = DateParts.From(breach.DpoInformedAt, zone), FoundAt = DateParts.From(breach.FoundAt, zone),
    };

    /// <summary>Null when a moment cannot be, each said by its field.</summary>
    public BreachMoments? Check(ModelStateDictionary errors, TimeZoneInfo zone, DateTimeOffset now)
    {
        Reason = TypedText.Clean(Reason);
        if (Reason is null) errors.AddModelError("Form.Reason", "Écrivez pourquoi vous corrigez ces moments.");
        else if (Reason.Length > LongestReason) errors.AddModelError("Form.Reason", "Écrivez 500 caractères au plus.");
        else if (TypedText.HasHidden(Reason, lines: true)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        var moments = new BreachMoments
        {
            StartedAt = TypedMoment.Read(errors, "Form.StartedAt", StartedAt, zone, now, hourNeeded: false), EndedAt = TypedMoment.Read(errors, "Form.EndedAt", EndedAt, zone, now, hourNeeded: false),
            ProcessorAwareAt = TypedMoment.Read(errors, "Form.ProcessorAwareAt", ProcessorAwareAt, zone, now), ControllerAlertedAt = TypedMoment.Read(errors, "Form.ControllerAlertedAt", ControllerAlertedAt, zone, now),
            DpoInformedAt = TypedMoment.Read(errors, "Form.DpoInformedAt", DpoInformedAt, zone, now), FoundAt = TypedMoment.Read(errors, "Form.FoundAt", FoundAt, zone, now),
        };
        if (!errors.IsValid) return null;
        foreach (var (name, message) in MomentRules.Faults(moments)) errors.AddModelError("Form." + name, message);
        return errors.IsValid ? moments : null;
    }
}

/// <summary>What cannot have been, whoever says it. Pure.</summary>
public static class MomentRules
{
    public const string BeforeBreach = "Ce moment est avant le début de la violation : personne ne peut l’avoir su avant. Corrigez l’un des deux.";
    public const string EndBeforeStart = "La fin est avant le début : corrigez l’un des deux.";
    public const string NobodyKnows = "Indiquez au moins un moment où l’organisme l’a su : sans lui, aucun délai ne court.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [BeforeBreach, EndBeforeStart, NobodyKnows];

    public static IEnumerable<(string Name, string Message)> Faults(BreachMoments moments)
    {
        if (moments.EndedAt < moments.StartedAt) yield return (nameof(BreachMoments.EndedAt), EndBeforeStart);
        foreach (var field in MomentFields.All.Skip(2).Where(field => field.Get(moments) < moments.StartedAt)) yield return (field.Name, BeforeBreach);
        if (moments.Awareness is null) yield return (nameof(BreachMoments.ControllerAlertedAt), NobodyKnows);
    }
}

/// <summary>A moment out of its boxes. The day and its hour are those on the wall of the organisation.</summary>
public static class TypedMoment
{
    public const string HourMissing = "Indiquez aussi l’heure, par exemple 14:20 : le délai court à la minute.";
    public const string InFuture = "Ce moment est dans le futur : indiquez quand cela s’est produit.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [HourMissing, InFuture];

    public static DateTimeOffset? Read(ModelStateDictionary errors, string key, DateParts parts, TimeZoneInfo zone, DateTimeOffset now, bool hourNeeded = true)
    {
        if (parts.IsEmpty || parts.Date is not { } day) return null;  // a wrong date has said so by itself
        if (parts.TimeOfDay is null && hourNeeded)
        {
            errors.AddModelError(key, HourMissing);
            return null;
        }
        var local = day.ToDateTime(parts.TimeOfDay ?? TimeOnly.MinValue);
        var moment = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        if (moment <= now) return moment;
        errors.AddModelError(key, InFuture);
        return null;
    }
}
