using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>
/// The page of a request for whoever made it: how far it is, the dialogue, what is asked of her, the answer with its pieces. It opens with number and code
/// together; a wrong number, a wrong code: the same words after the same work (S-81).
/// </summary>
[PublicPage]
public sealed class FollowModel(PublicBodies bodies, Portal portal, FollowUp following, FollowPass pass, Throttle throttle) : PageModel
{
    private const int Longest = 60;

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public Guid Message { get; set; }

    public PublicBody Body { get; private set; } = null!;

    /// <summary>Null before she is known.</summary>
    public OwnRequest? Own { get; private set; }
    public string? Done { get; private set; }
    public string Here => $"/c/{Body.Slug}";

    public async Task<IActionResult> OnGetAsync(string commune, [FromQuery(Name = "fait")] string? done)
    {
        if (await FindAsync(commune) is { } refusal) return refusal;
        Done = Own is null ? null : done;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string commune)
    {
        if (await FindAsync(commune, opens: false) is { } refusal) return refusal;
        if (string.IsNullOrWhiteSpace(Number) || Number.Length > Longest) ModelState.AddModelError("Number", "Écrivez le numéro de la demande, comme D-2026-014.");
        if (string.IsNullOrWhiteSpace(Code) || Code.Length > Longest) ModelState.AddModelError("Code", "Écrivez le code de seize signes qui était sur votre reçu.");
        if (!ModelState.IsValid) return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "follow", ThrottleRule.Follow), throttle.Of(ThrottleRule.Follow, "follow", $"{Body.Slug}/{Number!.Trim().ToUpperInvariant()}")))
            return Busy("Number", "900");
        if (await portal.FollowAsync(Body.Id, Number!, Code!) is not { } request)
        {
            ModelState.AddModelError("Number", "Ce numéro et ce code ne vont pas ensemble. Vérifiez l’un et l’autre sur votre reçu.");
            return Page();
        }
        pass.Give(Response, Body.Slug, request);
        return Redirect($"{Here}/suivi");
    }

    public async Task<IActionResult> OnPostMessageAsync(string commune)
    {
        if (await FindAsync(commune) is { } refusal) return refusal;
        // Half an hour has passed: what was written stays, and is sent once she is known again.
        if (Own is null) return Page();
        Text = TypedText.Clean(Text);
        if (Text is null) ModelState.AddModelError("Text", "Écrivez votre message.");
        else if (Text.Length > RequestMessage.Longest) ModelState.AddModelError("Text", "Écrivez 20 000 caractères au plus.");
        else if (TypedText.HasHidden(Text, lines: true)) ModelState.AddModelError("Text", TypedText.HiddenCharacter);
        if (!ModelState.IsValid) return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "message", ThrottleRule.Upload))) return Busy("Text", "3600");
        await following.WriteAsync(Body.Id, Own.Request.Id, Message == Guid.Empty ? Guid.CreateVersion7() : Message, Text!);
        return Redirect($"{Here}/suivi?fait=message#echanges");
    }

    public async Task<IActionResult> OnPostLeaveAsync(string commune)
    {
        if (await FindAsync(commune, opens: false) is { } refusal) return refusal;
        pass.Take(Response);
        return Redirect($"{Here}/suivi");
    }

    private async Task<IActionResult?> FindAsync(string commune, bool opens = true)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        if (opens && pass.Read(HttpContext, body.Slug) is { } request && (Own = await following.OpenAsync(body.Id, request)) is null) pass.Take(Response);
        return null;
    }

    private PageResult Busy(string field, string seconds)
    {
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = seconds;
        if (field == "Text") ModelState.AddModelError(field, "Trop de messages viennent d’être envoyés depuis votre réseau : réessayez dans une heure.");
        else ModelState.AddModelError(field, "Trop d’essais : réessayez dans un quart d’heure.");
        return Page();
    }
}
