using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Features.Shared;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>Where a proof of identity comes in, once, by the link that was made for it or from the page of the request (S-82). Opening it changes nothing.</summary>
[PublicPage]
[TakesFiles]
public sealed class DepositModel(PublicBodies bodies, FollowUp following, FollowPass pass, Throttle throttle) : PageModel
{
    /// <summary>In the place of a link's token: the pass of the page says whose.</summary>
    public const string ByPass = "moi";

    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    public PublicBody Body { get; private set; } = null!;

    /// <summary>Null: the link is over, used, or was never made.</summary>
    public OwnRequest? Own { get; private set; }
    public bool Kept { get; private set; }
    public string Here => $"/c/{Body.Slug}";

    public async Task<IActionResult> OnGetAsync(string commune, string token) => await FindAsync(commune, token) ?? Page();

    public async Task<IActionResult> OnPostAsync(string commune, string token)
    {
        if (await FindAsync(commune, token) is { } refusal) return refusal;
        if (Own is null) return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "upload", ThrottleRule.Upload)))
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = "3600";
            ModelState.AddModelError("Files", "Trop de fichiers viennent d’être envoyés depuis votre réseau : réessayez dans une heure.");
            return Page();
        }
        var files = await FileIntake.ReadAsync(Files, "Files", staff: false, ModelState);
        if (!ModelState.IsValid) return Page();
        switch (await following.DepositAsync(Body.Id, Own.Request.Id, files))
        {
            case Deposited.Full:
                ModelState.AddModelError("Files", "L’organisme ne peut plus recevoir de fichier pour l’instant : apportez ou envoyez votre justificatif autrement.");
                return Page();
            case Deposited.Gone:
                Own = null;
                return Page();
        }
        if (token == ByPass) return Redirect($"{Here}/suivi?fait=justificatif");
        Kept = true;
        return Page();
    }

    private async Task<IActionResult?> FindAsync(string commune, string token)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        Own = await following.AwaitedAsync(body.Id, token == ByPass ? pass.Read(HttpContext, body.Slug) : null, token == ByPass ? null : token);
        return null;
    }
}
