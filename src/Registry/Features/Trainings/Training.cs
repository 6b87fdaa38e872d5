using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;

namespace Registry.Features.Trainings;

/// <summary>A training that was held (domain §2.11).</summary>
public sealed record Training
{
    public const string ObjectType = "TRAINING";

    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required string Topic { get; init; }
    public string? Trainer { get; init; }
    public string? Attendees { get; init; }
    public int? Headcount { get; init; }
    public string? Evidence { get; init; }
    public required int Version { get; init; }
}

public sealed class TrainingForm
{
    [Display(Name = "Nature")]
    [Vocabulary("TrainingKind")]
    [Required(ErrorMessage = "Choisissez la nature.")]
    public string? Kind { get; set; }

    [Display(Name = "Tenue le")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? HeldOn { get; set; }

    [Display(Name = "Sujet")]
    [ShortText]
    [Required(ErrorMessage = "Indiquez le sujet.")]
    public string? Topic { get; set; }

    [Display(Name = "Donnée par")]
    [ShortText]
    public string? Trainer { get; set; }

    [Display(Name = "Participants", Description = "Des noms ou des services ; la feuille de présence les nomme tous.")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Attendees { get; set; }

    [Display(Name = "Nombre de participants")]
    [Count]
    public int? Headcount { get; set; }

    [Display(Name = "Preuve", Description = "Sa référence ou l’endroit où elle est gardée : feuille de présence, convocation.")]
    [ShortText]
    public string? Evidence { get; set; }

    private const string Later = "Une formation tenue n’est pas à venir.";

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (HeldOn > today) yield return ("Form.HeldOn", Later);
    }

    public static TrainingForm Of(Training training) => new()
    {
        Kind = training.Kind, HeldOn = training.HeldOn, Topic = training.Topic, Trainer = training.Trainer, Attendees = training.Attendees, Headcount = training.Headcount, Evidence = training.Evidence,
    };
}
