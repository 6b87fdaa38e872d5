using Npgsql;
using Registry.Data;
using Registry.Mail;

namespace Registry.Features.Shared;

/// <summary>What a supervisor asks (S-101) and where browsers report a blocked resource (S-22). Neither says anything about people.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sante/vivant", () => Results.Text("vivant")).AllowAnonymous();
        routes.MapGet("/sante/pret", async (Database database, Outbox outbox, Settings settings, TimeProvider clock, HttpContext context) =>
        {
            if (!await database.IsReadyAsync(context.RequestAborted)) return Results.Text("pas prêt", statusCode: StatusCodes.Status503ServiceUnavailable);
            return Results.Text("prêt\n" + await MailAsync(outbox, settings, clock, context.RequestAborted));
        }).AllowAnonymous();
    }

    /// <summary>Mail that does not leave makes nobody unready: it is said, and the pages go on.</summary>
    private static async Task<string> MailAsync(Outbox outbox, Settings settings, TimeProvider clock, CancellationToken stop)
    {
        if (settings.Smtp is null) return "courrier : aucun serveur";
        try
        {
            return (await outbox.StateAsync(stop)).IsLate(clock.GetUtcNow()) ? "courrier : en retard" : "courrier : à jour";
        }
        catch (NpgsqlException)
        {
            return "courrier : inconnu";
        }
    }

    public static void MapPolicyReports(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/csp", async (HttpContext context, ILoggerFactory logging) =>
        {
            if (context.Request.ContentLength is null or > 10 * 1024) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            using var report = await ReadAsync(context.Request.Body);
            if (report?.RootElement is { ValueKind: System.Text.Json.JsonValueKind.Object } root && root.TryGetProperty("csp-report", out var body)
                && body.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                logging.CreateLogger("Registry.Csp").LogWarning("Blocked by {Directive}: {Origin}",
                    Word(body, "effective-directive"), Uri.TryCreate(Word(body, "blocked-uri"), UriKind.Absolute, out var uri) ? uri.Host : "inline");
            }
            return Results.NoContent();
        }).AllowAnonymous();

    private static string Word(System.Text.Json.JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String
            ? string.Concat(value.GetString()!.Where(c => !char.IsControl(c)).Take(200)) : "";

    private static async Task<System.Text.Json.JsonDocument?> ReadAsync(Stream body)
    {
        try
        {
            return await System.Text.Json.JsonDocument.ParseAsync(body);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;  // whoever sends something else than a report gets no more attention
        }
    }
}
