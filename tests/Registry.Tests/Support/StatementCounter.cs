using Microsoft.Extensions.Logging;

namespace Registry.Tests.Support;

/// <summary>Hears each command that Npgsql says it has executed, and remembers those of the flow that asked to count.</summary>
public sealed class StatementCounter : ILoggerProvider, ILogger
{
    private static readonly AsyncLocal<List<string>?> Heard = new();

    /// <summary>The statements sent while the work ran, by whatever thread served it.</summary>
    public static async Task<IReadOnlyList<string>> CountAsync(Func<Task> work)
    {
        var heard = new List<string>();
        Heard.Value = heard;
        await work();
        Heard.Value = null;
        return heard;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Heard.Value is not { } heard) return;
        var text = formatter(state, exception);
        if (!text.Contains("execution completed", StringComparison.OrdinalIgnoreCase)) return;
        // Once a minute, whatever page is asked: that the session is alive.
        if (text.Contains("update identity.session set last_seen_at", StringComparison.Ordinal)) return;
        lock (heard) heard.Add(text);
    }

    public void Dispose()
    {
    }
}
