using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>Asks for a link by mail. Whether there is a request of that address is not said, nor can it be told from the time it takes (S-81).</summary>
[PublicPage]
public sealed class LostCodeModel(PublicBodies bodies, FollowUp following, Throttle throttle) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public PublicBody Body { get; private set; } = null!;
    public bool Asked { get; private set; }
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
        Email = TypedText.Clean(Email);
        if (Email is null || Email.Length > EmailAddress.Longest || !EmailAddress.IsWhole(Email)) ModelState.AddModelError("Email", EmailAddress.Message);
        if (!ModelState.IsValid) return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "follow", ThrottleRule.Follow), throttle.Of(ThrottleRule.Follow, "lost-code", $"{body.Slug}/{Email!.ToLowerInvariant()}")))
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = "900";
            ModelState.AddModelError("Email", "Trop d’essais : réessayez dans un quart d’heure.");
            return Page();
        }
        await following.AskForCodeAsync(body.Id, Email!);
        Asked = true;
        return Page();
    }
}
