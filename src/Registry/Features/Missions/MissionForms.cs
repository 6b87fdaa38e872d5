using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Missions;

/// <summary>The proposal: days of each phase and their price, before anything begins (convention, article 3).</summary>
public sealed class MissionForm
{
    private const string TooFine = "Écrivez un nombre de jours avec une décimale au plus, comme 12,5.", TooMany = "Écrivez un nombre inférieur à 1 000.", NoDays = "Proposez des jours dans une phase au moins.", TooMuch = "Écrivez un montant inférieur à un million, au centime près.", Dear = "Écrivez le prix d’une journée.";

    [Display(Name = "Intitulé")]
    [Required(ErrorMessage = "Donnez un intitulé à la mission.")]
    [StringLength(200, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Title { get; set; }

    [Display(Name = "Convention", Description = "Celle qui organise la mutualisation du délégué.")]
    [ShortText]
    public string? Convention { get; set; }

    [Display(Name = "Jours de mise en conformité", Description = "Phase initiale, facturée à la journée ; 0 s’il n’y en a pas.")]
    [Amount]
    [Required(ErrorMessage = "Estimez les jours de la phase initiale, 0 s’il n’y en a pas.")]
    public string? InitialDays { get; set; }

    [Display(Name = "Jours de suivi par an", Description = "Mutualisation du délégué, facturée au forfait annuel.")]
    [Amount]
    [Required(ErrorMessage = "Estimez les jours de suivi par an.")]
    public string? OngoingDays { get; set; }

    [Display(Name = "Prix d’une journée", Description = "En euros, le même en collectivité et ailleurs.")]
    [Amount]
    [Required(ErrorMessage = Dear)]
    public string? DailyRate { get; set; }

    [Display(Name = "Forfait annuel", Description = "En euros.")]
    [Amount]
    public string? AnnualFee { get; set; }

    [Display(Name = "Préparation", Description = "Ce qui sera fait dans chaque phase, et avec qui.")]
    [DataType(DataType.MultilineText)]
    [LongText]
    public string? Preparation { get; set; }

    public static IReadOnlyList<string> AllMessageKeys { get; } = [TooFine, TooMany, NoDays, TooMuch, Dear];

    public decimal Initial => Amounts.Read(InitialDays) ?? 0;
    public decimal Ongoing => Amounts.Read(OngoingDays) ?? 0;
    public decimal Rate => Amounts.Read(DailyRate) ?? 0;
    public decimal? Fee => Amounts.Read(AnnualFee);

    public IEnumerable<(string Field, string Key)> Faults()
    {
        foreach (var (field, days) in new[] { ("Form.InitialDays", Initial), ("Form.OngoingDays", Ongoing) })
            if (decimal.Round(days, 1) != days) yield return (field, TooFine);
            else if (days >= 1000) yield return (field, TooMany);
        if (Initial + Ongoing == 0) yield return ("Form.InitialDays", NoDays);
        foreach (var (field, euros) in new[] { ("Form.DailyRate", Rate), ("Form.AnnualFee", Fee ?? 0) })
            if (decimal.Round(euros, 2) != euros || euros >= 1_000_000) yield return (field, TooMuch);
    }

    public static MissionForm Of(Mission mission, Guid organisation) => new()
    {
        Title = mission.Title, Convention = mission.Convention?.Label(organisation), InitialDays = Typed(mission.InitialDays), OngoingDays = Typed(mission.OngoingDays),
        DailyRate = Typed(mission.DailyRate), AnnualFee = mission.AnnualFee is { } fee ? Typed(fee) : null, Preparation = mission.Preparation,
    };

    private static string Typed(decimal number) => number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture).Replace('.', ',');
}

/// <summary>One line of the plan of actions.</summary>
public sealed class ActionForm
{
    private const string Later = "Une action faite n’est pas à venir.", WhenDone = "Indiquez le jour où l’action a été faite.", NotDone = "Ce jour ne se dit que d’une action faite.";

