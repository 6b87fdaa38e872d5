using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>Adding a second factor: at the end of an invitation, after a loss, or from one's own account (S-34, S-35).</summary>
[AllowAnonymous]
public sealed class EnrolFactorModel(FactorSubject subject, Enrolments enrolments) : PageModel
{
    [BindProperty]
    public Fields Form { get; set; } = new();

    public bool Invited => subject.Invited;
    public bool MayUseAuthenticator { get; private set; }
    public QrPicture? Qr { get; private set; }
    public string Secret { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() => await subject.FindAsync(HttpContext) switch
    {
        FactorSubject.Found.Yes => Show(),
        FactorSubject.Found.AfterStepUp => Redirect("/connexion/confirmer?retour=%2Fsecond-facteur%2Fnouveau"),
        _ => Redirect("/connexion"),
    };

    public async Task<IActionResult> OnPostCodeAsync()
    {
        if (await subject.FindAsync(HttpContext) != FactorSubject.Found.Yes) return Redirect("/second-facteur/nouveau");
        var secret = enrolments.OpenSecret(subject.Account, Form.Ticket);
        if (secret is not null && await enrolments.EnrolAuthenticatorAsync(subject.Account, secret, Form.Code ?? "", tell: !Invited))
            return LocalRedirect(await subject.FinishAsync(HttpContext));
        ModelState.AddModelError("Form.Code", secret is null
            ? Languages.Key("La page a attendu trop longtemps : le dessin a changé. Scannez le nouveau.")
            : Languages.Key("Ce code ne convient pas. Vérifiez l’heure de votre téléphone et écrivez le code qu’il affiche maintenant."));
        return Show(secret);
    }

    public async Task<IActionResult> OnPostOfferAsync()
    {
        if (await subject.FindAsync(HttpContext) != FactorSubject.Found.Yes) return NotFound();
        var (options, ticket) = await enrolments.OfferPasskeyAsync(subject.Account, HttpContext);
        Response.Headers["X-Passkey-Ticket"] = ticket;
        return Content(options, "application/json");
    }

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential)
    {
        if (await subject.FindAsync(HttpContext) != FactorSubject.Found.Yes) return Redirect("/second-facteur/nouveau");
        var name = BrowserName.Of(Request) is { Length: > 0 } browser ? browser : "–";
        if (await enrolments.EnrolPasskeyAsync(subject.Account, HttpContext, credential ?? "", Form.Ticket, name, tell: !Invited) is { } passkey)
            return LocalRedirect(await subject.FinishAsync(HttpContext, passkey));
        ModelState.AddModelError("", Languages.Key("Cette clé d’accès n’a pas pu être enregistrée. Recommencez, ou choisissez l’application."));
        return Show();
    }

    private PageResult Show(byte[]? secret = null)
    {
        MayUseAuthenticator = !subject.Account.Administrator;
        if (MayUseAuthenticator)
        {
            secret ??= Totp.NewSecret();
            Secret = string.Join(' ', Totp.Base32(secret).Chunk(4).Select(group => new string(group)));
            Qr = QrPicture.Of(Totp.Address(secret, subject.Account.Email));
            ModelState.Remove("Form.Ticket");
            Form.Ticket = enrolments.SealSecret(subject.Account, secret);
        }
        return Page();
    }

    public sealed class Fields
    {
        public string? Code { get; set; }

        /// <summary>The secret or the challenge, sealed: nothing is stored before it is proved.</summary>
        public string? Ticket { get; set; }
    }
}
