using Microsoft.AspNetCore.Antiforgery;

namespace Registry.Features.Shared;

/// <summary>Language and appearance: two cookies that hold no personal data, set by a POST because a GET never changes anything.</summary>
public static class Preferences
{
    public const string AppearanceCookie = "apparence";

    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/langue", (HttpContext context, IAntiforgery antiforgery) => KeepAsync(context, antiforgery, Languages.Cookie, ["fr", "en"])).AllowAnonymous();
        routes.MapPost("/apparence", (HttpContext context, IAntiforgery antiforgery) => KeepAsync(context, antiforgery, AppearanceCookie, ["auto", "light", "dark"])).AllowAnonymous();
    }

    /// <summary>Class of the html element: empty follows the system.</summary>
    public static string? SchemeOf(HttpContext context) =>
        context.Request.Cookies[AppearanceCookie] is "light" or "dark" ? context.Request.Cookies[AppearanceCookie] : null;

    private static async Task<IResult> KeepAsync(HttpContext context, IAntiforgery antiforgery, string cookie, string[] allowed)
    {
        if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync();
        var choice = form["choice"].ToString();
        if (!allowed.Contains(choice))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        context.Response.Cookies.Append(cookie, choice, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            IsEssential = true,
        });
        return Results.LocalRedirect(LocalOrHome(form["returnUrl"].ToString()));
    }

    private static string LocalOrHome(string url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : "/";
}
