using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Registry.Features.Accounts;

/// <summary>Always the same answer, after the same time: it tells nothing about who has an account (S-33).</summary>
[AllowAnonymous]
public sealed class ForgottenPasswordModel(Identity.Accounts accounts) : PageModel
{
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(250);

    [BindProperty]
    public Fields Form { get; set; } = new();

    [FromQuery(Name = "envoye")]
    public bool Sent { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid) return Page();
        var begun = Stopwatch.GetTimestamp();
        await accounts.AskResetAsync(HttpContext, Form.Email!);
        var left = Answer - Stopwatch.GetElapsedTime(begun);
        if (left > TimeSpan.Zero) await Task.Delay(left);
        return RedirectToPage(new { envoye = true });
    }

    public sealed class Fields
    {
        [Required(ErrorMessage = "Écrivez votre adresse électronique"), EmailAddress, StringLength(254)]
        public string? Email { get; set; }
    }
}
