using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Identity;

namespace Registry.Features.Requests;

/// <summary>The request of somebody without an account: four short pages, one to check, and the receipt. Works without script.</summary>
[PublicPage]
public sealed class AskModel(PublicBodies bodies, Portal portal, Throttle throttle) : PageModel
{
    [BindProperty]
    public AskForm Form { get; set; } = new();

    public PublicBody Body { get; private set; } = null!;
    public Receipt? Receipt { get; private set; }

    /// <summary>Too many came from this network: what was written stays, and the other ways to ask are named (S-84).</summary>
    public bool Busy { get; private set; }
    public string Here => $"/c/{Body.Slug}";

    public async Task<IActionResult> OnGetAsync(string commune)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        Form.Token = portal.NewToken();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string commune, string? go)
    {
        if (await bodies.FindAsync(commune) is not { } body) return NotFound();
        Body = body;
        var shown = Math.Clamp(Form.Stage, 1, AskForm.Last);
        if (go is "back") return Show(shown - 1);
        if (go is { Length: 1 } && char.IsAsciiDigit(go[0])) return Show(go[0] - '0');
        Form.Stage = Math.Min(shown + 1, AskForm.Last);
        Form.Check(shown == AskForm.Last ? AskForm.Last : shown, ModelState);
        if (Form.WantsDocumentOnly) return Redirect(Here + "/documents-administratifs");
        if (!ModelState.IsValid || shown < AskForm.Last || go != "send") return Page();
        if (!await throttle.TryAsync(throttle.Network(HttpContext, "request", ThrottleRule.Request)))
        {
            (Busy, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            Response.Headers.RetryAfter = "3600";
            return Page();
        }
        var token = portal.Read(Form.Token);
        var doubtful = token is not { Hasty: false } || !string.IsNullOrEmpty(Form.Website);
        Receipt = await portal.DepositAsync(body.Id, Form, token?.Id ?? Guid.CreateVersion7(), doubtful, $"{Request.Scheme}://{Request.Host}{Here}/suivi");
        return Receipt is null ? NotFound() : Page();
    }

    private PageResult Show(int stage)
    {
        ModelState.Clear();
        Form.Stage = Math.Clamp(stage, 1, AskForm.Last);
        return Page();
    }
}
