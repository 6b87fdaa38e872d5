using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Registry.Access;
using Registry.Features.Shared;
using Registry.History;

namespace Registry.Features.Mails;

/// <summary>The mail that has not left (S-93): for the platform's operator, who may have what was given up tried again. It shows no body.</summary>
[Requires(Function.Accounts, Right.Write)]
public sealed class IndexModel(MailStore store, Settings settings, Journal journal, IStringLocalizer t) : PageModel
{
    public const string ObjectType = "MAIL";

    public IReadOnlyList<UnsentMail> Mails { get; private set; } = [];
    public int GivenUp { get; private set; }
    public int Waiting { get; private set; }

    /// <summary>Host and port of the mail server, or null when none is set.</summary>
    public string? MailServer => settings.Smtp is { } smtp ? $"{smtp.Host}:{smtp.Port}" : null;

    public async Task OnGetAsync() => (Mails, GivenUp, Waiting) = await store.ListAsync();

    /// <summary>One mail, or all of those given up when none is named.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm] Guid? mail)
    {
        if (!ModelState.IsValid) return NotFound();
        var again = await store.TryAgainAsync(mail);
        if (again.Count == 0) return mail is null ? StatusCode(StatusCodes.Status409Conflict) : NotFound();
        journal.Record(new Event(null, Actions.MailTriedAgain.Code, ObjectType, mail, new EventDetails
        {
            Subject = Languages.InFrench(() => again.Count == 1 ? again[0] : t.Get("{0} courriers", again.Count)),
        }));
        FrameFilter.Leave(TempData, new("done", again.Count == 1 ? t.Get("Le courrier est remis à l’envoi.") : t.Get("{0} courriers sont remis à l’envoi.", again.Count)));
        return Redirect("/courrier");
    }
}
