using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Access;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Requests;

/// <summary>A request that came by post, at the desk, by phone or by mail, as the correspondent writes it down: with the day on which it truly came.</summary>
public sealed class RequestForm
{
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Dites comment la demande est arrivée.")]
    [Vocabulary("CommunicationChannel")]
    public string? Channel { get; set; }

    public DateParts ReceivedOn { get; set; } = new();

    [Vocabulary("RightType")]
    public List<string> Rights { get; set; } = [];

    [StringLength(8000, ErrorMessage = TooLong)]
    public string? Text { get; set; }

    [StringLength(100, ErrorMessage = TooLong)]
    public string? FirstName { get; set; }

    [Required(ErrorMessage = "Écrivez le nom de la personne qui demande.")]
    [StringLength(100, ErrorMessage = TooLong)]
    public string? LastName { get; set; }

    [StringLength(EmailAddress.Longest, ErrorMessage = TooLong)]
    public string? Email { get; set; }

    [StringLength(500, ErrorMessage = TooLong)]
    public string? Post { get; set; }

    [StringLength(40, ErrorMessage = TooLong)]
    public string? Phone { get; set; }

    [Required(ErrorMessage = "Dites à quel titre elle demande.")]
    [Vocabulary("RequesterCapacity")]
    public string? Capacity { get; set; } = "SELF";

    [StringLength(200, ErrorMessage = TooLong)]
    public string? Subject { get; set; }

    private static readonly string[] Ways = ["POST", "REGISTERED_POST", "IN_PERSON", "EMAIL", "PHONE"];

    public static IReadOnlyList<Option> Channels => [.. Ways.Select(code => new Option(code, Vocabulary.Current.Label("CommunicationChannel", code)))];
    public static IReadOnlyList<Option> RightOptions => [.. Vocabulary.Current.Terms("RightType").Select(term => new Option(term.Code, term.Label))];
    public static IReadOnlyList<Option> Capacities => [.. Vocabulary.Current.Terms("RequesterCapacity").Select(term => new Option(term.Code, term.Label))];

    /// <summary>Null when something is wrong, said by its field.</summary>
    public RightsRequest? Check(ModelStateDictionary errors, DateOnly today, DateTimeOffset now, Visitor visitor)
    {
        foreach (var (key, text, lines) in new[]
                 {
                     ("Form.Text", Text, true), ("Form.Post", Post, true), ("Form.FirstName", FirstName, false), ("Form.LastName", LastName, false), ("Form.Email", Email, false),
                     ("Form.Phone", Phone, false), ("Form.Subject", Subject, false),
                 })
            if (text is not null && TypedText.HasHidden(text, lines)) errors.AddModelError(key, TypedText.HiddenCharacter);
        (Text, Post, FirstName, LastName, Email, Phone, Subject) =
            (TypedText.Clean(Text), TypedText.Clean(Post), TypedText.Clean(FirstName), TypedText.Clean(LastName), TypedText.Clean(Email), TypedText.Clean(Phone), TypedText.Clean(Subject));
        if (Channel is not null && !Ways.Contains(Channel)) errors.AddModelError("Form.Channel", "Choisissez dans la liste.");
        if (Text is null && Rights.Count == 0) errors.AddModelError("Form.Text", "Écrivez ce qui est demandé, ou cochez un droit.");
        if (Email is not null && !EmailAddress.IsWhole(Email)) errors.AddModelError("Form.Email", EmailAddress.Message);
        if (Email is null && Post is null && Phone is null) errors.AddModelError("Form.Email", "Indiquez au moins un moyen de répondre : courriel, adresse ou téléphone.");
        if (Capacity is not (null or "SELF" or "MINOR") && Subject is null) errors.AddModelError("Form.Subject", "Écrivez le nom de la personne concernée.");
        if (ReceivedOn.IsEmpty) errors.AddModelError("Form.ReceivedOn", "Indiquez le jour où la demande est arrivée : le délai d’un mois en part.");
        else if (ReceivedOn.Date > today) errors.AddModelError("Form.ReceivedOn", "Ce jour est dans le futur : indiquez le jour où la demande est arrivée.");
        if (!errors.IsValid) return null;
        var received = ReceivedOn.Date!.Value;
        return new RightsRequest
        {
            Id = Id, Year = received.Year, Channel = Channel!, Rights = [.. Rights.Distinct()], Status = RequestStatus.Received, ReceivedOn = received, Course = new(), RegisteredAt = now, RegisteredBy = visitor.Name,
            Content = new() { Requester = new(FirstName, LastName, Email, Post, Phone), Capacity = Capacity!, Subject = Capacity == "SELF" ? null : Subject, Text = Text ?? "" },
        };
    }
}
