using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Registry.Features.Shared;

/// <summary>A page whose form brings files: its body may be larger than that of other forms (S-10).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute
{
    public const int LargestBody = 30 * 1024 * 1024;
}

/// <summary>
/// Lets the bodies of forms in (S-10). Files are read into memory and never spooled to a disk, where they would lie unsealed; so only a few bodies are read at
/// the same time, and one that hardly moves is given up.
/// </summary>
public static class FormDoor
{
    private const int LargestForm = 1024 * 1024, AtOnce = 8, SlowestBytesPerSecond = 8 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Places = new(AtOnce);

    public static async Task LetInAsync(HttpContext context, RequestDelegate next)
    {
        // The page that says what went wrong comes through here with the body of the refused request.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null)
        {
            await next(context);
            return;
        }
        var takesFiles = HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not null;
        if (context.Request.ContentLength > (takesFiles ? TakesFilesAttribute.LargestBody : LargestForm))
        {
            // Said before the form is read: the check of its token would only know that it could not.
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        if (!takesFiles)
        {
            await next(context);
            return;
        }
        if (!await Places.WaitAsync(Patience, context.RequestAborted))
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (StatusCodes.Status503ServiceUnavailable, "30");
            return;
        }
        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = TakesFilesAttribute.LargestBody;
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = new MinDataRate(SlowestBytesPerSecond, Patience);
            context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions
            {
                MemoryBufferThreshold = TakesFilesAttribute.LargestBody, MultipartBodyLengthLimit = TakesFilesAttribute.LargestBody, ValueCountLimit = 500, ValueLengthLimit = LargestForm, MultipartHeadersLengthLimit = 16 * 1024,
            }));
            await next(context);
        }
        finally
        {
            Places.Release();
        }
    }
}
