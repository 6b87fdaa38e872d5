namespace Registry.BrowserTests.Support;

/// <summary>Closes the windows and houses that a test opened; when it failed, their picture and trace are in TestResults/.</summary>
public abstract class BrowserTest(Chromium chromium) : IAsyncDisposable
{
    private readonly List<Window> _windows = [];
    private readonly List<DemoHouse> _houses = [];

    protected async Task<Window> OpenWindowAsync(DemoHouse house, bool script = true, int width = 1280)
    {
        var window = await Window.OpenAsync(chromium, house, script, width);
        _windows.Add(window);
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
            await window.CloseAsync(failed ? Path.Combine(Repository.Root, "TestResults", $"{context.TestMethod!.MethodName}-{context.Test!.UniqueID[..6]}-{number}") : null);
        foreach (var house in _houses) await house.DisposeAsync();
    }
}
