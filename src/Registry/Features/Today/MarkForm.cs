using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.Today;

/// <summary>Who takes a line, and until when it can wait.</summary>
public sealed class MarkForm
{
    public int Seen { get; set; }

    public string? To { get; set; }

    public DateParts Until { get; set; } = new();

    [StringLength(500, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Reason { get; set; }

    public static MarkForm Of(WorkMark? mark) => new() { Seen = mark?.Version ?? 0, To = mark?.AssignedTo?.ToString(), Until = DateParts.From(mark?.PutOffUntil), Reason = mark?.Reason };

    private static string TooLate(WorkLine line, DateOnly today) => line.DueOn is not { } due ? Languages.Key("Reportez de trois mois au plus.")
        : due <= today ? Languages.Key("L’échéance est passée : reportez d’une semaine au plus.") : Languages.Key("Ne reportez pas au-delà de l’échéance.");

    /// <summary>What is to be kept; null where a field says what is wrong.</summary>
    public WorkMark? Check(ModelStateDictionary errors, WorkLine line, IReadOnlyList<Option> colleagues, DateOnly today, Guid person, string name)
    {
        if (Reason is not null && TypedText.HasHidden(Reason, lines: false)) errors.AddModelError("Form.Reason", TypedText.HiddenCharacter);
        Reason = TypedText.Clean(Reason);
        var to = string.IsNullOrEmpty(To) ? null : colleagues.FirstOrDefault(one => one.Value == To);
        if (!string.IsNullOrEmpty(To) && to is null) errors.AddModelError("Form.To", "Choisissez une personne de la liste.");
        if (Until.Date is { } until)
        {
            if (line.MayWaitUntil(today) is not { } last) errors.AddModelError("Form.Until", "Les 72 heures courent : cette ligne ne se reporte pas.");
            else if (until <= today) errors.AddModelError("Form.Until", "Choisissez un jour à venir.");
            else if (until > last) errors.AddModelError("Form.Until", TooLate(line, today));
            if (Reason is null) errors.AddModelError("Form.Reason", "Dites pourquoi la ligne peut attendre.");
        }
        else if (Reason is not null && Until.IsEmpty) errors.AddModelError("Form.Until", "Dites jusqu’à quel jour la ligne attend.");
        return !errors.IsValid ? null : new WorkMark
        {
            OrganisationId = line.OrganisationId, ObjectType = line.ObjectType, ObjectId = line.ObjectId, AssignedTo = to is null ? null : Guid.Parse(to.Value), AssignedName = to?.Label,
            PutOffUntil = Until.Date, PutOffBy = Until.Date is null ? null : person, Reason = Reason, MarkedBy = name, Version = Seen,
        };
    }
}
