using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Records;

namespace Registry.Features.Conventions;

/// <summary>From when and for how long. The dates that follow are computed by <see cref="ConventionDates"/>.</summary>
public sealed class ConventionEffect
{
    [Display(Name = "Prise d’effet")]
    [Vocabulary("EffectBasis")]
    public string? EffectBasis { get; set; }

    [Display(Name = "Date d’effet")]
    [Day]
    public DateOnly? EffectiveOn { get; set; }

    [Display(Name = "Note sur la date")]
    [ShortText]
    public string? EffectNote { get; set; }

    [Display(Name = "Date inventée pour la démonstration")]
    public bool? EffectInvented { get; set; }

    [Display(Name = "Durée ferme (mois)")]
    [Count]
    public int? FirmMonths { get; set; }

    [Display(Name = "Reconduction tacite")]
    public bool? TacitRenewal { get; set; }

    [Display(Name = "Reconduction (mois)")]
    [Count]
    public int? RenewalMonths { get; set; }

    [Display(Name = "Durée totale maximale (mois)")]
    [Count]
    public int? MaxTotalMonths { get; set; }

    [Display(Name = "Décompte")]
    [ShortText]
    public string? Counting { get; set; }

    [Display(Name = "Échéance un jour non ouvrable")]
    [Vocabulary("RollPolicy")]
    public string? RollPolicy { get; set; }

    [Display(Name = "Source de cette règle")]
    [ShortText]
    public string? RollPolicySource { get; set; }
}
