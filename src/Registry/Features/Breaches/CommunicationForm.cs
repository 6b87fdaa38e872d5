using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>What the persons were told (article 34(2)), and how.</summary>
public sealed class CommunicationForm
{
    public Guid Id { get; set; }

    [Vocabulary("CommunicationChannel")]
    public List<string> Channels { get; set; } = [];

    public DateParts SentAt { get; set; } = new();

    [Range(0, 2_000_000_000, ErrorMessage = "Indiquez un nombre entier.")]
    public int? Recipients { get; set; }

    [Required(ErrorMessage = "Écrivez ce que les personnes ont reçu.")]
    [StringLength(8000, ErrorMessage = "Écrivez {1} caractères au plus.")]
    public string? Text { get; set; }

    public bool Public { get; set; }
    public bool Ordered { get; set; }

    public static IReadOnlyList<Option> AllChannels => [.. Vocabulary.Current.Terms("CommunicationChannel").Select(term => new Option(term.Code, term.Label))];

    public DateTimeOffset? Check(ModelStateDictionary errors, TimeZoneInfo zone, DateTimeOffset now, DateTimeOffset? notBefore)
    {
        if (Text is not null && TypedText.HasHidden(Text, lines: true)) errors.AddModelError("Form.Text", TypedText.HiddenCharacter);
        Text = TypedText.Clean(Text);
        if (Channels.Count == 0) errors.AddModelError("Form.Channels", "Choisissez au moins un canal.");
        if (SentAt.IsEmpty) errors.AddModelError("Form.SentAt", "Indiquez quand la communication est partie.");
        var sent = TypedMoment.Read(errors, "Form.SentAt", SentAt, zone, now);
        if (sent < notBefore) errors.AddModelError("Form.SentAt", "La communication ne peut pas précéder la prise de connaissance.");
        return errors.IsValid ? sent : null;
    }
}
