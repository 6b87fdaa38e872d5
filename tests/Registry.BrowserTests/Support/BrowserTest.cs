namespace Registry.BrowserTests.Support;

/// <summary>Closes the windows and houses that a test opened; when it failed, their picture and trace are in TestResults/.</summary>
public abstract class BrowserTest(Chromium chromium, SignedInWindows? signedIn = null) : IAsyncDisposable
{
    private readonly List<Window> _windows = [];
    private readonly List<Window> _borrowed = [];
    private readonly List<DemoHouse> _houses = [];

    protected async Task<Window> OpenWindowAsync(DemoHouse house, bool script = true, int width = 1280)
    {
        var window = await Window.OpenAsync(chromium, house, script, width);
        _windows.Add(window);
        return window;
    }

    /// <summary>A window in which this person is signed in, to open a page and look.</summary>
    protected async Task<Window> WindowOfAsync(string person)
    {
        var window = await signedIn!.OfAsync(person);
        _borrowed.Add(window);
        return window;
    }

    /// <summary>A demonstration that this test may use up.</summary>
    protected async Task<DemoHouse> OpenHouseAsync(TimeProvider? clock = null)
    {
        var house = await DemoHouse.OpenAsync(clock);
        _houses.Add(house);
        return house;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var context = TestContext.Current;
        var failed = context.TestState?.Result == TestResult.Failed;
        foreach (var (number, window) in _windows.Index())
            await window.CloseAsync(failed ? Failure(context, number) : null);
        if (failed) foreach (var window in _borrowed) await signedIn!.CloseAsync(window, Failure(context, _windows.Count));
        foreach (var house in _houses) await house.DisposeAsync();
    }

    private static string Failure(ITestContext context, int number) =>
        Path.Combine(Repository.Root, "TestResults", $"{context.TestMethod!.MethodName}-{context.Test!.UniqueID[..6]}-{number}");
}
