using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>Three questions: what happened, when and how it was learned, who is concerned. Everything else comes later.</summary>
public sealed class ReportForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Dites en une phrase ce qui s’est passé.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? Title { get; set; }

    [StringLength(8000, ErrorMessage = TooLong)]
    public string? Description { get; set; }

    public DateParts StartedAt { get; set; } = new();

    public DateParts LearnedAt { get; set; } = new();

    [Required(ErrorMessage = "Dites comment vous l’avez appris.")]
    [Vocabulary("IncidentReportedVia")]
    public string? How { get; set; }

    [StringLength(500, ErrorMessage = TooLong)]
    public string? Who { get; set; }

    [Required(ErrorMessage = "Dites si des données de personnes sont touchées ; « je ne sais pas » est une réponse.")]
    [Vocabulary("YesNoUnknown")]
    public string? PersonalData { get; set; }

    [Vocabulary("DataSubjectCategory")]
    public List<string> People { get; set; } = [];

    [Range(0, 2_000_000_000, ErrorMessage = "Indiquez un nombre entier.")]
    public int? Count { get; set; }

    public static IReadOnlyList<Option> Ways => [.. Vocabulary.Current.Terms("IncidentReportedVia").Select(term => new Option(term.Code, term.Label))];

    public static IReadOnlyList<Option> PersonalDataAnswers { get; } =
        [new("YES", Languages.Key("Oui")), new("NO", Languages.Key("Non")), new("UNKNOWN", Languages.Key("Je ne sais pas encore"))];

    private static readonly string[] Usual = ["RESIDENTS", "USERS", "MINORS", "PARENTS", "STAFF", "ELECTED", "VULNERABLE", "ASSOCIATION_MEMBERS"];

    public static IReadOnlyList<Option> UsualPeople => [.. Usual.Select(code => new Option(code, Vocabulary.Current.Label("DataSubjectCategory", code)))];

    /// <summary>Null when something is wrong, said by its field.</summary>
    public BreachMoments? Check(ModelStateDictionary errors, TimeZoneInfo zone, DateTimeOffset now, bool byOfficer)
    {
        foreach (var (key, text, lines) in new[] { ("Form.Title", Title, false), ("Form.Description", Description, true), ("Form.Who", Who, false) })
            if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
        (Title, Description, Who) = (TypedText.Clean(Title), TypedText.Clean(Description), TypedText.Clean(Who));
        if (LearnedAt.IsEmpty) errors.AddModelError("Form.LearnedAt", "Dites quand vous l’avez appris : le délai de 72 heures en dépend.");
        var started = TypedMoment.Read(errors, "Form.StartedAt", StartedAt, zone, now, hourNeeded: false);
        var learned = TypedMoment.Read(errors, "Form.LearnedAt", LearnedAt, zone, now);
        if (learned < started) errors.AddModelError("Form.LearnedAt", MomentRules.BeforeBreach);
        if (!errors.IsValid) return null;
        // The rule of awareness (EDPB 9/2022): the officer was told, somebody outside alerted, or the staff found it.
        return byOfficer ? new() { StartedAt = started, DpoInformedAt = learned }
            : How is "PROCESSOR" or "CITIZEN" or "AUTHORITY" or "PRESS" ? new() { StartedAt = started, ControllerAlertedAt = learned }
            : new() { StartedAt = started, FoundAt = learned };
    }

    public Breach ToBreach(BreachMoments moments, Visitor visitor, DateTimeOffset now)
    {
        var incident = PersonalData == "NO";
        var sheet = new BreachSheet();
        (sheet.Facts.Title, sheet.Facts.Description, sheet.Facts.DiscoveryMeans, sheet.Facts.DiscoveredBy) = (Title, Description, How, Who);
        if (!incident) (sheet.People.SubjectCategories, sheet.People.SubjectsAtLeast) = ([.. People], Count);
        if (!incident && (People.Contains("MINORS") || People.Contains("VULNERABLE"))) sheet.People.MinorsOrVulnerable = true;
        return new Breach
        {
            Id = Id, Kind = incident ? Breach.IncidentKind : Breach.BreachKind, Year = TimeZoneInfo.ConvertTime(now, visitor.Organisation.Zone).Year, Title = Title!,
            Status = BreachStates.Code(incident ? BreachStatus.Open : BreachStatus.Reported), AuthorityStatus = "UNDECIDED", PeopleStatus = "UNDECIDED",
            StartedAt = moments.StartedAt, ControllerAlertedAt = moments.ControllerAlertedAt, DpoInformedAt = moments.DpoInformedAt, FoundAt = moments.FoundAt,
            SheetJson = SheetJson.WritePart(sheet), Version = 1, ReportedAt = now, ReportedById = visitor.PersonId, ReportedBy = visitor.Name, UpdatedAt = now, UpdatedBy = visitor.Name,
        };
    }
}
