using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Registry.Tests.Support;

/// <summary>A browser's worth of cookies, and forms filled and sent as a person does it. Redirects are not followed: tests look at them.</summary>
public sealed class Visit : IDisposable
{
    private static readonly Uri Home = new("https://localhost/");
    private readonly HttpClient _client;

    public Visit(HttpMessageHandler server) => _client = new HttpClient(new Jar(Cookies, server)) { BaseAddress = Home };

    public void Dispose() => _client.Dispose();

    public CookieContainer Cookies { get; } = new();

    public string? Cookie(string name) => Cookies.GetCookies(Home)[name]?.Value;

    public async Task<Answer> GetAsync(string path) => await Answer.ReadAsync(await _client.GetAsync(path));

    public Task<Answer> PressAsync(Answer page, string button, params (string Name, string Value)[] fields)
    {
        var pressed = page.Html.QuerySelectorAll<IHtmlButtonElement>("main button")
            .Single(b => b.Value == button || b.TextContent.Trim() == button);
        return SubmitAsync(page, pressed, fields);
    }

    /// <summary>Sends what no form of ours would.</summary>
    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await Answer.ReadAsync(await _client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));

    /// <summary>The form of a page with files chosen in it.</summary>
    public async Task<Answer> UploadAsync(SentForm form, string field, params (string Name, byte[] Content)[] files)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in form.With()) if (name != field) body.Add(new StringContent(value), name);
        foreach (var (name, content) in files) body.Add(new ByteArrayContent(content), field, name);
        return await Answer.ReadAsync(await _client.PostAsync(form.Action, body));
    }

    /// <summary>A form whose answer is a file.</summary>
    public async Task<HttpResponseMessage> DownloadAsync(SentForm form) =>
        await _client.PostAsync(form.Action, new FormUrlEncodedContent(form.With().Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => await _client.SendAsync(request);

    private async Task<Answer> SubmitAsync(Answer page, IHtmlButtonElement pressed, (string Name, string Value)[] fields)
    {
        var form = pressed.Form!;
        var values = fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).ToList();
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input"))
        {
            if (input.Name is null || (input.Type is "checkbox" or "radio" && !input.IsChecked)) continue;
            if (fields.All(f => f.Name != input.Name)) values.Add(new(input.Name, input.Value));
        }
        foreach (var text in form.QuerySelectorAll<IHtmlTextAreaElement>("textarea"))
        {
            if (text.Name is not null && fields.All(f => f.Name != text.Name)) values.Add(new(text.Name, text.Value));
        }
        foreach (var choice in form.QuerySelectorAll<IHtmlSelectElement>("select"))
        {
            if (choice.Name is not null && fields.All(f => f.Name != choice.Name)) values.Add(new(choice.Name, choice.Value ?? ""));
        }
        foreach (var (name, _) in fields)
        {
            if (form.QuerySelector($"[name='{name}']") is null) throw new InvalidOperationException($"The form has no field {name}.");
        }
        if (!string.IsNullOrEmpty(pressed.Name)) values.Add(new(pressed.Name, pressed.Value));
        var action = form.GetAttribute("action") is { Length: > 0 } given ? given : page.Path;
        return await Answer.ReadAsync(await _client.PostAsync(action, new FormUrlEncodedContent(values)));
    }

    private sealed class Jar(CookieContainer cookies, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header) request.Headers.Add("Cookie", header);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var one in set) cookies.SetCookies(request.RequestUri!, one);
            }
            return response;
        }
    }
}

public sealed record Answer(HttpStatusCode Status, string? Location, string Path, HttpResponseMessage Raw, IHtmlDocument Html)
{
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var context = BrowsingContext.New(Configuration.Default);
        var html = (IHtmlDocument)await context.OpenAsync(async r => r.Content(await response.Content.ReadAsStringAsync()).Address("https://localhost/"));
        return new Answer(
            response.StatusCode, response.Headers.Location?.OriginalString, response.RequestMessage!.RequestUri!.PathAndQuery, response, html);
    }

    public string Text => Html.Body?.TextContent ?? "";

    public override string ToString() => $"{(int)Status} {Path} -> {Location}\n{Html.QuerySelector("main")?.TextContent ?? Text}";
}