    [Display(Name = "Action")]
    [Required(ErrorMessage = "Dites ce qui est à faire.")]
    [ShortText]
    public string? Title { get; set; }

    [Display(Name = "Priorité")]
    [Vocabulary("Priority")]
    [Required(ErrorMessage = "Choisissez la priorité.")]
    public string? Priority { get; set; }

    [Display(Name = "Responsable")]
    [Required(ErrorMessage = "Dites qui s’en charge : une fonction suffit.")]
    [ShortText]
    public string? Responsible { get; set; }

    [Display(Name = "Échéance")]
    [Day]
    [Required(ErrorMessage = "Indiquez l’échéance.")]
    public DateOnly? DueOn { get; set; }

    [Display(Name = "État")]
    [Vocabulary("ActionStatus")]
    [Required(ErrorMessage = "Choisissez l’état.")]
    public string? Status { get; set; } = "TODO";

    [Display(Name = "Faite le")]
    [Day]
    public DateOnly? DoneOn { get; set; }

    [Display(Name = "Preuve", Description = "Sa référence ou l’endroit où elle est gardée.")]
    [ShortText]
    public string? Evidence { get; set; }

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, WhenDone, NotDone];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (Status == "DONE" && DoneOn is null) yield return ("Form.DoneOn", WhenDone);
        if (Status != "DONE" && DoneOn is not null) yield return ("Form.DoneOn", NotDone);
        if (DoneOn > today) yield return ("Form.DoneOn", Later);
    }

    public static ActionForm Of(MissionAction action) => new()
    {
        Title = action.Title, Priority = action.Priority, Responsible = action.Responsible, DueOn = action.DueOn, Status = action.Status, DoneOn = action.DoneOn, Evidence = action.Evidence,
    };
}

/// <summary>A day or half a day of work.</summary>
public sealed class InterventionForm
{
    private const string Later = "Une intervention réalisée n’est pas à venir.";

    [Display(Name = "Jour")]
    [Day]
    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? HeldOn { get; set; }

    [Display(Name = "Durée, en jours", Description = "Une demi-journée ou une journée par personne.")]
    [OneOf("0,5", "1")]
    [Required(ErrorMessage = "Choisissez la durée.")]
    public string? Days { get; set; }

    [Display(Name = "Intervenant")]
    [Required(ErrorMessage = "Dites qui est intervenu.")]
    [ShortText]
    public string? PerformedBy { get; set; }

    [Display(Name = "Lieu", Description = "Le prix est le même partout.")]
    [Vocabulary("InterventionPlace")]
    [Required(ErrorMessage = "Choisissez le lieu.")]
    public string? Place { get; set; }

    [Display(Name = "Nature")]
    [Vocabulary("InterventionKind")]
    [Required(ErrorMessage = "Choisissez la nature.")]
    public string? Kind { get; set; }

    [Display(Name = "Ce qui a été fait")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Dites en une phrase ce qui a été fait.")]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Summary { get; set; }

    [Display(Name = "État")]
    [Vocabulary("InterventionStatus")]
    [Required(ErrorMessage = "Choisissez l’état.")]
    public string? Status { get; set; } = Intervention.Done;

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later];

    public decimal Length => Amounts.Read(Days) ?? 0;

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (Status == Intervention.Done && HeldOn > today) yield return ("Form.HeldOn", Later);
    }

    public static InterventionForm Of(Intervention one) => new()
    {
        HeldOn = one.HeldOn, Days = one.Days < 1 ? "0,5" : "1", PerformedBy = one.PerformedBy, Place = one.Place, Kind = one.Kind, Summary = one.Summary, Status = one.Status,
    };
}

/// <summary>What a step of a mission or of a statement asks.</summary>
public sealed class StepForm
{
    public int Seen { get; set; }
    public string? Move { get; set; }
    public string? Dispute { get; set; }
}
