using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Records;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.PublicRegisters;

/// <summary>Hides one sheet from citizens, with the reason that the organisation would give, or shows it again.</summary>
[Requires(Function.PublicRegister, Right.Write), Requires(Function.PublicRegister, Right.Decide)]
public sealed class VisibilityModel(PublicRegisterStore store, Visitor visitor, Journal journal, IStringLocalizer t) : PageModel
{
    [BindProperty]
    public VisibilityForm Form { get; set; } = new();

    public CurrentOrganisation Organisation => visitor.Organisation;
    public ShownSheet Sheet { get; private set; } = null!;
    public string Back => $"/o/{Organisation.Slug}/registre-public";

    public sealed class VisibilityForm
    {
        /// <summary>What the person saw when she decided.</summary>
        public bool Hidden { get; set; }

        [StringLength(500)]
        public string? Reason { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(string sheet)
    {
        if (!await FindAsync(sheet)) return NotFound();
        Form.Hidden = Sheet.Hidden;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string sheet)
    {
        if (!await FindAsync(sheet)) return NotFound();
        var reason = Sheet.Hidden ? null : Form.Reason?.Trim().ReplaceLineEndings("\n").Normalize();
        if (!Sheet.Hidden && string.IsNullOrEmpty(reason)) ModelState.TryAddModelError("Form.Reason", "Indiquez pourquoi cette fiche ne doit pas être lue par tous.");
        else if (TypedText.HasHidden(reason ?? "", lines: true)) ModelState.TryAddModelError("Form.Reason", TypedText.HiddenCharacter);
        if (!ModelState.IsValid) return Page();
        if (Form.Hidden != Sheet.Hidden || !await store.DecideAsync(Sheet.Id, reason)) return StatusCode(StatusCodes.Status409Conflict);
        journal.Record(new Event(Organisation.Id, (reason is null ? Actions.SheetShown : Actions.SheetHidden).Code, RecordDesk.ObjectType, Sheet.Id,
            new EventDetails { Subject = $"{Sheet.Reference} · {Sheet.Title}", Reason = reason }));
        FrameFilter.Leave(TempData, new FrameFlash("done", reason is null ? t.Get("La fiche {0} n’est plus masquée.", Sheet.Reference) : t.Get("La fiche {0} est masquée.", Sheet.Reference)));
        return Redirect(Back);
    }

    private async Task<bool> FindAsync(string reference)
    {
        if (ProcessingRecord.NumberOf(reference) is not { } number || (await store.SheetsAsync(number)).SingleOrDefault() is not { } sheet) return false;
        Sheet = sheet;
        return true;
    }
}
