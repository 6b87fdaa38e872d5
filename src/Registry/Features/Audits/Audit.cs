using System.ComponentModel.DataAnnotations;
using Registry.Facts;
using Registry.Features.Conventions;
using Registry.Features.Recommendations;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Audits;

/// <summary>An audit of an organisation: of its means before a convention begins, of its compliance, of its security (domain §2.6).</summary>
public sealed record Audit
{
    public const string ObjectType = "AUDIT";

    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Scope { get; init; }
    public required string Auditor { get; init; }
    public DateOnly? PlannedOn { get; init; }
    public DateOnly? HeldOn { get; init; }
    public string? Report { get; init; }
    public required int Version { get; init; }

    /// <summary>For the list.</summary>
    public int Findings { get; init; }
    public int Open { get; init; }

    /// <summary>What it finds is a rule of security rather than a point of compliance.</summary>
    public bool IsOfSecurity => Kind is "INITIAL_IT" or "SECURITY" or "RGS";
}

/// <summary>What an audit found, and the recommendation that came of it.</summary>
public sealed record AuditFinding
{
    public required Guid Id { get; init; }
    public required Guid AuditId { get; init; }
    public required string Finding { get; init; }
    public required string Severity { get; init; }
    public string? Rule { get; init; }
    public string? Remedy { get; init; }
    public DateOnly? ClosedOn { get; init; }
    public int? Recommendation { get; init; }
    public string? RecommendationStatus { get; init; }
    public required int Version { get; init; }

    private const int LongestTitle = 200;

    /// <summary>What the officer would write herself: the finding as title, its remedy as text.</summary>
    public RecommendationForm ToRecommendation(Audit audit)
    {
        var line = Finding.Split('\n')[0];
        return new()
        {
            Kind = audit.IsOfSecurity ? Recommendations.Recommendation.SecurityRule : "COMPLIANCE", Origin = "AUDIT", Title = line.Length > LongestTitle ? TypedText.Beginning(line, LongestTitle - 1).TrimEnd() + "…" : line,
            Wording = Remedy ?? Finding, Priority = Severity switch { "CRITICAL" => "P1", "MAJOR" => "P2", "MINOR" => "P3", _ => "P4" },
        };
    }
}

public sealed class AuditForm
{
    private const string Later = "Un audit tenu n’est pas à venir.", NoDay = "Indiquez le jour prévu, ou celui où l’audit a été tenu.";

    [Display(Name = "Type d’audit")]
    [Vocabulary("AuditKind")]
    [Required(ErrorMessage = "Choisissez le type d’audit.")]
    public string? Kind { get; set; }

    [Display(Name = "Périmètre")]
    [Required(ErrorMessage = "Dites ce qui est audité.")]
    [ShortText]
    public string? Scope { get; set; }

    [Display(Name = "Auditeur", Description = "Une fonction ou un prestataire.")]
    [Required(ErrorMessage = "Dites qui mène l’audit.")]
    [ShortText]
    public string? Auditor { get; set; }

    [Display(Name = "Prévu le")]
    [Day]
    public DateOnly? PlannedOn { get; set; }

    [Display(Name = "Tenu le")]
    [Day]
    public DateOnly? HeldOn { get; set; }

    [Display(Name = "Rapport", Description = "Sa référence ou l’endroit où il est gardé.")]
    [ShortText]
    public string? Report { get; set; }

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later, NoDay];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (HeldOn > today) yield return ("Form.HeldOn", Later);
        if (HeldOn is null && PlannedOn is null) yield return ("Form.PlannedOn", NoDay);
    }

    public static AuditForm Of(Audit audit) => new() { Kind = audit.Kind, Scope = audit.Scope, Auditor = audit.Auditor, PlannedOn = audit.PlannedOn, HeldOn = audit.HeldOn, Report = audit.Report };
}

public sealed class FindingForm
{
    private const string Later = "Un constat levé n’est pas à venir.";

    [Display(Name = "Constat")]
    [DataType(DataType.MultilineText)]
    [Required(ErrorMessage = "Écrivez le constat.")]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Finding { get; set; }

    [Display(Name = "Gravité")]
    [Vocabulary("FindingSeverity")]
    [Required(ErrorMessage = "Choisissez la gravité.")]
    public string? Severity { get; set; }

    [Display(Name = "Clause ou règle", Description = "Article du règlement, clause de la convention, règle de la politique de sécurité.")]
    [ShortText]
    public string? Rule { get; set; }

    [Display(Name = "Remède proposé", Description = "Le texte de la recommandation qui en naîtra.")]
    [DataType(DataType.MultilineText)]
    [StringLength(2000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Remedy { get; set; }

    [Display(Name = "Levé le")]
    [Day]
    public DateOnly? ClosedOn { get; set; }

    public static IReadOnlyList<string> AllMessageKeys { get; } = [Later];

    public IEnumerable<(string Field, string Key)> Faults(DateOnly today)
    {
        if (ClosedOn > today) yield return ("Form.ClosedOn", Later);
    }

    public static FindingForm Of(AuditFinding one) => new() { Finding = one.Finding, Severity = one.Severity, Rule = one.Rule, Remedy = one.Remedy, ClosedOn = one.ClosedOn };
}
