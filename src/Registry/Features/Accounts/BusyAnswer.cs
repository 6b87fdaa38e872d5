using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Registry.Features.Accounts;

internal static class BusyAnswer
{
    /// <summary>Too many passwords are being checked at once (S-31).</summary>
    public static StatusCodeResult Busy(this PageModel page)
    {
        page.Response.Headers.RetryAfter = "5";
        return page.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
