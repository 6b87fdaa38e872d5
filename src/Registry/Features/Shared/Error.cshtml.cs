using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Npgsql;

namespace Registry.Features.Shared;

/// <summary>One page for each way a request can end badly (S-21). What was typed comes back when it can be sent again (S-19, S-96).</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(ILogger<ErrorModel> log, IAntiforgery antiforgery) : PageModel
{
    public new int StatusCode { get; private set; }
    public string Reference => HttpContext.TraceIdentifier;

    /// <summary>Where the form was sent, when sending it again may work.</summary>
    public string? SendAgainTo { get; private set; }
    /// <summary>The file whose page said no, above the page: /o/commune/list/reference.</summary>
    public string? FileAt { get; private set; }
    private bool CanSendAgain { get; set; }
    public IReadOnlyList<KeyValuePair<string, string>> Typed { get; private set; } = [];

    /// <summary>Worth reading again: more than a word or a choice, and not what the form carries for itself (an id, a fingerprint).</summary>
    public static bool IsWriting(KeyValuePair<string, string> field) =>
        field.Value.Length > 20 && !Guid.TryParse(field.Value, out _) && !field.Value.All(char.IsAsciiHexDigit);

    public Task<IActionResult> OnGetAsync() => ShowAsync();
    public Task<IActionResult> OnPostAsync() => ShowAsync();

    private async Task<IActionResult> ShowAsync()
    {
        // Not bound: a form that could not be read, the very thing to report, would leave the parameter empty.
        var code = int.Parse((string)RouteData.Values["code"]!, System.Globalization.CultureInfo.InvariantCulture);
        var thrown = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        StatusCode = thrown is null ? code : StatusOf(thrown.Error);
        if (StatusCode is < 400 or > 599) StatusCode = 404;
        if (StatusCode >= 500) log.LogError("Request {Reference} ended with {Status}: {Error}", Reference, StatusCode, thrown?.Error.GetType().Name);
        if (StatusCode is 429 or 503) Response.Headers.RetryAfter = "10";
        Response.StatusCode = StatusCode;

        CanSendAgain = CanSign();
        PageFrame.Of(HttpContext).Bare = !CanSendAgain;
        var path = thrown?.Path ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;
        if (StatusCode == 409 && path?.Split('/') is ["", "o", { Length: > 0 } slug, { Length: > 0 } list, { Length: > 0 } file, { Length: > 0 }, ..]) FileAt = $"/o/{slug}/{list}/{file}";
        if (StatusCode is 400 or 401 or 403 or 409 or 429 or 503 && HttpMethods.IsPost(Request.Method) && Request.HasFormContentType && path is not null)
        {
            var form = await ReadFormAsync();
            SendAgainTo = CanSendAgain && StatusCode is not (403 or 409) ? path : null;
            Typed = [.. form.Where(field => field.Key != "__RequestVerificationToken" && !field.Key.Contains("Password", StringComparison.OrdinalIgnoreCase)).SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];
        }
        return Page();
    }

    // Without the database a server that has just started has no keys to sign a form with.
    private bool CanSign()
    {
        try
        {
            antiforgery.GetAndStoreTokens(HttpContext);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<IFormCollection> ReadFormAsync()
    {
        try
        {
            return await Request.ReadFormAsync();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return FormCollection.Empty;  // too many fields or a broken body: there is nothing to give back
        }
    }

    private static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => 400,
        PostgresException
        {
            SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DiskFull
            or PostgresErrorCodes.ProtocolViolation  // what PgBouncer says when it has no server to give
        } => 503,
        PostgresException => 500,
        NpgsqlException or TimeoutException => 503,
        CryptographicException { InnerException: { } cause } => StatusOf(cause),
        _ => 500,
    };
}
