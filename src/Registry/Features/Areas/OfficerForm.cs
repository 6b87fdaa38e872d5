using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Areas;

/// <summary>The act that names an officer for an area, as typed.</summary>
public sealed class OfficerForm
{
    public int Version { get; set; }
    public string? Person { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Email { get; set; }
    public DateOnly? From { get; set; }
    public string? ActType { get; set; }
    public string? ActReference { get; set; }
    public DateOnly? ActDate { get; set; }
    public string? EndReason { get; set; }

    public void Check(ModelStateDictionary errors)
    {
        if (string.IsNullOrEmpty(Person))
        {
            FirstName = Text("FirstName", FirstName, Languages.Key("Écrivez le prénom."));
            LastName = Text("LastName", LastName, Languages.Key("Écrivez le nom."));
            Email = Email?.Trim();
            if (!EmailAddress.IsWhole(Email)) errors.AddModelError("Form.Email", EmailAddress.Message);
        }
        if (!Vocabulary.Current.Contains("ActType", ActType)) errors.AddModelError("Form.ActType", "Dites par quel acte : courrier, délibération, arrêté ou convention.");
        ActReference = string.IsNullOrWhiteSpace(ActReference) ? null : ActReference.Trim();
        if (ActReference?.Length > 200) errors.AddModelError("Form.ActReference", "Écrivez 200 caractères au plus.");
        else if (ActReference is not null && TypedText.HasHidden(ActReference)) errors.AddModelError("Form.ActReference", TypedText.HiddenCharacter);
        Day("ActDate", ActDate, Languages.Key("Indiquez la date de l’acte."));
        Day("From", From, Languages.Key("Indiquez le premier jour."));

        string? Text(string field, string? typed, string message)
        {
            var text = typed?.Trim();
            if (string.IsNullOrEmpty(text)) errors.AddModelError("Form." + field, message);
            else if (text.Length > 100) errors.AddModelError("Form." + field, "Écrivez 100 caractères au plus.");
            else if (TypedText.HasHidden(text)) errors.AddModelError("Form." + field, TypedText.HiddenCharacter);
            return text;
        }

        void Day(string field, DateOnly? day, string message)
        {
            if (day is null && errors["Form." + field]?.Errors is not { Count: > 0 }) errors.AddModelError("Form." + field, message);
        }
    }

    public AreaOffice ToOffice(Guid person, string name) => new()
    {
        Id = Guid.CreateVersion7(), PersonId = person, Name = name, Kind = "DPO", StartOn = From!.Value, ActType = ActType!, ActReference = ActReference, ActDate = ActDate!.Value, Version = 1,
    };
}
