using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>Who notifies, as the form of the authority asks it.</summary>
public sealed record DossierBody
{
    public required string Name { get; init; }
    public string? Siren { get; init; }
    public string? Address { get; init; }
    public string? Contact { get; init; }
    public string? Officer { get; init; }
    public string? OfficerContact { get; init; }
}

/// <param name="Part">Where it is filled: the address of a page of the file after its own, or null for what stands elsewhere.</param>
public sealed record DossierField(string Key, string Label, string? Text, bool Required, string? Part)
{
    public bool Missing => Required && string.IsNullOrWhiteSpace(Text);
}

public sealed record DossierSection(string Title, IReadOnlyList<DossierField> Fields);

/// <summary>
/// The notification as the authority's form asks for it, field by field in its order (article 33(3); teleservice of the CNIL), filled from the file. Nothing is
/// sent from here: a person copies it and notes the number that the authority gave.
/// </summary>
public sealed class Dossier(IStringLocalizer t)
{
    public IReadOnlyList<DossierSection> Of(Breach breach, BreachSheet sheet, IReadOnlyList<BreachEntry> entries, DossierBody body, CurrentOrganisation organisation)
    {
        var (facts, people, measures, zone) = (sheet.Facts, sheet.People, sheet.Measures, organisation.Zone);
        var risk = entries.LastOrDefault(entry => entry.Kind == EntryKinds.Assessment)?.Read<RiskAssessment>();
        var sent = entries.LastOrDefault(entry => entry.Kind == EntryKinds.Notification)?.Read<NotificationSent>();
        var told = entries.Where(entry => entry.Kind == EntryKinds.Communication).ToList();
        var number = 0;
        DossierField F(string label, string? text, string? part, bool required = true) => new($"r{++number}", t.Get(label), string.IsNullOrWhiteSpace(text) ? null : text, required, part);
        return
        [
            new(t.Get("La notification"),
            [
                F(Languages.Key("Type de notification"), Vocabulary.Current.Label("CnilNotificationKind", BreachStates.ParseAuthority(breach.AuthorityStatus) is AuthorityStatus.InitialSent or AuthorityStatus.Completed ? "COMPLEMENTARY" : "INITIAL"), null),
                F(Languages.Key("Numéro de la notification initiale"), sent?.Number, "notification", required: false),
            ]),
            new(t.Get("Le responsable du traitement"),
            [
                F(Languages.Key("Nom de l’organisme"), body.Name, null), F(Languages.Key("Numéro SIREN"), body.Siren, "profil"), F(Languages.Key("Adresse"), body.Address, "profil"),
                F(Languages.Key("Secteur"), t.Get("Administration publique, collectivité territoriale"), null),
                F(Languages.Key("Point de contact"), body.Contact, "profil"),
                F(Languages.Key("Délégué à la protection des données"), Joined(", ", body.Officer, body.OfficerContact), "designations"),
                F(Languages.Key("Autres organismes impliqués"), string.Join("\n", facts.Processors), "modifier/faits", required: false),
            ]),
            new(t.Get("Le calendrier"),
            [
                F(Languages.Key("Début de la violation"), Moment(breach.StartedAt, zone), "moments"),
                F(Languages.Key("Fin de la violation"), breach.EndedAt is null && facts.Ongoing == true ? t.Get("Elle dure encore.") : Moment(breach.EndedAt, zone), "moments", required: facts.Ongoing != true),
                F(Languages.Key("Prise de connaissance par le responsable"), Moment(breach.Moments.Awareness?.At, zone), "moments"),
                F(Languages.Key("Alerte du sous-traitant"), Moment(breach.ProcessorAwareAt, zone), "moments", required: false),
                F(Languages.Key("Circonstances de la découverte"), Joined(" : ", Label("IncidentReportedVia", facts.DiscoveryMeans), facts.DiscoveredBy), "modifier/faits"),
                F(Languages.Key("Motifs du retard de la notification"), sent?.DelayReason, "notification", required: breach.NotifiedLate),
            ]),
            new(t.Get("La violation"),
            [
                F(Languages.Key("Nature de la violation"), Labels("BreachNature", facts.Natures), "modifier/faits"),
                F(Languages.Key("Description de l’incident"), Joined("\n", facts.Title, facts.Description), "modifier/faits"),
                F(Languages.Key("Origine de l’incident"), Joined(", ", Label("BreachOrigin", facts.Origin), facts.Medium), "modifier/faits"),
                F(Languages.Key("Cause de l’incident"), Label("BreachCause", facts.Cause), "modifier/faits"),
                F(Languages.Key("Traitements et applications concernés"), string.Join("\n", facts.Records.Concat(facts.Systems)), "modifier/faits", required: false),
            ]),
            new(t.Get("Les données et les personnes"),
            [
                F(Languages.Key("Catégories de données"), Joined("\n", Labels("DataCategory", people.DataCategories), people.DataNote), "modifier/personnes"),
                F(Languages.Key("Données sensibles"), YesNo(people.SpecialData), "modifier/personnes"),
                F(Languages.Key("Nombre approximatif d’enregistrements"), PeoplePart.Range(people.RecordsAtLeast, people.RecordsAtMost), "modifier/personnes"),
                F(Languages.Key("Catégories de personnes"), Joined("\n", Labels("DataSubjectCategory", people.SubjectCategories), people.PeopleNote), "modifier/personnes"),
                F(Languages.Key("Nombre approximatif de personnes"), PeoplePart.Range(people.SubjectsAtLeast, people.SubjectsAtMost), "modifier/personnes"),
                F(Languages.Key("Mineurs ou personnes vulnérables"), YesNo(people.MinorsOrVulnerable), "modifier/personnes"),
            ]),
            new(t.Get("Les mesures en place et les conséquences"),
            [
                F(Languages.Key("Mesures de sécurité avant la violation"), measures.MeasuresBefore, "modifier/mesures"),
                F(Languages.Key("Données incompréhensibles pour des tiers"), YesNo(measures.DataUnintelligible), "modifier/mesures"),
                F(Languages.Key("Conséquences probables"), Labels("BreachConsequence", measures.Consequences), "modifier/mesures"),
                F(Languages.Key("Préjudices possibles pour les personnes"), Labels("BreachHarm", measures.Harms), "modifier/mesures"),
                F(Languages.Key("Niveau de gravité"), Label("SeverityLevel", risk?.Severity), "risque"),
            ]),
            new(t.Get("Les suites"),
            [
                F(Languages.Key("Mesures prises pour remédier à la violation"), measures.MeasuresTaken, "modifier/mesures"),
                F(Languages.Key("Mesures prévues"), measures.MeasuresPlanned, "modifier/mesures", required: false),
                F(Languages.Key("Information des personnes"), Label("SubjectsInformationStatus", breach.PeopleStatus), null),
                F(Languages.Key("Date, moyens et contenu de cette information"), told.Count == 0 ? null : string.Join("\n", told.Select(one => Told(one, zone))), "communication", required: breach.PeopleStatus == "INFORMED"),
                F(Languages.Key("Personnes d’autres États de l’Union européenne"), facts.CrossBorder == true ? Joined(" : ", YesNo(true), facts.Countries) : YesNo(facts.CrossBorder), "modifier/faits"),
                F(Languages.Key("Plainte"), measures.ComplaintOn is { } on ? Joined(", ", Dates.Full(on), measures.ComplaintWith) : null, "modifier/mesures", required: false),
                F(Languages.Key("Autres autorités prévenues"), string.Join("\n", measures.OtherAuthorities), "modifier/mesures", required: false),
                F(Languages.Key("Rubriques qui ne peuvent être remplies, et pourquoi"), measures.CannotBeFilled, "modifier/mesures", required: false),
            ]),
        ];
    }

    public static IReadOnlyList<DossierField> Missing(IReadOnlyList<DossierSection> sections) => [.. sections.SelectMany(section => section.Fields).Where(field => field.Missing)];

    private string Told(BreachEntry entry, TimeZoneInfo zone)
    {
        var told = entry.Read<PeopleCommunication>();
        return Joined(", ", Dates.Instant(entry.HappenedAt, zone), Labels("CommunicationChannel", told.Channels), told.Recipients is { } count ? t.Get("{0} personnes", count) : null) + "\n" + told.Text;
    }

    private string? YesNo(bool? answer) => answer is { } yes ? t.Get(yes ? "Oui" : "Non") : null;

    private static string? Moment(DateTimeOffset? at, TimeZoneInfo zone) => at is { } moment ? Dates.Instant(moment, zone) : null;

    private static string? Label(string list, string? code) => string.IsNullOrEmpty(code) ? null : Vocabulary.Current.Label(list, code);

    private static string? Labels(string list, List<string> codes) => codes.Count == 0 ? null : string.Join(", ", codes.Select(code => Vocabulary.Current.Label(list, code)));

    private static string Joined(string between, params string?[] parts) => string.Join(between, parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
