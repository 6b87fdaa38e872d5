using System.ComponentModel.DataAnnotations;

namespace Registry.Features.Records;

/// <summary>The controller, its officer and those who approved a version, as they were on its day (GDPR 30(1)(a)).</summary>
public sealed class VersionStamp
{
    [Display(Name = "Responsable de traitement")]
    public string? Controller { get; set; }

    [Display(Name = "Contact du responsable")]
    public string? ControllerContact { get; set; }

    [Display(Name = "Délégué à la protection des données")]
    public string? Officer { get; set; }

    [Display(Name = "Contact du délégué")]
    public string? OfficerContact { get; set; }

    [Display(Name = "Validée par")]
    public string? ValidatedBy { get; set; }

    [Display(Name = "Publiée par")]
    public string? PublishedBy { get; set; }
}
