using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>How far a request is, for its number and its code together. A wrong number, a wrong code: the same words after the same work (S-81).</summary>
[PublicPage]
public sealed class FollowModel(PublicBodies bodies, Portal portal, Throttle throttle) : PageModel
{
    private const int Longest = 60;

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public PublicBody Body { get; private set; } = null!;
    public Progress? Progress { get; private set; }
    public string Here => $"/c/{Body.Slug}";

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string commune)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        if (string.IsNullOrWhiteSpace(Number) || Number.Length > Longest) ModelState.AddModelError("Number", "Écrivez le numéro de la demande, comme D-2026-014.");
        if (string.IsNullOrWhiteSpace(Code) || Code.Length > Longest) ModelState.AddModelError("Code", "Écrivez le code de seize signes qui était sur votre reçu.");
        if (!ModelState.IsValid) return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "follow", ThrottleRule.Follow), throttle.Of(ThrottleRule.Follow, "follow", $"{body.Slug}/{Number!.Trim().ToUpperInvariant()}")))
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = "900";
            ModelState.AddModelError("Number", "Trop d’essais : réessayez dans un quart d’heure.");
            return Page();
        }
        Progress = await portal.FollowAsync(body.Slug, Number!, Code!);
        if (Progress is null) ModelState.AddModelError("Number", "Ce numéro et ce code ne vont pas ensemble. Vérifiez l’un et l’autre sur votre reçu.");
        return Page();
    }
}
