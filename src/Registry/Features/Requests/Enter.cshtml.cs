using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>The link of a mail: a button opens the page of that request, once. Opening the link itself changes nothing, so that no mail scanner uses it up (S-81).</summary>
[PublicPage]
public sealed class EnterModel(PublicBodies bodies, FollowUp following, FollowPass pass, Throttle throttle) : PageModel
{
    public PublicBody Body { get; private set; } = null!;
    public bool Good { get; private set; }
    public string Here => $"/c/{Body.Slug}";

    public async Task<IActionResult> OnGetAsync(string commune, string token)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        Good = await following.MayEnterAsync(body.Id, token);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string commune, string token)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "follow", ThrottleRule.Follow))) return StatusCode(StatusCodes.Status429TooManyRequests);
        if (await following.EnterAsync(body.Id, token) is not { } request) return Page();
        pass.Give(Response, body.Slug, request);
        return Redirect($"{Here}/suivi");
    }
}
