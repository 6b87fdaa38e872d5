using System.Net.Mail;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Appointments;

/// <summary>The act that names somebody, as typed.</summary>
public sealed class NewAppointment
{
    public Guid Id { get; set; }
    public string? Person { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Job { get; set; }
    public string? Email { get; set; }
    public string? Kind { get; set; }
    public DateOnly? StartOn { get; set; }
    public DateOnly? EndOn { get; set; }
    public string? ActType { get; set; }
    public string? ActReference { get; set; }
    public DateOnly? ActDate { get; set; }
    public string? SignedBy { get; set; }
    public string? DelegatedFrom { get; set; }
    public List<string> DelegationScope { get; set; } = [];

    /// <summary>The officer and the executive are named for a whole area, the operator by the operator: not here.</summary>
    public static IReadOnlyList<Option> Kinds =>
        [.. Vocabulary.Current.Terms("AppointmentKind").Where(term => term.Code is not ("AREA_EXECUTIVE" or "PLATFORM_ADMIN")).Select(term => new Option(term.Code, term.Label))];

    public static IReadOnlyList<Option> Terms(string list) => [.. Vocabulary.Current.Terms(list).Select(term => new Option(term.Code, term.Label))];

    public void Check(IReadOnlyList<Appointment> existing, ModelStateDictionary errors)
    {
        if (Id == Guid.Empty) Id = Guid.CreateVersion7();
        if (string.IsNullOrEmpty(Person))
        {
            Person = null;
            Required("FirstName", FirstName, 100, "Écrivez le prénom.");
            Required("LastName", LastName, 100, "Écrivez le nom.");
            Limited("Job", Job, 200);
            Limited("Email", Email, 254);
            if (!string.IsNullOrWhiteSpace(Email) && !(MailAddress.TryCreate(Email.Trim(), out var address) && address.Address == Email.Trim() && address.Host.Contains('.')))
                errors.AddModelError("Form.Email", "Écrivez une adresse électronique complète, comme nom@exemple.fr");
        }
        else if (existing.All(one => one.PersonId.ToString() != Person)) errors.AddModelError("Form.Person", "Choisissez une valeur de la liste.");
        if (Kinds.All(kind => kind.Value != Kind)) errors.AddModelError("Form.Kind", "Choisissez la fonction.");
        if (Terms("ActType").All(act => act.Value != ActType)) errors.AddModelError("Form.ActType", "Dites par quel acte : courrier, délibération, arrêté ou convention.");
        if (DelegationScope.Any(scope => !Vocabulary.Current.Contains("DelegationScope", scope))) errors.AddModelError("Form.DelegationScope", "Choisissez une valeur de la liste.");
        Day("StartOn", StartOn, "Indiquez le premier jour.");
        Day("ActDate", ActDate, "Indiquez la date de l’acte.");
        Limited("ActReference", ActReference, 200);
        Limited("SignedBy", SignedBy, 200);
        if (EndOn < StartOn) errors.AddModelError("Form.EndOn", "Le dernier jour ne peut pas être avant le premier.");
        Rules(existing, errors);

        void Required(string field, string? text, int most, string message)
        {
            if (string.IsNullOrWhiteSpace(text)) errors.AddModelError("Form." + field, message);
            else Limited(field, text, most);
        }

        void Limited(string field, string? text, int most)
        {
            if (text?.Length > most) errors.AddModelError("Form." + field, $"Écrivez {most} caractères au plus.");
            else if (text?.Any(char.IsControl) == true) errors.AddModelError("Form." + field, Records.SheetText.HiddenCharacter);
        }

        void Day(string field, DateOnly? day, string message)
        {
            if (day is null && errors["Form." + field]?.Errors is not { Count: > 0 }) errors.AddModelError("Form." + field, message);
        }
    }

    public Appointment ToAppointment(IReadOnlyList<Appointment> existing) => new()
    {
        Id = Id,
        PersonId = Person is null ? DerivedPerson() : Guid.Parse(Person),
        PersonName = Person is null ? $"{FirstName!.Trim()} {LastName!.Trim()}" : existing.First(one => one.PersonId.ToString() == Person).PersonName,
        Kind = Kind!, StartOn = StartOn!.Value, EndOn = EndOn, ActType = ActType!, ActReference = ActReference?.Trim(), ActDate = ActDate!.Value,
        SignedBy = SignedBy?.Trim(), DelegationScope = [.. DelegationScope.Distinct()], Version = 1,
    };

    private void Rules(IReadOnlyList<Appointment> existing, ModelStateDictionary errors)
    {
        bool Overlaps(Appointment one) => one.StartOn <= (EndOn ?? DateOnly.MaxValue) && (one.EndOn ?? DateOnly.MaxValue) >= (StartOn ?? DateOnly.MinValue);

        if (Kind is "DPO" or "CORRESPONDENT" && existing.Any(one => one.Kind == Kind && one.Id != Id && Overlaps(one)))
            errors.TryAddModelError("Form.Kind", "Quelqu’un tient déjà cette fonction sur cette période : mettez d’abord fin à sa désignation.");
        if (string.IsNullOrEmpty(DelegatedFrom)) DelegatedFrom = null;
        else if (existing.All(one => one.AreaName is not null || one.Id.ToString() != DelegatedFrom)) errors.TryAddModelError("Form.DelegatedFrom", "Choisissez une valeur de la liste.");
        if (Kind == "CORRESPONDENT_DELEGATE")
        {
            var giver = existing.FirstOrDefault(one => one.Id.ToString() == DelegatedFrom);
            if (giver?.Kind != "CORRESPONDENT") errors.TryAddModelError("Form.DelegatedFrom", "Dites quel correspondant délègue.");
            else if (giver.EndOn is { } last && (EndOn is null || EndOn > last)) errors.TryAddModelError("Form.EndOn", "La délégation prend fin au plus tard avec la désignation de celui qui délègue.");
        }
        if (Kind == "AUDITOR" && (EndOn is null || StartOn is null || EndOn.Value.DayNumber - StartOn.Value.DayNumber > 30))
            errors.TryAddModelError("Form.EndOn", "Un auditeur est désigné pour trente jours au plus : indiquez le dernier jour.");
        // who checks does not answer for what is checked.
        if (Person is not null && Kind is not null && errors.IsValid)
        {
            string[] checks = ["DPO", "DPO_ASSISTANT"];
            var others = existing.Where(one => one.PersonId.ToString() == Person && Overlaps(one)).Select(one => one.Kind).ToList();
            static bool Answers(string kind) => Roles.Of(kind) is Role.ControllerRep or Role.ProcessorManager or Role.ProcessorHelpdesk || kind == "SECURITY_OFFICER";
            if ((checks.Contains(Kind) && others.Any(Answers)) || (Answers(Kind) && others.Any(checks.Contains)))
                errors.AddModelError("Form.Kind", "Le délégué ne peut pas tenir aussi une fonction qu’il contrôle : c’est un conflit d’intérêts (article 38, paragraphe 6).");
        }
    }

    // The same form sent twice names the same person, not a second one.
    private Guid DerivedPerson() => new(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("person/" + Id)).AsSpan(0, 16));
}
