using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Registry.Identity;

namespace Registry.Features.Accounts;

/// <summary>
/// Put on a page whose act is grave: sign-in with the second factor less than five minutes ago, else it is asked again (S-07).
/// It is asked when the page opens, so that nothing is typed in vain.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecentSecondFactorAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        if (!http.User.IsSignedIn() || http.User.HasRecentSecondFactor(clock.GetUtcNow())) return next();
        context.Result = new RedirectResult("/connexion/confirmer?retour=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }
}
