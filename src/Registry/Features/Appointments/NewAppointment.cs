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
            Required("FirstName", FirstName, 100, Languages.Key("Écrivez le prénom."));
            Required("LastName", LastName, 100, Languages.Key("Écrivez le nom."));
            Limited("Job", Job, 200);
            if (!string.IsNullOrWhiteSpace(Email) && !(Email.Trim().Length <= 254 && MailAddress.TryCreate(Email.Trim(), out var address) && address.Address == Email.Trim() && address.Host.Contains('.')))
                errors.AddModelError("Form.Email", "Écrivez une adresse électronique complète, comme nom@exemple.fr");
        }
        else if (existing.All(one => one.PersonId.ToString() != Person)) errors.AddModelError("Form.Person", "Choisissez une valeur de la liste.");
        if (Kinds.All(kind => kind.Value != Kind)) errors.AddModelError("Form.Kind", "Choisissez la fonction.");
        if (Terms("ActType").All(act => act.Value != ActType)) errors.AddModelError("Form.ActType", "Dites par quel acte : courrier, délibération, arrêté ou convention.");
        if (DelegationScope.Any(scope => !Vocabulary.Current.Contains("DelegationScope", scope))) errors.AddModelError("Form.DelegationScope", "Choisissez une valeur de la liste.");
        Day("StartOn", StartOn, Languages.Key("Indiquez le premier jour."));
        Day("ActDate", ActDate, Languages.Key("Indiquez la date de l’acte."));
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
            if (text?.Length > most) errors.AddModelError("Form." + field, most == 100 ? Languages.Key("Écrivez 100 caractères au plus.") : Languages.Key("Écrivez 200 caractères au plus."));
            else if (text is not null && TypedText.HasHidden(text)) errors.AddModelError("Form." + field, TypedText.HiddenCharacter);
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
        Delegation(existing, errors);
        if (Kind == "AUDITOR" && (EndOn is null || StartOn is null || EndOn.Value.DayNumber - StartOn.Value.DayNumber > 30))
            errors.TryAddModelError("Form.EndOn", "Un auditeur est désigné pour trente jours au plus : indiquez le dernier jour.");
        // who checks does not answer for what is checked. The same address is the same person, however she was typed.
        if (Kind is null || !errors.IsValid) return;
        var others = existing.Where(one => Overlaps(one) && (one.PersonId.ToString() == Person || (Person is null && SameAddress(one.Email)))).Select(one => one.Kind).ToList();
        if ((Checks(Kind) && others.Any(Answers)) || (Answers(Kind) && others.Any(Checks)))
            errors.AddModelError("Form.Kind", "Le délégué ne peut pas tenir aussi une fonction qu’il contrôle : c’est un conflit d’intérêts (article 38, paragraphe 6).");

        static bool Checks(string kind) => kind is "DPO" or "DPO_ASSISTANT";
        static bool Answers(string kind) => Roles.Of(kind) is Role.ControllerRep or Role.ProcessorManager or Role.ProcessorHelpdesk || kind == "SECURITY_OFFICER";
    }

    private bool SameAddress(string? email) => !string.IsNullOrWhiteSpace(Email) && string.Equals(email, Email.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whose appointment this one is delegated from, if that appointment may give it.</summary>
    public Appointment? Giver(IReadOnlyList<Appointment> existing) =>
        existing.FirstOrDefault(one => one.AreaName is null && one.Id.ToString() == DelegatedFrom && Givers.Contains(one.Kind));

    // The mayor delegates to an elected member or the chief executive (domain §1.2); a scope is delegated by whoever holds it.
    private string[] Givers => Kind == "CORRESPONDENT_DELEGATE" ? ["CORRESPONDENT"]
        : DelegationScope.Contains(Records.RecordStates.Validation) ? ["DPO"]
        : ["LEGAL_REPRESENTATIVE"];

    private void Delegation(IReadOnlyList<Appointment> existing, ModelStateDictionary errors)
    {
        var giver = Giver(existing);
        if (giver is null)
        {
            if (!string.IsNullOrEmpty(DelegatedFrom) || Kind is "CORRESPONDENT_DELEGATE" or "ELECTED_DELEGATE" or "DGS" || DelegationScope.Count > 0)
                errors.TryAddModelError("Form.DelegatedFrom", Kind == "CORRESPONDENT_DELEGATE"
                    ? Languages.Key("Dites quel correspondant délègue.")
                    : Languages.Key("Dites qui délègue : le représentant légal, ou le délégué pour la validation des fiches. Enregistrez d’abord sa désignation."));
        }
        else if (giver.StartOn > StartOn) errors.TryAddModelError("Form.StartOn", "La délégation ne peut pas commencer avant la désignation de celui qui délègue.");
        else if (giver.EndOn is { } last && (EndOn is null || EndOn > last))
            errors.TryAddModelError("Form.EndOn", "La délégation prend fin au plus tard avec la désignation de celui qui délègue.");
    }

    // The same form sent twice names the same person, not a second one.
    private Guid DerivedPerson() => new(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes("person/" + Id)).AsSpan(0, 16));
}
