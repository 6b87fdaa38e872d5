using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Facts;
using Registry.Features.Shared;

namespace Registry.Features.Organisations;

/// <summary>What is asked to bring an organisation in. What the official list knows comes by itself and cannot be typed over.</summary>
public sealed class NewOrganisation
{
    public Guid Id { get; set; }

    /// <summary>INSEE code or SIREN of the official list.</summary>
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? Type { get; set; }
    public string? Siren { get; set; }
    public string? Territory { get; set; }
    public string? Area { get; set; }

    public void Check(OfficialBody? body, IReadOnlyList<Area> areas, ModelStateDictionary errors)
    {
        if (areas.Count > 0 && areas.All(area => area.Id.ToString() != Area)) errors.AddModelError("Form.Area", "Choisissez l’espace mutualisé qui accueille cet organisme.");
        if (body?.Territory is null && !Vocabulary.Current.Contains("Territory", Territory)) errors.AddModelError("Form.Territory", "Choisissez le territoire : il donne les jours fériés et l’heure.");
        if (body is not null) return;
        Name = Name?.Trim().Normalize(NormalizationForm.FormC);
        if (string.IsNullOrEmpty(Name)) errors.AddModelError("Form.Name", "Écrivez le nom de l’organisme.");
        else if (Name.Length > 200) errors.AddModelError("Form.Name", "Écrivez 200 caractères au plus.");
        else if (TypedText.HasHidden(Name)) errors.AddModelError("Form.Name", TypedText.HiddenCharacter);
        else if (Slug(Name).Length == 0) errors.AddModelError("Form.Name", "Écrivez le nom de l’organisme en lettres.");
        if (!Vocabulary.Current.Contains("OrganisationType", Type) || Type is "COMMUNE" or "COMMUNE_NOUVELLE") errors.AddModelError("Form.Type", "Choisissez le type d’organisme. Une commune se choisit dans la liste officielle.");
        if (Identifiers.Siren(Siren) is { IsValid: false, Message: { } message }) errors.AddModelError("Form.Siren", message);
    }

    public Organisation ToOrganisation(OfficialBody? body)
    {
        var territory = body?.Territory ?? Territory!;
        var name = body?.Name ?? Name!;
        return new Organisation
        {
            Id = Id == Guid.Empty ? Guid.CreateVersion7() : Id,
            // The code keeps two communes of one name apart, and stays when the name changes.
            Slug = Slug(name) + (body is null ? "-" + Guid.NewGuid().ToString("n")[..5] : "-" + (body.InseeCode ?? body.Siren!).ToLowerInvariant()),
            Name = name,
            Type = body?.Type ?? Type!,
            Siren = body is null ? Identifiers.Siren(Siren).Value : body.Siren,
            InseeCode = body?.InseeCode,
            PostalCode = body?.PostalCodes.Count == 1 ? body.PostalCodes[0] : null,
            City = body?.InseeCode is null ? null : name,
            Population = body?.Population,
            DepartmentCode = body?.DepartmentCode,
            DepartmentName = body?.DepartmentName,
            Territory = territory,
            TimeZone = body?.TimeZone ?? Vocabulary.Current.Find("Territory", territory)!.Property("timeZone")!,
            Accent = Shared.Accents.All[Math.Abs(StableHash(name)) % Shared.Accents.All.Count],
        };
    }

    /// <summary>"Druelle Balsac" → "druelle-balsac": letters without accents, digits and single hyphens, at most sixty.</summary>
    public static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Replace("œ", "oe").Replace("Œ", "oe").Normalize(NormalizationForm.FormD))
        {
            if (char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(char.ToLowerInvariant(letter));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length == 60) break;
        }
        return slug.ToString().Trim('-');
    }

    private static int StableHash(string text) => text.Aggregate(17, (hash, letter) => (hash * 31 + letter) & 0x7fffffff);
}
