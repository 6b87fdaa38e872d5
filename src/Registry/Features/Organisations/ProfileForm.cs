using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Organisations;

/// <summary>What may be changed on a profile. Name, type and INSEE code come from the official list and stay.</summary>
public sealed class ProfileForm
{
    public int Version { get; set; }
    [Display(Name = "Sigle"), StringLength(60)] public string? ShortName { get; set; }
    [Display(Name = "SIREN"), StringLength(40)] public string? Siren { get; set; }
    [Display(Name = "SIRET"), StringLength(40)] public string? Siret { get; set; }
    [Display(Name = "Adresse"), StringLength(500)] public string? Address { get; set; }
    [Display(Name = "Code postal"), StringLength(20)] public string? PostalCode { get; set; }
    [Display(Name = "Ville"), StringLength(200)] public string? City { get; set; }
    [Display(Name = "Téléphone"), StringLength(40)] public string? Phone { get; set; }
    [Display(Name = "Adresse électronique"), StringLength(254)] public string? Email { get; set; }
    [Display(Name = "Site internet"), StringLength(500)] public string? Website { get; set; }
    [Display(Name = "Nombre d’agents"), Range(0, 1_000_000)] public int? StaffCount { get; set; }
    [Display(Name = "Le Vendredi saint est férié ici")] public bool GoodFridayObserved { get; set; }
    [Display(Name = "Couleur"), StringLength(20)] public string? Accent { get; set; }
    [Display(Name = "Adresse électronique pour les droits"), StringLength(254)] public string? RightsContactEmail { get; set; }
    [Display(Name = "Adresse postale pour les droits"), StringLength(500)] public string? RightsContactPost { get; set; }

    public static ProfileForm Of(Organisation o) => new()
    {
        Version = o.Version, ShortName = o.ShortName, Siren = o.Siren, Siret = o.Siret, Address = o.Address, PostalCode = o.PostalCode, City = o.City,
        Phone = o.Phone, Email = o.Email, Website = o.Website, StaffCount = o.StaffCount, GoodFridayObserved = o.GoodFridayObserved, Accent = o.Accent,
        RightsContactEmail = o.RightsContactEmail, RightsContactPost = o.RightsContactPost,
    };

    public void Check(ModelStateDictionary errors)
    {
        var siren = Identifiers.Siren(Siren);
        Say("Siren", siren.Message);
        Say("Siret", Identifiers.Siret(Siret, siren.Value).Message);
        Say("PostalCode", Identifiers.PostalCode(PostalCode).Message);
        Say("Email", Problem(Email));
        Say("RightsContactEmail", Problem(RightsContactEmail));
        if (!string.IsNullOrWhiteSpace(Website) && !(Uri.TryCreate(Website.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https"))
            Say("Website", "Écrivez une adresse complète, qui commence par https://");
        if (!Accents.All.Contains(Accent)) Say("Accent", "Choisissez une valeur de la liste.");
        foreach (var field in typeof(ProfileForm).GetProperties().Where(field => field.PropertyType == typeof(string)))
        {
            if (field.GetValue(this) is not string text) continue;
            // The length that counts is that of what is kept, after normalisation.
            if (text.Normalize().Length > field.GetCustomAttribute<StringLengthAttribute>()!.MaximumLength) Say(field.Name, "Ce texte est trop long : raccourcissez-le.");
            if (TypedText.HasHidden(text, lines: true)) Say(field.Name, TypedText.HiddenCharacter);
        }

        void Say(string field, string? message)
        {
            if (message is not null) errors.TryAddModelError("Form." + field, message);
        }
    }

    public Organisation Apply(Organisation o) => o with
    {
        Version = Version,
        ShortName = Text(ShortName),
        Siren = Identifiers.Siren(Siren).Value,
        Siret = Identifiers.Siret(Siret).Value,
        Address = Text(Address),
        PostalCode = Identifiers.PostalCode(PostalCode).Value,
        City = Text(City),
        Phone = Text(Phone),
        Email = Text(Email),
        Website = Text(Website),
        StaffCount = StaffCount,
        GoodFridayObserved = GoodFridayObserved,
        Accent = Accent!,
        RightsContactEmail = Text(RightsContactEmail),
        RightsContactPost = Text(RightsContactPost),
    };

    public static IReadOnlyList<Change> Compare(Organisation before, Organisation after)
    {
        var (old, now) = (Of(before), Of(after));
        return [.. typeof(ProfileForm).GetProperties().Where(field => field.Name != nameof(Version) && !Equals(field.GetValue(old), field.GetValue(now)))
            .Select(field => new Change(((DisplayAttribute)field.GetCustomAttributes(typeof(DisplayAttribute), false)[0]).Name!, field.GetValue(old)?.ToString(), field.GetValue(now)?.ToString()))];
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().ReplaceLineEndings("\n").Normalize();

    private static string? Problem(string? email) => string.IsNullOrWhiteSpace(email) || EmailAddress.IsWhole(email) ? null : EmailAddress.Message;
}
