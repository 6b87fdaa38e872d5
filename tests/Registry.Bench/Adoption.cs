using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace Registry.Bench;

/// <summary>Forty models into a hundred communes, as the officer does it in the browser: from the press of the button until the page says that it is done.</summary>
public sealed partial class Adoption(HttpClient client, Served product, string session)
{
    private readonly Dictionary<string, string> _cookies = [];

    public async Task<(TimeSpan Time, int Communes, int Records)> RunAsync(int models, string database)
    {
        var choice = await SendAsync(HttpMethod.Get, "modeles/diffuser", null);
        var fields = Hidden().Matches(choice.Text).Select(field => (field.Groups[1].Value, field.Groups[2].Value)).DistinctBy(field => field.Item1)
            .Concat(Model().Matches(choice.Text).Select(box => ("Form.Models", box.Groups[1].Value)).Take(models)).Append(("Form.Types", "COMMUNE"));
        var preview = (await SendAsync(HttpMethod.Post, "modeles/diffuser", fields)).Location ?? throw new InvalidOperationException("The choice of models was not accepted.");
        var token = Hidden().Matches((await SendAsync(HttpMethod.Get, preview, null)).Text).First(field => field.Groups[1].Value == "__RequestVerificationToken").Groups[2].Value;

        var watch = Stopwatch.StartNew();
        await SendAsync(HttpMethod.Post, preview + "?handler=Start", [("__RequestVerificationToken", token)]);
        while (!(await SendAsync(HttpMethod.Get, preview, null)).Text.Contains("Fiches ajoutées", StringComparison.Ordinal))
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(3)) throw new InvalidOperationException("The models were not given out in three minutes.");
            await Task.Delay(100);
        }
        var time = watch.Elapsed;
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var count = new NpgsqlCommand("select count(distinct organisation_id)::int, count(*)::int from app.processing_record where rollout_id is not null", connection);
        await using var row = await count.ExecuteReaderAsync();
        await row.ReadAsync();
        return (time, row.GetInt32(0), row.GetInt32(1));
    }

    private async Task<(string Text, string? Location)> SendAsync(HttpMethod method, string path, IEnumerable<(string Name, string Value)>? fields)
    {
        using var request = new HttpRequestMessage(method, product.At(path));
        request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}").Prepend(session)));
        if (fields is not null) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode >= 400) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            if (cookie.Split(';')[0].Split('=', 2) is [var name, var value]) _cookies[name] = value;
        return (await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.ToString());
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")[^>]*>""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="Form.Models" value="([^"]+)""")]
    private static partial Regex Model();
}
