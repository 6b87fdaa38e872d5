using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Deadlines;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>A deposit on the authority's site, as whoever made it notes it.</summary>
public sealed class NotificationForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";
    public const string Initial = "INITIAL", Complementary = "COMPLEMENTARY", Complete = "COMPLETE";

    public int Seen { get; set; }
    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choisissez le type de notification.")]
    [OneOf(Initial, Complementary, Complete)]
    public string? Kind { get; set; }

    public DateParts SentAt { get; set; } = new();

    [StringLength(60, ErrorMessage = TooLong)]
    public string? Number { get; set; }

    [StringLength(2000, ErrorMessage = TooLong)]
    public string? DelayReason { get; set; }

    [StringLength(2000, ErrorMessage = TooLong)]
    public string? Note { get; set; }

    public bool MoreFollows { get; set; }

    public static IReadOnlyList<Option> Kinds { get; } =
    [
        new(Initial, Languages.Key("Initiale"), Languages.Key("Elle peut être incomplète : une complémentaire suivra.")),
        new(Complementary, Languages.Key("Complémentaire"), Languages.Key("Elle suppose une première notification.")),
        new(Complete, Languages.Key("Complète en une fois"), Languages.Key("Le dossier ne manque de rien.")),
    ];

    /// <summary>The step that this deposit is, and when it was made; null when a rule refuses it, said by its field.</summary>
    public (BreachAct Act, DateTimeOffset At)? Check(ModelStateDictionary errors, BreachState state, BreachClock? clock, BreachFacts facts, TimeZoneInfo zone, DateTimeOffset now)
    {
        foreach (var (key, text, lines) in new[] { ("Form.Number", Number, false), ("Form.DelayReason", DelayReason, true), ("Form.Note", Note, true) })
            if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
        (Number, DelayReason, Note) = (TypedText.Clean(Number), TypedText.Clean(DelayReason), TypedText.Clean(Note));
        if (SentAt.IsEmpty) errors.AddModelError("Form.SentAt", "Indiquez quand la notification a été déposée.");
        var sent = TypedMoment.Read(errors, "Form.SentAt", SentAt, zone, now);
        var first = state.Authority == AuthorityStatus.ToNotify;
        if (Kind == Complementary && first) errors.AddModelError("Form.Kind", "Une notification complémentaire suppose une première notification : déposez d’abord l’initiale.");
        if (Kind is Initial or Complete && !first) errors.AddModelError("Form.Kind", "Une première notification a déjà été déposée : celle-ci est complémentaire.");
        if (Kind == Complete && first && !facts.DossierComplete) errors.AddModelError("Form.Kind", "Le dossier n’est pas complet : déposez une notification initiale, ou complétez-le d’abord.");
        if (sent < clock?.AwareAt) errors.AddModelError("Form.SentAt", "La notification ne peut pas précéder la prise de connaissance.");
        if (first && sent is { } at && clock?.NeedsReasonForDelay(at) == true && DelayReason is null)
            errors.AddModelError("Form.DelayReason", "Les 72 heures étaient passées : écrivez les motifs du retard (article 33, paragraphe 1).");
        if (!errors.IsValid || sent is not { } moment) return null;
        var slug = Kind switch
        {
            Initial => "notification-initiale",
            Complete => "notification-complete",
            _ when facts.DossierComplete && !MoreFollows && state.Authority == AuthorityStatus.InitialSent => "notification-complementaire",
            _ => "notification-partielle",
        };
        return BreachStates.Find(state, slug) is { } act ? (act, moment) : null;
    }
}
