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

    /// <summary>The chosen office, which says what else is asked; null while none is.</summary>
    public Office? Office => Offices.Find(Kind);

    public static IReadOnlyList<Option> Terms(string list) => [.. Vocabulary.Current.Terms(list).Select(term => new Option(term.Code, term.Label))];

    /// <param name="existing">The appointments of the organisation.</param>
    /// <param name="known">The chosen person, or whoever has the typed address; null for somebody new.</param>
    /// <param name="errors">Where the messages go.</param>
    public void Check(IReadOnlyList<Appointment> existing, KnownPerson? known, ModelStateDictionary errors)
    {
        if (Id == Guid.Empty) Id = Guid.CreateVersion7();
        if (string.IsNullOrEmpty(Person))
        {
            Person = null;
            Required("FirstName", FirstName, 100, Languages.Key("Écrivez le prénom."));
            Required("LastName", LastName, 100, Languages.Key("Écrivez le nom."));
            Limited("Job", Job, 200);
            if (!string.IsNullOrWhiteSpace(Email) && !EmailAddress.IsWhole(Email)) errors.AddModelError("Form.Email", EmailAddress.Message);
            else if (known is not null && !known.IsNamed(FirstName, LastName))
                errors.AddModelError("Form.Email", "Cette adresse est celle d’une autre personne, montrée dans « Déjà connue » : choisissez-la, ou vérifiez le nom et l’adresse.");
        }
        else if (known is null) errors.AddModelError("Form.Person", "Choisissez une valeur de la liste.");
        if (Office is null) errors.AddModelError("Form.Kind", "Choisissez la fonction.");
        if (Terms("ActType").All(act => act.Value != ActType)) errors.AddModelError("Form.ActType", "Dites par quel acte : courrier, délibération, arrêté ou convention.");
        if (DelegationScope.Any(scope => !Vocabulary.Current.Contains("DelegationScope", scope))) errors.AddModelError("Form.DelegationScope", "Choisissez une valeur de la liste.");
        Day("StartOn", StartOn, Languages.Key("Indiquez le premier jour."));
        Day("ActDate", ActDate, Languages.Key("Indiquez la date de l’acte."));
        Limited("ActReference", ActReference, 200);
        Limited("SignedBy", SignedBy, 200);
        if (EndOn < StartOn) errors.AddModelError("Form.EndOn", "Le dernier jour ne peut pas être avant le premier.");
        Rules(existing, known, errors);

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

    public Appointment ToAppointment(KnownPerson? known) => new()
    {
        Id = Id,
        PersonId = known?.Id ?? DerivedPerson(),
        PersonName = known?.Name ?? $"{FirstName!.Trim()} {LastName!.Trim()}",
        Email = known is null ? Email?.Trim() : known.Email,
        Kind = Kind!, StartOn = StartOn!.Value, EndOn = EndOn, ActType = ActType!, ActReference = ActReference?.Trim(), ActDate = ActDate!.Value,
        SignedBy = SignedBy?.Trim(), DelegationScope = [.. DelegationScope.Distinct()], Version = 1,
    };

    private void Rules(IReadOnlyList<Appointment> existing, KnownPerson? known, ModelStateDictionary errors)
    {
        bool Overlaps(Appointment one) => !one.IsCancelled && one.StartOn <= (EndOn ?? DateOnly.MaxValue) && (one.EndOn ?? DateOnly.MaxValue) >= (StartOn ?? DateOnly.MinValue);

        if (Kind is "DPO" or "CORRESPONDENT" && existing.Any(one => one.Kind == Kind && one.Id != Id && Overlaps(one)))
            errors.TryAddModelError("Form.Kind", "Quelqu’un tient déjà cette fonction sur cette période : mettez d’abord fin à sa désignation.");
        Delegation(existing, errors);
        if (Office?.LongestDays is { } longest && (EndOn is null || StartOn is null || EndOn.Value.DayNumber - StartOn.Value.DayNumber > longest))
            errors.TryAddModelError("Form.EndOn", "Un auditeur est désigné pour trente jours au plus : indiquez le dernier jour.");
        // who checks does not answer for what is checked. The same address is the same person, however she was typed.
        if (Kind is null || !errors.IsValid) return;
        var others = existing.Where(one => Overlaps(one) && (one.PersonId == known?.Id || (Person is null && EmailAddress.Same(one.Email, Email)))).Select(one => one.Kind).ToList();
        if ((Checks(Kind) && others.Any(Answers)) || (Answers(Kind) && others.Any(Checks)))
            errors.AddModelError("Form.Kind", "Le délégué ne peut pas tenir aussi une fonction qu’il contrôle : c’est un conflit d’intérêts (article 38, paragraphe 6).");

        static bool Checks(string kind) => kind is "DPO" or "DPO_ASSISTANT";
        static bool Answers(string kind) => Roles.Of(kind) is Role.ControllerRep or Role.ProcessorManager or Role.ProcessorHelpdesk || kind == "SECURITY_OFFICER";
    }

    /// <summary>Whose appointment this one is delegated from, if that appointment may give it.</summary>
    public Appointment? Giver(IReadOnlyList<Appointment> existing) =>
        Givers(existing).FirstOrDefault(one => one.Id.ToString() == DelegatedFrom);

    /// <summary>Who may delegate to the chosen office: somebody appointed here, since the delegation ends with her own appointment.</summary>
    public IEnumerable<Appointment> Givers(IReadOnlyList<Appointment> existing) =>
        existing.Where(one => one.AreaName is null && !one.IsCancelled && Office?.Giver is { } giver && one.Kind == giver);

    private void Delegation(IReadOnlyList<Appointment> existing, ModelStateDictionary errors)
    {
        if (Office is null) return;
        if (DelegationScope.Any(scope => !Office.Scopes.Contains(scope))) errors.TryAddModelError("Form.DelegationScope", "Cela ne se délègue pas à cette fonction.");
        var giver = Giver(existing);
        if (giver is null)
        {
            if (!string.IsNullOrEmpty(DelegatedFrom) || Office.MustBeDelegated || DelegationScope.Count > 0)
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
