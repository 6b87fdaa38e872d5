using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Registry.Features.Shared;

namespace Registry.Features.Records;

/// <summary>A sentence from one to the other beside a section, until it is settled.</summary>
public sealed record RecordComment
{
    public required Guid Id { get; init; }
    public required string Section { get; init; }
    public required string Text { get; init; }

    /// <summary>Only the officer and her assistants ever read it.</summary>
    public required bool Reserved { get; init; }
    public required string WrittenBy { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? SettledBy { get; init; }
    public bool Open => SettledAt is null;
}

public sealed class CommentForm
{
    private const int Longest = 2000;

    /// <summary>Made with the form: sending it twice writes one comment (S-92).</summary>
    public Guid Id { get; set; }
    public string? Section { get; set; }
    public string? Text { get; set; }
    public bool Reserved { get; set; }

    public static IReadOnlyList<Option> Sections => [.. SheetSections.All.Select(section => new Option(section.Key, section.Title))];

    public void Check(ModelStateDictionary errors)
    {
        Text = TypedText.Clean(Text);
        if (SheetSections.Find(Section) is null) errors.AddModelError("Form.Section", "Choisissez la partie dont vous parlez.");
        if (Text is null) errors.AddModelError("Form.Text", "Écrivez votre commentaire.");
        else if (Text.Length > Longest) errors.AddModelError("Form.Text", "Écrivez 2 000 caractères au plus.");
        else if (TypedText.HasHidden(Text, lines: true)) errors.AddModelError("Form.Text", TypedText.HiddenCharacter);
    }
}

/// <param name="Href">The page where comments of this section are written and settled; null for who only reads.</param>
public sealed record CommentsView(IReadOnlyList<RecordComment> Comments, string SectionTitle, TimeZoneInfo Zone, string? Href);
