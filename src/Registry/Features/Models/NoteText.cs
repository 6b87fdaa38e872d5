using Registry.Features.Records;

namespace Registry.Features.Models;

/// <summary>The officer's word on a revision, cleaned: it is kept for good, so it has to be readable.</summary>
public readonly record struct NoteText
{
    public NoteText(string? typed)
    {
        var form = new PublicationSection { PublicNote = typed };
        var hidden = SheetText.Clean(form).FirstOrDefault(error => error.Path == nameof(PublicationSection.PublicNote));
        Text = form.PublicNote;
        Error = hidden is { MessageKey: SheetText.HiddenCharacter } ? SheetText.HiddenCharacter
            : string.IsNullOrEmpty(Text) ? "Dites en une phrase ce qui change."
            : Text.Length > 500 ? "Ce texte ne peut pas dépasser 500 caractères." : null;
    }

    public string? Text { get; }
    public string? Error { get; }
}
