using System.Security.Cryptography;

namespace Registry.Features.Shared;

/// <summary>The headers of security.md §3, on every answer, errors and files included.</summary>
public static class SecurityHeaders
{
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
        "midi=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // Of letters that HTML leaves as they are: a page given again is cut where it stands.
        var nonce = RandomNumberGenerator.GetHexString(32);
        context.Items["nonce"] = nonce;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // Should a browser show a download all the same, it does nothing there (S-22).
            headers.ContentSecurityPolicy = headers.ContentDisposition.Count > 0 ? "sandbox; default-src 'none'" :
                $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
                "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; " +
                "require-trusted-types-for 'script'; upgrade-insecure-requests; report-uri /csp";
            headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["X-Permitted-Cross-Domain-Policies"] = "none";
            // Files name their version in their address (asp-append-version) and never change under it.
            // A page for everybody may be kept for a minute, unless something was set for this visitor on its way.
            headers.CacheControl = KeptPages.Keeps(context) && headers.SetCookie.Count == 0 ? "public, max-age=60"
                : context.Items.ContainsKey("static") && context.Request.Query.ContainsKey("v") && context.Response.StatusCode == 200
                ? "public, max-age=31536000, immutable" : "no-store";
            return Task.CompletedTask;
        });
        return next();
    });
}
