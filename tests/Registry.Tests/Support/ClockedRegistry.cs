using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Data;

namespace Registry.Tests.Support;

/// <summary>
/// The whole program in a database of its own, on a clock that may stand in the past or years ahead: the context of a transaction is signed by the machine's time, which is
/// the database's. Keeps every line that is logged and every address that is asked for.
/// </summary>
public sealed class ClockedRegistry(SetClock clock) : RegistryFixture
{
    private readonly Lines _lines = new();

    public SetClock Clock => clock;
    public IReadOnlyCollection<string> Logged => _lines.Kept;
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<ClockedRegistry> OpenAsync(DateTimeOffset now)
    {
        var registry = new ClockedRegistry(new SetClock { Now = now });
        await registry.InitializeAsync();
        return registry;
    }

    /// <summary>Noon of that day where the towns of the tests are.</summary>
    public static DateTimeOffset Noon(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(_lines).SetMinimumLevel(LogLevel.Information));
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(clock)
            .AddScoped(provider => new Db(provider.GetRequiredService<Database>(), TimeProvider.System))
            .AddSingleton<IStartupFilter>(new Listening(Asked)));
    }

    private sealed class Listening(ConcurrentQueue<string> asked) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, go) =>
            {
                asked.Enqueue(http.Request.Path + http.Request.QueryString.Value);
                return go(http);
            });
            next(app);
        };
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Kept { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Kept.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Kept.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
