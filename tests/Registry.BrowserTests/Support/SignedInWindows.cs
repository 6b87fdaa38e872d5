namespace Registry.BrowserTests.Support;

/// <summary>
/// One window a person for the tests of a class that only open a page and look at it: signed in once, with the cookies and the cache of a day's work.
/// A test that changes anything takes a window of its own.
/// </summary>
public sealed class SignedInWindows(Chromium chromium, DemoHouse house) : IAsyncDisposable
{
    private readonly Dictionary<string, Window> _windows = [];

    public async Task<Window> OfAsync(string person)
    {
        if (_windows.TryGetValue(person, out var window)) return window;
        return _windows[person] = await (await Window.OpenAsync(chromium, house)).EnterAsync(person);
    }

    /// <summary>The window in which a test failed; the next test gets a new one.</summary>
    public async Task CloseAsync(Window window, string failure)
    {
        _windows.Remove(_windows.First(one => one.Value == window).Key);
        await window.CloseAsync(failure);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows.Values) await window.CloseAsync(null);
    }
}
