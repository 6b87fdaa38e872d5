using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;

namespace Registry.Features.Reminders;

/// <param name="Back">The page to come back to once a reminder has been acknowledged.</param>
public sealed record NoticesView(IReadOnlyList<Notice> Notices, string Back, bool WithOrganisation)
{
    public const string Here = "/rappels";
}

/// <summary>All open reminders of the visitor, and where each is acknowledged.</summary>
[SignedIn]
public sealed class IndexModel(Notices notices, Visitor visitor, IStringLocalizer t) : PageModel
{
    public IReadOnlyList<Notice> Notices { get; private set; } = [];
    public bool MayPreview => visitor.Can(Function.Templates, Right.Write);

    public async Task OnGetAsync() => Notices = await notices.ListAsync();

    public async Task<IActionResult> OnPostAsync([FromForm] Guid notice, [FromForm] string? back)
    {
        if (!ModelState.IsValid || !await notices.AcknowledgeAsync(notice)) return NotFound();
        FrameFilter.Leave(TempData, new("done", t.Get("C’est noté : personne d’autre n’est prévenu de ce rappel.")));
        return Redirect(Url.IsLocalUrl(back) ? back : NoticesView.Here);
    }
}
