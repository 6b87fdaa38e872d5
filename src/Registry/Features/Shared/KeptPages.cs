using System.Security.Cryptography;

namespace Registry.Features.Shared;

/// <summary>A public page that reads the same for everybody: browsers keep it for a minute and then ask whether it has changed.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeptByBrowsersAttribute : Attribute;

/// <summary>The tag of such a page is the hash of what it says: it cannot be forgotten when the content changes. Language and appearance come by cookie.</summary>
public static class KeptPages
{
    public static bool Keeps(HttpContext context) => context.Items.ContainsKey(typeof(KeptPages));

    public static async Task GiveAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<KeptByBrowsersAttribute>() is null)
        {
            await next(context);
            return;
        }
        var (response, body) = (context.Response, context.Response.Body);
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }
        var page = written.GetBuffer().AsMemory(0, (int)written.Length);
        if (response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0)
        {
            context.Items[typeof(KeptPages)] = true;
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(page.Span))[..32]}\"";
            response.Headers.ETag = tag;
            response.Headers.Vary = "Cookie";
            // A proxy that compresses makes the tag a weak one: the text behind it is the same.
            if (context.Request.Headers.IfNoneMatch.Any(asked => asked is not null && asked.Contains(tag, StringComparison.Ordinal)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentLength = null;
                return;
            }
        }
        if (page.Length > 0) await body.WriteAsync(page, context.RequestAborted);
    }
}
