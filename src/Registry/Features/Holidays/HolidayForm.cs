using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Deadlines;
using Registry.Facts;
using Registry.Features.Records;
using Registry.Features.Shared;

namespace Registry.Features.Holidays;

public sealed class HolidayForm
{
    public const string Added = "ferie", Removed = "ouvre";
    private const string TooLong = "Écrivez {1} caractères au plus.";

    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choisissez le territoire.")]
    [Vocabulary("Territory")]
    public string? Territory { get; set; }

    [Required(ErrorMessage = "Indiquez le jour.")]
    public DateOnly? Day { get; set; }

    [Required(ErrorMessage = "Dites si ce jour est férié.")]
    [OneOf(Added, Removed)]
    public string? Is { get; set; }

    [Required(ErrorMessage = "Donnez le nom de ce jour.")]
    [StringLength(100, ErrorMessage = TooLong)]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Écrivez pourquoi : le texte ou l’usage qui le dit.")]
    [StringLength(500, ErrorMessage = TooLong)]
    public string? Reason { get; set; }

    public bool IsHoliday => Is == Added;

    public static IReadOnlyList<Option> Territories => [.. Vocabulary.Current.Terms("Territory").Select(term => new Option(term.Code, term.Label))];

    public static IReadOnlyList<Option> Meanings { get; } =
    [
        new(Added, Languages.Key("Il est férié, le calcul ne le sait pas"), Languages.Key("Les délais le sautent.")),
        new(Removed, Languages.Key("Il n’est pas férié, le calcul le croit"), Languages.Key("Les délais le comptent comme un jour ordinaire.")),
    ];

    public bool Check(ModelStateDictionary errors)
    {
        TypedText.Judge(errors, ("Name", Name, false), ("Reason", Reason, true));
        (Name, Reason) = (TypedText.Clean(Name), TypedText.Clean(Reason));
        if (Day is { } day && (day.Year < 2000 || day.Year > 2099)) errors.AddModelError("Form.Day", "Indiquez un jour entre 2000 et 2099.");
        else if (Day is { } on && Vocabulary.Current.Contains("Territory", Territory))
        {
            var computed = HolidayCalendar.For(Territory!).On(on) is not null;
            if (Is == Added && computed) errors.AddModelError("Form.Day", "Le calcul connaît déjà ce jour férié.");
            if (Is == Removed && !computed) errors.AddModelError("Form.Day", "Pour le calcul, ce jour n’est pas férié : il n’y a rien à corriger.");
        }
        return errors.IsValid;
    }
}
