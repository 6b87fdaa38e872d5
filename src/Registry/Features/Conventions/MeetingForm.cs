using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>A meeting of a governance body: planned, held, its minutes sent (domain §2.11).</summary>
public sealed class MeetingForm
{
    [Display(Name = "Instance")]
    [Vocabulary("CommitteeKind")]
    [Required(ErrorMessage = "Choisissez l’instance.")]
    public string? Kind { get; set; }

    [Display(Name = "Prévue le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour prévu.")]
    public DateOnly? PlannedOn { get; set; }

    [Display(Name = "Tenue le")]
    [Day]
    public DateOnly? HeldOn { get; set; }

    [Display(Name = "Annulée")]
    public bool Cancelled { get; set; }

    [Display(Name = "Ordre du jour")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Agenda { get; set; }

    [Display(Name = "Présents", Description = "Des fonctions plutôt que des noms.")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Attendees { get; set; }

    [Display(Name = "Décisions", Description = "Qui fait quoi, pour quand.")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Decisions { get; set; }

    [Display(Name = "Compte rendu", Description = "Sa référence ou l’endroit où il est gardé.")]
    [ShortText]
    public string? Minutes { get; set; }

    [Display(Name = "Compte rendu diffusé le")]
    [Day]
    public DateOnly? MinutesSentOn { get; set; }

    public string Status => Cancelled ? "CANCELLED" : MinutesSentOn is not null ? "MINUTES_SENT" : HeldOn is not null ? "HELD" : "PLANNED";

    /// <summary>What the dates cannot say together, by field.</summary>
    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (HeldOn > today) yield return ("Form.HeldOn", HeldLater);
        if (Cancelled && HeldOn is not null) yield return ("Form.HeldOn", HeldAndCancelled);
        if (MinutesSentOn is not null && HeldOn is null) yield return ("Form.MinutesSentOn", SentBeforeHeld);
        else if (MinutesSentOn < HeldOn) yield return ("Form.MinutesSentOn", SentBeforeHeld);
        else if (MinutesSentOn > today) yield return ("Form.MinutesSentOn", SentLater);
    }

    public static IReadOnlyList<string> AllMessageKeys { get; } = [HeldLater, HeldAndCancelled, SentBeforeHeld, SentLater];

    private const string HeldLater = "Une réunion tenue n’est pas à venir.";
    private const string HeldAndCancelled = "Une réunion est tenue ou annulée, pas les deux.";
    private const string SentBeforeHeld = "Un compte rendu part après la réunion.";
    private const string SentLater = "Cette date est à venir.";

    public static MeetingForm Of(ConventionMeeting meeting) => new()
    {
        Kind = meeting.Kind, PlannedOn = meeting.PlannedOn, HeldOn = meeting.HeldOn, Cancelled = meeting.Status == "CANCELLED", Agenda = meeting.Agenda, Attendees = meeting.Attendees,
        Decisions = meeting.Decisions, Minutes = meeting.Minutes, MinutesSentOn = meeting.MinutesSentOn,
    };
}
