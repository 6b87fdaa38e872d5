using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Registry.Identity;

/// <summary>
/// Put on a page whose act is grave: sign-in with the second factor less than five minutes ago, else it is asked again (S-07).
/// It is asked when the page opens, so that nothing is typed in vain.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecentSecondFactorAttribute : Attribute, IAsyncPageFilter
{
    private static readonly TimeSpan ToFillIn = TimeSpan.FromMinutes(15);

    /// <summary>On a page that many read and where one button is grave: asked when it is pressed.</summary>
    public bool WhenPosted { get; init; }

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (WhenPosted && !HttpMethods.IsPost(http.Request.Method)) return next();
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        // A form gets a quarter of an hour more to be filled in than the page had to be opened: what is typed is not lost to the clock.
        var now = HttpMethods.IsPost(http.Request.Method) ? clock.GetUtcNow() - ToFillIn : clock.GetUtcNow();
        if (!http.User.IsSignedIn() || http.User.HasRecentSecondFactor(now)) return next();
        context.Result = new RedirectResult("/connexion/confirmer?retour=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString));
        return Task.CompletedTask;
    }
}
