using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Registry.Identity;

namespace Registry.Access;

/// <summary>
/// Going back to a list that nobody has changed: nothing changes in an organisation without a line in its chain, so that a page drawn for somebody is
/// still true as long as the chain stands where it stood, she holds what she held and it is the same day there. The database is asked for just that
/// (app.page_tag), at each request, with the session; the page is then given again as it was, to the same session and browser, with a new nonce.
/// Browsers keep nothing themselves (no-store).
/// </summary>
public sealed class UnchangedPages : IMiddleware, IDisposable
{
    private const long MostBytes = 32 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });

    /// <summary>A page cut where its nonce stood.</summary>
    private sealed record Drawn(string Tag, IReadOnlyList<ReadOnlyMemory<byte>> Parts, string ContentType);

    /// <summary>Before anybody is known: the page is one of those, and the session will be asked with it.</summary>
    public static Task AskAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<FollowsChainAttribute>() is not null
            && context.Request.RouteValues["organisation"] is string slug && CurrentOrganisation.IsSlug(slug))
            context.Features.Set(new AskedPage(slug));
        return next(context);
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // Null when she reaches nothing there, or the database is away: the page itself will say so.
        if (context.Features.Get<AskedPage>()?.Tag is not { } tag)
        {
            await next(context);
            return;
        }
        var (key, nonce) = (KeyOf(context), Encoding.ASCII.GetBytes((string)context.Items["nonce"]!));
        if (_pages.TryGetValue(key, out Drawn? drawn) && drawn!.Tag == tag) await GiveAsync(context.Response, drawn, nonce);
        else await DrawAsync(context, next, key, tag, nonce);
    }

    /// <summary>All that the page is drawn from and the database does not know: address, session and its end, language, appearance, tokens of its forms.</summary>
    private static string KeyOf(HttpContext context) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{context.Request.Path}\n{context.Request.QueryString}\n{context.Request.Headers.Cookie}\n{context.User.SessionEnd()}\n{context.User.Identity!.Name}")));

    private static async Task GiveAsync(HttpResponse response, Drawn drawn, byte[] nonce)
    {
        response.ContentType = drawn.ContentType;
        response.ContentLength = drawn.Parts.Sum(part => (long)part.Length) + (drawn.Parts.Count - 1) * nonce.Length;
        foreach (var (place, part) in drawn.Parts.Index())
        {
            if (place > 0) response.BodyWriter.Write(nonce);
            response.BodyWriter.Write(part.Span);
        }
        await response.BodyWriter.FlushAsync();
    }

    private async Task DrawAsync(HttpContext context, RequestDelegate next, string key, string tag, byte[] nonce)
    {
        var (response, body) = (context.Response, context.Response.Body);
        using var copy = new MemoryStream();
        response.Body = copy;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = body;
        }
        // A message shown once, a first token: what sets a cookie is for this answer alone.
        if (response is { StatusCode: StatusCodes.Status200OK, ContentType: { } type } && response.Headers.SetCookie.Count == 0)
            _pages.Set(key, new Drawn(tag, Cut(copy.ToArray(), nonce), type), new MemoryCacheEntryOptions { Size = copy.Length, SlidingExpiration = Kept });
        copy.Position = 0;
        await copy.CopyToAsync(body, context.RequestAborted);
    }

    private static List<ReadOnlyMemory<byte>> Cut(byte[] page, byte[] nonce)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        var from = 0;
        while (page.AsSpan(from).IndexOf(nonce) is >= 0 and var at)
        {
            parts.Add(page.AsMemory(from, at));
            from += at + nonce.Length;
        }
        parts.Add(page.AsMemory(from));
        return parts;
    }

    public void Dispose() => _pages.Dispose();
}
