using Microsoft.Playwright;

namespace Registry.BrowserTests.Support;

/// <summary>A browser window of one visitor, who notes whatever a page may not do: fail in its script, break the content policy, ask another site.</summary>
public sealed class Window
{
    private readonly List<string> _complaints = [];

    private Window(DemoHouse house, IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            // The browser itself says so of every page that answers 404 or 409; those are asked for.
            if (message.Type == "error" && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal)))
                Note($"console: {message.Text}");
        };
        page.PageError += (_, error) => Note($"script: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(house.Address + "/", StringComparison.Ordinal)) Note($"foreign request: {request.Url}");
            else if (new Uri(request.Url).AbsolutePath == "/csp") Note($"content policy: {request.PostData}");
        };
    }

    public IPage Page { get; }
    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Window> OpenAsync(Chromium chromium, DemoHouse house, bool script = true, int width = 1280)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = house.Address, Locale = "fr-FR", TimezoneId = "Europe/Paris", JavaScriptEnabled = script,
            ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, ColorScheme = ColorScheme.Light,
        });
        context.SetDefaultTimeout(30_000);
        await context.Tracing.StartAsync(new() { Screenshots = false, Snapshots = false });
        return new Window(house, await context.NewPageAsync());
    }

    /// <summary>Enters as one of the demonstration's people by the one click of the sign-in page.</summary>
    public async Task<Window> EnterAsync(string person, IHands? hands = null)
    {
        await Page.GotoAsync("/connexion");
        await (hands ?? new Mouse()).PressAsync(Page.Locator($"button[name=personne][value={person}]"));
        await Page.WaitForURLAsync(url => !url.Contains("/connexion", StringComparison.Ordinal));
        return this;
    }

    /// <summary>The status of a page that one opens by its address.</summary>
    public async Task<int> OpenAsync(string path) => (await Page.GotoAsync(path))!.Status;

    public void ExpectNoComplaint() => Assert.True(_complaints.Count == 0, string.Join('\n', _complaints));

    /// <summary>Leaves, after a failure, what tells why: the page as it stood and the trace of all that was done.</summary>
    public async Task CloseAsync(string? failure)
    {
        if (failure is not null)
        {
            await Page.ScreenshotAsync(new() { Path = failure + ".png", FullPage = true });
            await Page.Context.Tracing.StopAsync(new() { Path = failure + ".zip" });
        }
        await Page.Context.CloseAsync();
    }

    private void Note(string complaint)
    {
        lock (_complaints) _complaints.Add(complaint);
    }
}
