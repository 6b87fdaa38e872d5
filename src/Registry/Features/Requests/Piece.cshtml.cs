using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Registry.Access;
using Registry.Features.Citizens;
using Registry.Files;

namespace Registry.Features.Requests;

/// <summary>A piece of the answer, for whoever is known on the page of the request. It leaves its line in the history, so it is a form and not a link.</summary>
[PublicPage]
public sealed class PieceModel(PublicBodies bodies, FollowUp following, FollowPass pass) : PageModel
{
    public IActionResult OnGet(string commune) => Redirect($"/c/{Uri.EscapeDataString(commune)}/suivi");

    public async Task<IActionResult> OnPostAsync(string commune, Guid piece)
    {
        if (await bodies.FindAsync(commune) is not { } body || pass.Read(HttpContext, body.Slug) is not { } request || await following.ReadAsync(body.Id, request, piece) is not { } own) return NotFound();
        return File(own.Content, FileInspection.MediaType(own.File.Media), own.File.Name);
    }
}
