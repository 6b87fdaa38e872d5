using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Records;

/// <summary>Labels that the people of the register put on a record to find it again. They are part of no published text.</summary>
[Requires(Function.DraftRecord, Right.Write)]
public sealed class TagsModel(RecordStore store, RecordDesk desk, Visitor visitor, IStringLocalizer t) : PageModel
{
    private const int Most = 12;
    private const int Longest = 40;

    public sealed class TagsForm
    {
        public string? Tags { get; set; }
    }

    [BindProperty]
    public TagsForm Form { get; set; } = new();

    public ProcessingRecord Record { get; private set; } = null!;
    public CurrentOrganisation Organisation => visitor.Organisation;
    public string Back => $"/o/{Organisation.Slug}/traitements/{Record.Reference}";

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: false)) return NotFound();
        Form.Tags = string.Join(", ", Record.Tags);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference)
    {
        if (!await ReadAsync(reference, toChange: true)) return NotFound();
        var typed = Form.Tags ?? "";
        string[] tags = [.. typed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.CurrentCultureIgnoreCase)];
        if (TypedText.HasHidden(typed)) ModelState.AddModelError("Form.Tags", TypedText.HiddenCharacter);
        else if (tags.Length > Most) ModelState.AddModelError("Form.Tags", "Écrivez douze étiquettes au plus.");
        else if (tags.Any(tag => tag.Length > Longest)) ModelState.AddModelError("Form.Tags", "Écrivez des étiquettes de 40 caractères au plus, séparées par des virgules.");
        if (!ModelState.IsValid) return Page();
        if (!tags.SequenceEqual(Record.Tags))
        {
            await store.SaveTagsAsync(Record, tags);
            desk.Tell(Actions.RecordLabelled, Record.Id, $"{Record.Reference} · {Record.Title}",
                changes: [new Change("Étiquettes", Record.Tags.Length == 0 ? null : string.Join(", ", Record.Tags), tags.Length == 0 ? null : string.Join(", ", tags))]);
            FrameFilter.Leave(TempData, new FrameFlash("done", t.Get("Les étiquettes de {0} sont enregistrées.", Record.Reference)));
        }
        return Redirect(Back);
    }

    private async Task<bool> ReadAsync(string reference, bool toChange)
    {
        if (await store.FindAsync(reference, toChange) is not { } record) return false;
        Record = record;
        return true;
    }
}
