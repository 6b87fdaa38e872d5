using System.Text.RegularExpressions;

namespace Registry.Bench;

/// <summary>Somebody at her browser: her session, the cookies of her pages, the forms as they were given to her.</summary>
public sealed partial class Person(HttpClient client, Served product, string session)
{
    private readonly Dictionary<string, string> _cookies = [];

    public async Task<(string Text, string? Location)> SendAsync(HttpMethod method, string path, IEnumerable<(string Name, string Value)>? fields = null)
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

    /// <summary>What the forms of a page send when nothing is touched: hidden fields and those filled in for her.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(string page) =>
        [.. Field().Matches(page).Select(field => (field.Groups[1].Value, field.Groups[2].Value)).DistinctBy(field => field.Item1)];

    [GeneratedRegex("""<input(?![^>]*type="(?:checkbox|radio|search|submit)")(?=[^>]*\sname="([^"]+)")(?=[^>]*\svalue="([^"]*)")[^>]*>""")]
    private static partial Regex Field();
}
