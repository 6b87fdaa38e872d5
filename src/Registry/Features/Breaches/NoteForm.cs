using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Breaches;

/// <summary>An exchange with an authority, or somebody who was told.</summary>
public sealed class NoteForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";
    public const string Exchange = "echange", Told = "prevenu";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choisissez ce que vous notez.")]
    [OneOf(Exchange, Told)]
    public string? What { get; set; }

    [Required(ErrorMessage = "Dites avec qui.")]
    [StringLength(200, ErrorMessage = TooLong)]
    public string? Who { get; set; }

    public DateParts At { get; set; } = new();

    [OneOf("RECEIVED", "SENT")]
    public string? Direction { get; set; }

    [Vocabulary("CommunicationChannel", "EMAIL", "POST", "REGISTERED_POST", "PHONE", "SMS", "IN_PERSON", "PORTAL")]
    public string? Channel { get; set; }

    [StringLength(4000, ErrorMessage = TooLong)]
    public string? Text { get; set; }

    public bool Orders { get; set; }

    public static IReadOnlyList<Option> Kinds { get; } = [new(Exchange, Languages.Key("Un échange avec la CNIL ou une autre autorité")), new(Told, Languages.Key("Une personne prévenue"))];

    public static IReadOnlyList<Option> Directions { get; } = [new("RECEIVED", Languages.Key("Reçu")), new("SENT", Languages.Key("Envoyé"))];

    public static IReadOnlyList<Option> Channels => [.. new[] { "EMAIL", "PHONE", "SMS", "IN_PERSON", "POST", "REGISTERED_POST", "PORTAL" }.Select(code => new Option(code, Vocabulary.Current.Label("CommunicationChannel", code)))];

    public DateTimeOffset? Check(ModelStateDictionary errors, TimeZoneInfo zone, DateTimeOffset now)
    {
        foreach (var (key, text, lines) in new[] { ("Form.Who", Who, false), ("Form.Text", Text, true) })
            if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
        (Who, Text) = (TypedText.Clean(Who), TypedText.Clean(Text));
        if (At.IsEmpty) errors.AddModelError("Form.At", "Indiquez quand.");
        if (What == Exchange && Text is null) errors.AddModelError("Form.Text", "Écrivez ce qui a été dit ou demandé.");
        var at = TypedMoment.Read(errors, "Form.At", At, zone, now);
        return errors.IsValid ? at : null;
    }

    public (string Kind, object Content) ToEntry() => What == Told
        ? (EntryKinds.Told, new PersonTold(Who!, null, string.IsNullOrEmpty(Channel) ? "PHONE" : Channel))
        : (EntryKinds.Exchange, new AuthorityExchange(Who!, string.IsNullOrEmpty(Direction) ? "RECEIVED" : Direction, Text!, Orders));
}
